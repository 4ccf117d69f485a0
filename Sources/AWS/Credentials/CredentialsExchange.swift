/// Sends the requests of the credential sources, with bounds on time, size and attempts.
struct CredentialsExchange: Sendable {
    struct Reply: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var body: [UInt8]
    }

    /// How one attempt ended.
    enum Attempt<Value: Sendable>: Sendable {
        case success(Value)
        /// Worth another attempt: not reached, throttled, server error.
        case retry(CredentialsError)
        case failure(CredentialsError)
    }

    /// Attempts of the AWS SDKs' standard retry mode, the first included.
    static let standardAttempts = 3
    /// The longest wait between two attempts in the standard mode, in seconds.
    static let backoffCapInSeconds = 20.0
    /// Replies that hand out keys are a few KiB.
    static let replyLimitInBytes = 64 << 10

    let sender: any HTTPSender
    let clock: ClientClock

    /// Sends one request and reads the whole answer. Throws `unreachable`, `refused` for a certificate or size problem,
    /// or `cancelled`; `source` begins the error's text.
    func send(_ request: HTTPRequest, source: String) async throws(CredentialsError) -> Reply {
        do throws(HTTPError) {
            let reply = try await sender.send(request)
            let body = try await reply.body.collect(limit: Self.replyLimitInBytes)
            return Reply(status: reply.status, headers: reply.headers, body: body)
        } catch {
            throw Self.credentialsError(error, source: source)
        }
    }

    /// Makes attempts until one succeeds, fails for good, or `attempts` are used up; waits between them with full
    /// jitter.
    func retry<Value: Sendable>(
        attempts: Int = Self.standardAttempts,
        _ attempt: () async throws(CredentialsError) -> Attempt<Value>
    ) async throws(CredentialsError) -> Value {
        var number = 1
        while true {
            switch try await attempt() {
            case .success(let value): return value
            case .failure(let error): throw error
            case .retry(let error):
                guard number < attempts, error.kind != .cancelled else { throw error }
            }
            try await wait(after: number)
            number += 1
        }
    }

    /// As `retry`, for an attempt that says by throwing `unreachable` that it is worth another.
    func retryUnreachable<Value: Sendable>(
        attempts: Int = Self.standardAttempts, _ attempt: () async throws(CredentialsError) -> Value
    ) async throws(CredentialsError) -> Value {
        try await retry(attempts: attempts) { () async throws(CredentialsError) -> Attempt<Value> in
            do throws(CredentialsError) {
                return .success(try await attempt())
            } catch {
                return error.kind == .unreachable ? .retry(error) : .failure(error)
            }
        }
    }

    private func wait(after number: Int) async throws(CredentialsError) {
        var ceiling = 1.0
        for _ in 1..<number { ceiling = min(ceiling * 2, Self.backoffCapInSeconds) }
        do {
            try await clock.sleep(.milliseconds(Int(clock.random() * ceiling * 1000)))
        } catch {
            throw .cancelled
        }
    }

    private static func credentialsError(_ error: HTTPError, source: String) -> CredentialsError {
        switch error {
        case .cancelled: .cancelled
        case .unreachable(let host, let reason):
            CredentialsError(kind: .unreachable, message: "\(source): \(host) cannot be reached: \(reason)")
        case .untrusted(let host, let reason):
            CredentialsError(
                kind: .refused(code: "Untrusted"),
                message: "\(source): the certificate of \(host) does not verify: \(reason)")
        case .timedOut(let host, let phase):
            CredentialsError(kind: .unreachable, message: "\(source): \(host) did not answer in time (\(phase))")
        case .broken(let host, let reason):
            CredentialsError(kind: .unreachable, message: "\(source): the answer of \(host) broke off: \(reason)")
        case .tooLarge(let limit):
            CredentialsError(
                kind: .refused(code: "BadReply"), message: "\(source): the answer is larger than \(limit) bytes")
        case .closed:
            CredentialsError(kind: .unreachable, message: "\(source): the connection pool is closed")
        }
    }
}
