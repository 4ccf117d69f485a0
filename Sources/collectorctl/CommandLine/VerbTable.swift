/// Every verb, in the order in which help shows them.
enum VerbTable {
    static let all: [Verb] = [
        StatusVerb.verb, RefreshVerb.verb, RunsVerb.verb, ShowVerb.verb, CancelVerb.verb, ListVerb.verb, GetVerb.verb,
        ChangesVerb.verb, MonitorVerb.verb,
        MetadataVerb.verb, CoverageVerb.verb, ServicesVerb.verb, TypesVerb.verb, AccountsVerb.verb, SchedulesVerb.verb,
        ScheduleNextVerb.verb, ConfigVerbs.check, ConfigVerbs.show, ConfigVerbs.dumpDefaults, IAMPolicyVerb.verb,
        DoctorVerb.verb, ReloadVerb.verb, VersionVerb.verb, CompletionVerb.verb, BridgeVerb.verb, ManualVerb.verb,
        HelpVerb.verb,
    ]
}

extension [ExitCode] {
    /// What every verb that calls the daemon can end with.
    static let daemon: [ExitCode] = [.permission, .unreachable]
    /// What waiting for a run can end with.
    static let waiting: [ExitCode] = [.partial, .access, .timedOut, .cancelled, .interrupted]
}
