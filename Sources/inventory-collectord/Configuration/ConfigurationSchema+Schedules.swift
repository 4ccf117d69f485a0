extension ConfigurationSchema {
    static let schedule: [Setting<ScheduleSettings>] = [
        Setting(
            "Cron", \.cron, .schedule,
            """
            When to refresh: EventBridge's cron(minute hour day-of-month month day-of-week year), rate(6 hours), \
            at(2026-01-31T02:00:00), five fields as in crontab(5), or a name such as @daily.
            """, example: ScheduleSettings.implied.cron, isRequired: true),
        Setting("TimeZone", \.timeZone, .timeZone, "The time zone of Cron=, an IANA name.", example: "Europe/Berlin"),
        Setting(
            "Services", \.services, .services, "The services to refresh, with *, ? and ! in front to take away.",
            example: "ec2 rds"),
        Setting(
            "Accounts", \.accounts, .accounts, "The accounts to refresh: their ids, or * for all.",
            example: "111122223333"),
        Setting(
            "Types", \.types, SettingSyntax<[String]>.types.orUnset,
            "Refreshes only these of the resource types that an account collects. Empty: all of them.",
            example: "ec2/instance"),
        Setting(
            "Regions", \.regions, SettingSyntax<RegionSelection>.regions.orUnset,
            "Refreshes only these of the regions that an account collects. Empty: all of them.",
            example: "eu-west-1"),
        Setting(
            "RandomizedDelaySec", \.randomizedDelay, .timeSpan(.zero ... .seconds(86_400)),
            """
            Puts each run off by up to this long, by a share that stays the same for a host and schedule, so that \
            many collectors do not start at the same moment.
            """, example: "15min"),
        Setting(
            "Persistent", \.persistent, .boolean,
            "Whether a run that was due while the daemon was not running is caught up, once, at its start."),
    ]
}
