/// A profile's settings for IAM Identity Center.
struct SingleSignOnProfile: Sendable, Equatable {
    var startURL: String
    var region: String
    var accountID: String
    var roleName: String
    /// The `sso-session` section; `nil` in profiles of the older form.
    var session: String?
    /// The profile, for the `aws sso login` hint.
    var profile: String

    /// What the token's file name is the SHA-1 of.
    var tokenKey: String { session ?? startURL }
}
