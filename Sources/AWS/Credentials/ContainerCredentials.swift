/// Keys of an ECS task or an EKS pod, from the agent beside the container.
///
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html>
struct ContainerCredentials {
    /// ECS's agent, for the relative form.
    private static let agentAddress = "169.254.170.2"
    /// Where plain HTTP may go besides loopback: ECS's agent and EKS Pod Identity's, IPv4 and IPv6.
    private static let plainHosts: Set<String> = [agentAddress, "169.254.170.23", "fd00:ec2::23", "localhost"]
    private static let source = "container credentials"
    /// Tokens of EKS are a few KiB.
    private static let tokenLimitInBytes = 16 << 10

    let environment: [String: String]
    let exchange: CredentialsExchange

    func fetch() async throws(CredentialsError) -> Credentials {
        let url = try endpoint()
        let reply = try await exchange.retryUnreachable { () async throws(CredentialsError) in
            var headers = [(name: "Accept", value: "application/json")]
            if let token = try authorization() { headers.append(("Authorization", token)) }
            // The full form may name any host over https, which a proxy may be the only way to.
            let request = HTTPRequest(
                method: "GET", url: url, headers: headers, timeouts: .container,
                bypassesProxy: url.hasPrefix("http://"))
            let reply = try await exchange.send(request, source: Self.source)
            if reply.status >= 500 || reply.status == 429 {
                throw CredentialsError(kind: .unreachable, message: "\(Self.source): HTTP \(reply.status)")
            }
            return reply
        }
        guard reply.status == 200 else {
            throw CredentialsError(
                kind: .refused(code: "HTTP \(reply.status)"),
                message: "\(Self.source): HTTP \(reply.status); check the task role or the pod identity association")
        }
        return try CredentialsDocument(reply.body, source: Self.source).credentials(tokenMember: "Token")
    }

    private func endpoint() throws(CredentialsError) -> String {
        if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
            guard path.hasPrefix("/") else {
                throw Self.bad("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI must begin with /")
            }
            return "http://\(Self.agentAddress)\(path)"
        }
        let url = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] ?? ""
        guard let host = Self.host(of: url) else {
            throw Self.bad("AWS_CONTAINER_CREDENTIALS_FULL_URI is not an http or https URL")
        }
        let isSafe = url.hasPrefix("https://") || Self.plainHosts.contains(host) || Self.isLoopback(host)
        guard isSafe else {
            throw Self.bad(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI: \(host) may only be asked over https; "
                    + "plain http is for loopback, 169.254.170.2, 169.254.170.23 and fd00:ec2::23")
        }
        return url
    }

    /// The host of an absolute URL, without port, brackets or user; `nil` when `url` is none.
    private static func host(of url: String) -> String? {
        guard let scheme = ["http://", "https://"].first(where: url.hasPrefix) else { return nil }
        let authority = url.dropFirst(scheme.count).prefix { !"/?#\\".contains($0) }
        // Everything before an @ would be a user name; such a URL only hides its host.
        guard !authority.contains("@") else { return nil }
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            return String(authority[..<end].dropFirst()).lowercased()
        }
        let host = authority.prefix { $0 != ":" }
        return host.isEmpty ? nil : host.lowercased()
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { !$0.isEmpty && $0.utf8.count <= 3 && UInt8($0) != nil }
    }

    /// The value of the Authorization header, read anew each time since EKS replaces the file.
    private func authorization() throws(CredentialsError) -> String? {
        var token = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        if let path = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] {
            guard case .bytes(let bytes) = BoundedFile.read(path, limit: Self.tokenLimitInBytes) else {
                throw Self.bad("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: \(path) cannot be read")
            }
            token = String(decoding: bytes, as: UTF8.self)
        }
        guard let token else { return nil }
        guard token.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw Self.bad("the container authorization token has a line break or a control character")
        }
        return token
    }

    private static func bad(_ message: String) -> CredentialsError {
        CredentialsError(kind: .badConfiguration, message: message)
    }
}

extension HTTPTimeouts {
    /// botocore's two seconds: the agent is on the same machine (`ContainerMetadataFetcher` in botocore/utils.py).
    fileprivate static var container: HTTPTimeouts {
        var timeouts = HTTPTimeouts()
        timeouts.connect = .seconds(2)
        timeouts.idle = .seconds(2)
        timeouts.total = .seconds(5)
        return timeouts
    }
}
