/// Decides where keys come from, in botocore's and the AWS CLI's order. Pure: reads nothing, asks nobody.
///
/// Environment, role of the profile, web identity, single sign-on, credentials file, process, configuration file,
/// container, instance metadata. A profile that was asked for must exist.
/// Order: `create_credential_resolver` in botocore/credentials.py.
struct CredentialSourceResolver {
    /// botocore has no bound; more roles than this in a row are a mistake.
    static let chainLimit = 16

    let configuration: SharedConfiguration
    /// `true` when the profile was asked for by the collector's own configuration: the environment's keys are not for
    /// it.
    let ignoresEnvironmentKeys: Bool

    /// What was looked at in vain, a phrase each, for the error when nothing is found.
    var tried: [String] = []

    init(_ configuration: SharedConfiguration, ignoresEnvironmentKeys: Bool = false) {
        self.configuration = configuration
        self.ignoresEnvironmentKeys = ignoresEnvironmentKeys
    }

    /// The source of the chain. Throws `badConfiguration` where something is configured halfway or wrongly, as going on
    /// to the next source would use keys nobody meant.
    mutating func resolve() throws(CredentialsError) -> CredentialSource {
        let name = configuration.profileName
        if configuration.requestedProfile != nil && configuration.profiles[name] == nil {
            throw Self.bad(
                "the profile \"\(name)\" does not exist (\(configuration.filesTried.joined(separator: "; ")))")
        }
        if ignoresEnvironmentKeys {
            tried.append("environment: not used with a profile that was asked for")
        } else if let keys = try environmentKeys() {
            return keys
        }
        if let role = try role(of: name, visited: [name]) { return role }
        if let source = try profileSource(name, usesEnvironment: !ignoresEnvironmentKeys) { return source }
        if isContainer { return .container }
        tried.append("container: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and _FULL_URI are not set")
        return .instanceMetadata
    }

    // MARK: Environment

    mutating func environmentKeys() throws(CredentialsError) -> CredentialSource? {
        guard let key = variable("AWS_ACCESS_KEY_ID") else {
            tried.append("environment: AWS_ACCESS_KEY_ID is not set")
            return nil
        }
        guard let secret = variable("AWS_SECRET_ACCESS_KEY") else {
            throw Self.bad("AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is not")
        }
        var keys = Credentials(accessKeyID: key, secretAccessKey: secret)
        keys.sessionToken = variable("AWS_SECURITY_TOKEN") ?? variable("AWS_SESSION_TOKEN")
        if let expiration = variable("AWS_CREDENTIAL_EXPIRATION") {
            guard let instant = CredentialsTimestamp.parse(expiration) else {
                throw Self.bad("AWS_CREDENTIAL_EXPIRATION is not an ISO 8601 instant")
            }
            keys.expiration = instant
        }
        return .keys(keys, origin: .environment)
    }

    private func variable(_ name: String) -> String? {
        configuration.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    var isContainer: Bool {
        ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]
            .contains { configuration.environment[$0] != nil }
    }

    static func bad(_ message: String) -> CredentialsError {
        CredentialsError(kind: .badConfiguration, message: message)
    }
}
