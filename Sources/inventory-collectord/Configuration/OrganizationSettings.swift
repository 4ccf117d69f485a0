/// What the `[Organization]` section says: accounts are discovered from AWS Organizations when the section is there.
struct OrganizationSettings: SettingGroup {
    /// Assumed to read the organisation; `nil` uses the caller's own credentials.
    var roleARN: String?
    /// Assumed in each member account that has no `RoleArn=` of its own.
    var memberRoleName = "InventoryReadRole"
    var externalID: ExternalID?
    var sessionName = AccountSettings.defaultSessionName
    /// Account ids that are not collected.
    var exclude: [String] = []
    /// Organisational units whose accounts are collected, those below included; empty is the whole organisation.
    var includeOU: [String] = []
    /// Organisational units whose accounts are not collected; wins over `includeOU`.
    var excludeOU: [String] = []
}
