/// The AWS SDKs' default chain: finds where keys come from, fetches them, caches them and renews them ahead of expiry.
///
/// Environment, role of the profile, web identity, single sign-on, credentials file, process, configuration file,
/// container, instance metadata. The files are read anew at each refresh, so that replaced keys are picked up after
/// `invalidate`. When nothing is found the error lists what was tried and why each had nothing.
package struct DefaultCredentialsChain: CredentialsProvider {
    private let refreshing: RefreshingCredentials
    private let chain: Chain

    /// `profile` overrides the environment's choice, and then the environment's keys are not used, as with the AWS
    /// CLI's `--profile`. `home` is where `~/.aws` is.
    package init(
        environment: [String: String], home: String, profile: String? = nil, sender: any HTTPSender,
        clock: ClientClock = .system, signer: Signer = Signer()
    ) {
        let chain = Chain(
            environment: environment, home: home, profile: profile,
            exchange: CredentialsExchange(sender: sender, clock: clock), signer: signer)
        self.chain = chain
        refreshing = RefreshingCredentials(clock: clock) { () async throws(CredentialsError) -> Credentials in
            try await chain.fetch()
        }
    }

    package func credentials() async throws(CredentialsError) -> Credentials { try await refreshing.credentials() }

    package func invalidate(_ rejected: Credentials) async { await refreshing.invalidate(rejected) }

    /// botocore's name of where the keys come from (`env`, `sso`, `iam-role`), by the environment and the files alone;
    /// nobody is asked, and nothing of the keys is told.
    package func method() throws(CredentialsError) -> String { try chain.source().method }

    /// One walk through the chain.
    private struct Chain: Sendable {
        let environment: [String: String]
        let home: String
        let profile: String?
        let exchange: CredentialsExchange
        let signer: Signer

        func source() throws(CredentialsError) -> CredentialSource {
            let configuration = try SharedConfiguration.load(environment: environment, home: home, profile: profile)
            var resolver = CredentialSourceResolver(configuration, ignoresEnvironmentKeys: profile != nil)
            return try resolver.resolve()
        }

        func fetch() async throws(CredentialsError) -> Credentials {
            let configuration = try SharedConfiguration.load(environment: environment, home: home, profile: profile)
            var resolver = CredentialSourceResolver(configuration, ignoresEnvironmentKeys: profile != nil)
            let source = try resolver.resolve()
            do throws(CredentialsError) {
                return try await fetch(source, configuration)
            } catch {
                // Instance metadata is the last resort: that nobody answers there means that there is no source at all.
                let isAbsent = error.kind == .unreachable || error.kind == .noneFound
                guard case .instanceMetadata = source, isAbsent else { throw error }
                let tried = resolver.tried + [error.message]
                throw CredentialsError(
                    kind: .noneFound, message: "no AWS credentials; tried " + tried.joined(separator: "; "))
            }
        }

        private func fetch(
            _ source: CredentialSource, _ configuration: SharedConfiguration
        ) async throws(CredentialsError) -> Credentials {
            switch source {
            case .keys(let keys, _): return keys
            case .assumeRole(let request, let base):
                let provider = Source { () async throws(CredentialsError) -> Credentials in
                    try await fetch(base, configuration)
                }
                return try await service(configuration).assumeRole(request, base: provider)
            case .webIdentity(let request, let tokenFile):
                return try await WebIdentityCredentials(
                    request: request, tokenFile: SharedConfiguration.expand(tokenFile, home: home),
                    service: service(configuration)
                ).fetch()
            case .singleSignOn(let profile):
                return try await SingleSignOnCredentials(
                    profile: profile, home: home, endpointURL: configuration.endpointURL(serviceID: "SSO"),
                    exchange: exchange
                ).fetch()
            case .process(let command, let profile):
                return try await CredentialProcess(command: command, profile: profile, environment: environment)
                    .fetch()
            case .container:
                return try await ContainerCredentials(environment: environment, exchange: exchange).fetch()
            case .instanceMetadata:
                return try await InstanceMetadataCredentials(configuration: configuration, exchange: exchange).fetch()
            }
        }

        private func service(_ configuration: SharedConfiguration) -> SecurityTokenService {
            SecurityTokenService(
                sender: exchange.sender, region: configuration.region,
                endpointURL: configuration.endpointURL(serviceID: "STS"), clock: exchange.clock, signer: signer)
        }
    }

    /// The keys below a role: fetched for each attempt, as each refresh of the role needs them once.
    private struct Source: CredentialsProvider {
        let fetch: @Sendable () async throws(CredentialsError) -> Credentials

        func credentials() async throws(CredentialsError) -> Credentials { try await fetch() }

        /// Nothing is kept.
        func invalidate(_ rejected: Credentials) async {}
    }
}
