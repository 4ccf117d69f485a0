/// The whole configuration of the daemon, checked and complete: what files and environment say on top of the defaults.
struct CollectorConfiguration: Sendable, Equatable {
    var collector = CollectorSettings()
    var store = StoreSettings()
    /// `nil` when accounts are not discovered.
    var organization: OrganizationSettings?
    /// In file order; ids are unique. Empty without an organization: the caller's own account is collected.
    var accounts: [AccountSettings] = []
    /// At least one; names are unique.
    var schedules: [ScheduleSettings] = [.implied]

    /// `true` when neither an account nor an organisation is configured.
    var collectsOwnAccount: Bool { accounts.isEmpty && organization == nil }

    /// The regions to collect in an account.
    func regions(of account: AccountSettings) -> RegionSelection { account.regions ?? collector.regions }

    /// The selection words of an account.
    func types(of account: AccountSettings) -> [String] { account.types ?? collector.types }
}
