import JSON

/// Keys of a role in IAM Identity Center, for the token that `aws sso login` left in the AWS CLI's cache.
///
/// The token is only read: a service has no browser to renew it with.
/// <https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html>
struct SingleSignOnCredentials {
    private static let tokenFileLimitInBytes = 64 << 10

    let profile: SingleSignOnProfile
    let home: String
    let endpointURL: String?
    let exchange: CredentialsExchange

    func fetch() async throws(CredentialsError) -> Credentials {
        let token = try token()
        let base = endpointURL ?? "https://portal.sso.\(profile.region).\(STSEndpoint.suffix(profile.region))"
        let request = HTTPRequest(
            method: "GET",
            url: "\(base)/federation/credentials?role_name=\(URIEncoding.encode(profile.roleName))"
                + "&account_id=\(URIEncoding.encode(profile.accountID))",
            headers: [("x-amz-sso_bearer_token", token), ("Accept", "application/json")],
            timeouts: .credentialsEndpoint)
        let reply = try await exchange.retryUnreachable { () async throws(CredentialsError) in
            let reply = try await exchange.send(request, source: source)
            if reply.status >= 500 || reply.status == 429 {
                throw CredentialsError(kind: .unreachable, message: "\(source): HTTP \(reply.status)")
            }
            return reply
        }
        guard reply.status == 200 else { throw refusal(reply) }
        return try keys(CredentialsDocument(reply.body, source: source).value)
    }

    private var source: String {
        "single sign-on of the profile \"\(profile.profile)\" (\(profile.roleName) in \(profile.accountID))"
    }

    private var loginHint: String { "run `aws sso login --profile \(profile.profile)`" }

    /// The access token, which must not have expired.
    private func token() throws(CredentialsError) -> String {
        let path = "\(home)/.aws/sso/cache/\(SHA1.hexadecimal(profile.tokenKey)).json"
        guard case .bytes(let bytes) = BoundedFile.read(path, limit: Self.tokenFileLimitInBytes) else {
            throw CredentialsError(
                kind: .refused(code: "NotSignedIn"),
                message: "\(source): there is no readable token \(path); \(loginHint)")
        }
        let document = try CredentialsDocument(bytes, source: "\(source): the token \(path)").value
        guard let token = document["accessToken"]?.string, !token.isEmpty,
            let expiry = document["expiresAt"]?.string.flatMap(CredentialsTimestamp.parse)
        else {
            throw CredentialsError(
                kind: .refused(code: "NotSignedIn"), message: "\(source): the token \(path) is incomplete; \(loginHint)"
            )
        }
        guard expiry > exchange.clock.now() else {
            throw CredentialsError(
                kind: .refused(code: "ExpiredToken"), message: "\(source): the token has expired; \(loginHint)")
        }
        return token
    }

    private func refusal(_ reply: CredentialsExchange.Reply) -> CredentialsError {
        // The error's name may carry a link behind a colon.
        let code = reply.headers["x-amzn-errortype"].map { String($0.prefix { $0 != ":" }) } ?? "HTTP \(reply.status)"
        let hint =
            reply.status == 401
            ? loginHint : "check sso_account_id, sso_role_name and that the role is assigned to this user"
        return CredentialsError(
            kind: .refused(code: code), message: "\(source): \(code) (HTTP \(reply.status)); \(hint)")
    }

    private func keys(_ document: JSONValue) throws(CredentialsError) -> Credentials {
        guard let role = document["roleCredentials"], let key = role["accessKeyId"]?.string,
            let secret = role["secretAccessKey"]?.string, let token = role["sessionToken"]?.string,
            let milliseconds = role["expiration"]?.int
        else {
            throw CredentialsError(
                kind: .refused(code: "BadReply"), message: "\(source): the answer has no complete keys")
        }
        return Credentials(
            accessKeyID: key, secretAccessKey: secret, sessionToken: token, expiration: milliseconds / 1000)
    }
}

extension HTTPTimeouts {
    /// For small answers of services that are near or fast.
    static var credentialsEndpoint: HTTPTimeouts {
        var timeouts = HTTPTimeouts()
        timeouts.connect = .seconds(5)
        timeouts.idle = .seconds(10)
        timeouts.total = .seconds(20)
        return timeouts
    }
}
