/// Keys of an EC2 instance's role, from the instance metadata service, version 2 only.
///
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html>
struct InstanceMetadataCredentials {
    private static let source = "instance metadata"
    private static let rolePath = "latest/meta-data/iam/security-credentials/"
    /// Six hours, the longest there is and what the SDKs ask for.
    private static let tokenLifetimeInSeconds = 21_600
    /// One second, as botocore's default: elsewhere than on EC2 nobody answers at this address.
    private static let defaultTimeoutInSeconds = 1
    private static let defaultAttempts = 2
    /// When the service hands out expired keys, AWS asks clients to use them on and to ask again later
    /// (static stability); botocore waits 2 to 10 minutes beyond its advisory window.
    private static let extensionInSeconds = RefreshState.advisoryWindowInSeconds + 120
    private static let extensionJitterInSeconds = 480.0

    let configuration: SharedConfiguration
    let exchange: CredentialsExchange

    /// Throws `noneFound` when the service is disabled, gives no token or has no role, `unreachable` when nobody
    /// answers.
    func fetch() async throws(CredentialsError) -> Credentials {
        if configuration.environment["AWS_EC2_METADATA_DISABLED"]?.lowercased() == "true" {
            throw Self.none("disabled by AWS_EC2_METADATA_DISABLED")
        }
        let base = try endpoint()
        let token = try await token(base)
        let roles = try await get(base + Self.rolePath, token: token)
        let role = String(decoding: roles, as: UTF8.self).prefix { !$0.isNewline }.trimmingWhiteSpace()
        guard !role.isEmpty else { throw Self.none("the instance has no role") }
        let answer = try await get(base + Self.rolePath + URIEncoding.encode(role), token: token)
        return try keys(CredentialsDocument(answer, source: "\(Self.source) (role \(role))"), role: role)
    }

    private func keys(_ document: CredentialsDocument, role: String) throws(CredentialsError) -> Credentials {
        if let code = document.value["Code"]?.string, code != "Success" {
            throw CredentialsError(
                kind: .refused(code: code),
                message: "\(Self.source): the role \(role) gave no keys: \(code); check its trust policy")
        }
        var credentials = try document.credentials(tokenMember: "Token")
        let now = exchange.clock.now()
        if let expiration = credentials.expiration, expiration <= now {
            let jitter = Int(exchange.clock.random() * Self.extensionJitterInSeconds)
            credentials.expiration = now + Self.extensionInSeconds + jitter
        }
        return credentials
    }

    /// The service's root, ending in a slash.
    private func endpoint() throws(CredentialsError) -> String {
        let custom = configuration.setting(
            variables: ["AWS_EC2_METADATA_SERVICE_ENDPOINT"], key: "ec2_metadata_service_endpoint")
        if let custom {
            guard custom.hasPrefix("http://") || custom.hasPrefix("https://") else {
                throw Self.bad("AWS_EC2_METADATA_SERVICE_ENDPOINT is not an http or https URL")
            }
            return custom.hasSuffix("/") ? custom : custom + "/"
        }
        let mode = configuration.setting(
            variables: ["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"], key: "ec2_metadata_service_endpoint_mode")
        switch mode?.lowercased() {
        case nil, "ipv4": return "http://169.254.169.254/"
        case "ipv6": return "http://[fd00:ec2::254]/"
        default: throw Self.bad("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE must be IPv4 or IPv6")
        }
    }

    private func token(_ base: String) async throws(CredentialsError) -> String {
        let request = HTTPRequest(
            method: "PUT", url: base + "latest/api/token",
            headers: [("x-aws-ec2-metadata-token-ttl-seconds", String(Self.tokenLifetimeInSeconds))],
            timeouts: timeouts, bypassesProxy: true)
        let reply = try await send(request)
        guard reply.status == 200, !reply.body.isEmpty else {
            // Where something else answers at this address, as a proxy does, there is no service to speak of.
            throw Self.none(
                "no token (HTTP \(reply.status)); IMDSv2 is needed, and in a container a hop limit of 2 or more")
        }
        return String(decoding: reply.body, as: UTF8.self).trimmingWhiteSpace()
    }

    private func get(_ url: String, token: String) async throws(CredentialsError) -> [UInt8] {
        let request = HTTPRequest(
            method: "GET", url: url, headers: [("x-aws-ec2-metadata-token", token)], timeouts: timeouts,
            bypassesProxy: true)
        let reply = try await send(request)
        switch reply.status {
        case 200: return reply.body
        case 404: throw Self.none("the instance has no role")
        default:
            throw CredentialsError(
                kind: .refused(code: "HTTP \(reply.status)"), message: "\(Self.source): HTTP \(reply.status)")
        }
    }

    private func send(_ request: HTTPRequest) async throws(CredentialsError) -> CredentialsExchange.Reply {
        try await exchange.retryUnreachable(attempts: attempts) { () async throws(CredentialsError) in
            let reply = try await exchange.send(request, source: Self.source)
            if reply.status >= 500 || reply.status == 429 {
                throw CredentialsError(kind: .unreachable, message: "\(Self.source): HTTP \(reply.status)")
            }
            return reply
        }
    }

    private var attempts: Int {
        number("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts", 1...10) ?? Self.defaultAttempts
    }

    private var timeouts: HTTPTimeouts {
        let seconds =
            number("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout", 1...60)
            ?? Self.defaultTimeoutInSeconds
        var timeouts = HTTPTimeouts()
        timeouts.connect = .seconds(seconds)
        timeouts.idle = .seconds(seconds)
        timeouts.total = .seconds(seconds * 3)
        return timeouts
    }

    private func number(_ variable: String, _ key: String, _ bounds: ClosedRange<Int>) -> Int? {
        configuration.setting(variables: [variable], key: key).flatMap { Int($0) }
            .map { min(max($0, bounds.lowerBound), bounds.upperBound) }
    }

    private static func none(_ message: String) -> CredentialsError {
        CredentialsError(kind: .noneFound, message: "\(source): \(message)")
    }

    private static func bad(_ message: String) -> CredentialsError {
        CredentialsError(kind: .badConfiguration, message: message)
    }
}
