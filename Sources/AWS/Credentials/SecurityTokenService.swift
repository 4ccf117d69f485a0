import JSON

/// Calls STS for keys of a role.
///
/// The wire form is the query protocol: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>.
package struct SecurityTokenService: Sendable {
    /// Codes after which the same request may succeed, besides HTTP 5xx and 429: the throttling and transient codes of
    /// the SDKs' standard retry mode, and STS's own `IDPCommunicationError`.
    private static let retryableCodes: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "RequestLimitExceeded", "TooManyRequestsException", "SlowDown", "RequestTimeout", "RequestTimeoutException",
        "InternalFailure", "InternalError", "ServiceUnavailable", "IDPCommunicationError",
    ]
    /// Codes that blame the calling keys: fresh ones may help.
    private static let rejectedKeyCodes: Set<String> = [
        "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException",
    ]
    /// Long enough for AWS's sentence with two ARNs.
    private static let messageLimitInCharacters = 600

    private let exchange: CredentialsExchange
    private let endpoint: STSEndpoint
    private let signer: Signer

    /// `region` is where STS is called; `nil` takes one of the role's partition. `endpointURL` replaces AWS's own host.
    package init(
        sender: any HTTPSender, region: String?, endpointURL: String? = nil, clock: ClientClock = .system,
        signer: Signer = Signer()
    ) {
        exchange = CredentialsExchange(sender: sender, clock: clock)
        endpoint = STSEndpoint(region: region, overrideURL: endpointURL)
        self.signer = signer
    }

    /// Takes on a role with the keys of `base`. Throttles, server errors and lost connections are tried again, as are
    /// keys of `base` that STS calls expired, after they were refreshed. Throws `refused` with STS's code and the
    /// role's ARN.
    package func assumeRole(
        _ request: AssumeRoleRequest, base: any CredentialsProvider
    ) async throws(CredentialsError) -> Credentials {
        var rejection: (keys: Credentials, error: CredentialsError)?
        return try await exchange.retry { () async throws(CredentialsError) in
            let keys = try await base.credentials()
            if let rejection, rejection.keys == keys { return .failure(rejection.error) }
            let isRole = keys.sessionToken != nil
            let duration = isRole ? AssumeRoleRequest.chainedDurationLimitInSeconds : request.durationInSeconds
            var fields = [
                ("Action", "AssumeRole"), ("Version", "2011-06-15"), ("RoleArn", request.roleARN),
                ("RoleSessionName", request.sessionName),
                ("DurationSeconds", String(min(duration, request.durationInSeconds))),
            ]
            if let externalID = request.externalID { fields.append(("ExternalId", externalID)) }
            let attempt = await attempt(signed(message(fields, request), request, keys), request)
            if case .retry(let error) = attempt, case .refused(let code) = error.kind,
                Self.rejectedKeyCodes.contains(code)
            {
                rejection = (keys, error)
                await base.invalidate(keys)
            }
            return attempt
        }
    }

    /// Takes on a role with a token of a web identity provider; needs no keys. `token` is asked for each attempt.
    func assumeRole(
        _ request: AssumeRoleRequest, webIdentityToken token: () throws(CredentialsError) -> String
    ) async throws(CredentialsError) -> Credentials {
        try await exchange.retry { () async throws(CredentialsError) -> CredentialsExchange.Attempt<Credentials> in
            let fields = [
                ("Action", "AssumeRoleWithWebIdentity"), ("Version", "2011-06-15"), ("RoleArn", request.roleARN),
                ("RoleSessionName", request.sessionName), ("DurationSeconds", String(request.durationInSeconds)),
                ("WebIdentityToken", try token()),
            ]
            return await attempt(message(fields, request), request)
        }
    }

    private func message(
        _ fields: [(name: String, value: String)], _ request: AssumeRoleRequest
    ) -> HTTPRequest {
        HTTPRequest(
            method: "POST", url: endpoint.url(for: request),
            headers: [
                ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), ("Accept", "text/xml"),
            ],
            body: SharedBytes(Array(URIEncoding.query(fields).utf8)), timeouts: .securityToken)
    }

    private func signed(
        _ message: HTTPRequest, _ request: AssumeRoleRequest, _ keys: Credentials
    ) -> HTTPRequest {
        var message = message
        let place = endpoint.place(for: request)
        message.headers += signer.sign(
            SigningRequest(
                method: message.method, host: place.host, path: place.path, headers: message.headers,
                body: message.body),
            credentials: keys, region: endpoint.region(for: request), service: "sts", at: exchange.clock.now())
        return message
    }

    private func attempt(
        _ message: HTTPRequest, _ request: AssumeRoleRequest
    ) async -> CredentialsExchange.Attempt<Credentials> {
        let source = "STS for the role \(request.roleARN)"
        let reply: CredentialsExchange.Reply
        do throws(CredentialsError) {
            reply = try await exchange.send(message, source: source)
        } catch {
            return error.kind == .unreachable ? .retry(error) : .failure(error)
        }
        let document = SecurityTokenReply(reply.body)
        if reply.status == 200 {
            if let credentials = document.credentials { return .success(credentials) }
            return .retry(
                CredentialsError(kind: .unreachable, message: "\(source): the answer has no complete keys"))
        }
        return Self.classify(reply, document, source)
    }

    private static func classify(
        _ reply: CredentialsExchange.Reply, _ document: SecurityTokenReply, _ source: String
    ) -> CredentialsExchange.Attempt<Credentials> {
        let code = document.errorCode ?? "HTTP \(reply.status)"
        let request = (document.requestID ?? reply.headers["x-amzn-requestid"]).map { ", request \($0)" } ?? ""
        let text = "\(source): \(code) (HTTP \(reply.status)\(request))\(explanation(code, document))"
        if reply.status >= 500 || reply.status == 429 || retryableCodes.contains(code) {
            return .retry(CredentialsError(kind: .unreachable, message: text))
        }
        let error = CredentialsError(kind: .refused(code: code), message: text)
        return rejectedKeyCodes.contains(code) ? .retry(error) : .failure(error)
    }

    /// AWS's own sentence where it helps and is known to name only ARNs; elsewhere it may quote what was signed.
    private static func explanation(_ code: String, _ document: SecurityTokenReply) -> String {
        switch code {
        case "AccessDenied", "AccessDeniedException":
            return document.errorMessage.map { ": \($0.prefix(messageLimitInCharacters))" } ?? ""
        case "RegionDisabledException": return ": STS is not activated in this region for the calling account"
        case "ValidationError":
            return ": STS does not accept the request; the duration may be longer than the role allows"
        default: return ""
        }
    }
}

extension HTTPTimeouts {
    /// STS answers within a second; a caller waits at most this long for one attempt.
    fileprivate static var securityToken: HTTPTimeouts {
        var timeouts = HTTPTimeouts()
        timeouts.connect = .seconds(5)
        timeouts.idle = .seconds(15)
        timeouts.total = .seconds(30)
        return timeouts
    }
}
