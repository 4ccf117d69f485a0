/// What an `[Account 111122223333]` section says.
struct AccountSettings: SettingGroup {
    /// The session name in AWS's logs where nothing else is configured.
    static let defaultSessionName = "inventory-collectord"

    /// Twelve digits: the section's argument.
    var id = ""
    /// For people; empty when not given.
    var name = ""
    /// `nil`: the organisation's member role when there is an `[Organization]`, else the caller's own credentials.
    var roleARN: String?
    var externalID: ExternalID?
    var sessionName = Self.defaultSessionName
    /// `nil` takes those of `[Collector]`.
    var regions: RegionSelection?
    /// `nil` takes those of `[Collector]`.
    var types: [String]?
}
