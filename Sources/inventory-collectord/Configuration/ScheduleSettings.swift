/// What a `[Schedule name]` section says.
struct ScheduleSettings: SettingGroup {
    /// The section's argument, unique.
    var name = ""
    /// `cron(…)`, `rate(…)`, `at(…)`, five fields or a name such as `@daily`; checked before use.
    var cron = ""
    /// An IANA name.
    var timeZone = "UTC"
    /// Service names and globs, `!` takes away.
    var services = ["*"]
    /// Account ids or `*`.
    var accounts = ["*"]
    /// Narrows what each account collects; `nil` does not.
    var types: [String]?
    /// Narrows the regions of each account; `nil` does not.
    var regions: RegionSelection?
    /// The most by which a run is put off, by a fixed share of it per host and schedule.
    var randomizedDelay = Duration.zero
    /// Catches up once on runs that were missed while the daemon was down.
    var persistent = true

    /// What runs when no file names a schedule.
    static let implied: ScheduleSettings = {
        var schedule = ScheduleSettings()
        schedule.name = "default"
        schedule.cron = "cron(0 2 * * ? *)"
        return schedule
    }()
}
