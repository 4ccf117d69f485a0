/// Where keys come from, as decided from the environment and the files alone: nothing has been asked yet.
indirect enum CredentialSource: Sendable, Equatable {
    /// Keys that were found lying there.
    case keys(Credentials, origin: Origin)
    case assumeRole(AssumeRoleRequest, base: CredentialSource)
    case webIdentity(AssumeRoleRequest, tokenFile: String)
    case singleSignOn(SingleSignOnProfile)
    /// `profile` is for errors; the command is never shown, as it may hold secrets.
    case process(command: String, profile: String)
    case container
    case instanceMetadata

    enum Origin: Sendable, Equatable {
        case environment
        case credentialsFile(profile: String)
        case configurationFile(profile: String)
    }

    /// botocore's name of the method, the word operators know from `aws configure list`.
    var method: String {
        switch self {
        case .keys(_, .environment): "env"
        case .keys(_, .credentialsFile): "shared-credentials-file"
        case .keys(_, .configurationFile): "config-file"
        case .assumeRole: "assume-role"
        case .webIdentity: "assume-role-with-web-identity"
        case .singleSignOn: "sso"
        case .process: "custom-process"
        case .container: "container-role"
        case .instanceMetadata: "iam-role"
        }
    }
}
