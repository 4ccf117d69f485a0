import JSON
import Synchronization

/// Calls AWS: encodes, signs afresh for every attempt, sends, classifies, tries again by the SDKs' standard mode.
///
/// Cheap to copy; copies share the gate, the learned rates, the retry quotas and what was learned of clock skew. Any task
/// may use it.
package struct AWSClient: Sendable {
    private let sender: any HTTPSender
    private let signer = Signer()
    let endpoints: EndpointCache
    let discovered = DiscoveredEndpoints()
    private let policy: RetryPolicy
    private let gate: RequestGate
    private let rates: RateTable?
    private var priority = CallPriority.scheduled
    private var tally: CallTally?
    private var activity: CallActivity?
    let clock: ClientClock
    private let timeouts: HTTPTimeouts
    private let quotas = QuotaTable()
    private let skew = ClockSkew()

    /// - Parameters:
    ///   - environment: looked up for `AWS_ENDPOINT_URL` and its like.
    ///   - gate: bounds the calls in flight.
    ///   - rates: paces the calls by the limits that throttles have taught; without it they are only tried again later.
    package init(
        sender: any HTTPSender, environment: [String: String], gate: RequestGate, rates: RateTable? = nil,
        policy: RetryPolicy, timeouts: HTTPTimeouts, clock: ClientClock
    ) {
        self.sender = sender
        endpoints = EndpointCache(environment: environment)
        self.gate = gate
        self.rates = rates
        self.policy = policy
        self.timeouts = timeouts
        self.clock = clock
    }

    /// Several accounts are called from now on, so that none may hold all the calls in flight.
    package func shareAmongAccounts() { gate.share() }

    /// The same client for calls of that priority, counted in `tally`.
    package func calling(_ priority: CallPriority, tally: CallTally? = nil) -> AWSClient {
        var copy = self
        copy.priority = priority
        copy.tally = tally
        return copy
    }

    /// The same client for one purpose, whose waits `activity` tells.
    package func telling(_ activity: CallActivity) -> AWSClient {
        var copy = self
        copy.activity = activity
        return copy
    }

    /// Makes the call and answers what `read` makes of a successful reply. `read` must take the whole body; it runs again
    /// from the start when a later attempt replaces one that broke in the middle.
    nonisolated(nonsending) package func call<Result>(
        _ call: AWSCall, read: (HTTPReply) async throws(AWSCallError) -> Result
    ) async throws(AWSCallError) -> Result {
        let encoded: EncodedRequest
        do throws(EncodingError) {
            encoded = try call.service.encoder.encode(call.operation, input: call.input, body: call.body)
        } catch {
            throw .request(error)
        }
        activity?.begin()
        defer { activity?.end() }
        var attempt = Attempt(region: call.region)
        attempt.host = try await discoveredHost(call)
        while true {
            let failure: AWSCallError
            do throws(AWSCallError) {
                let result = try await once(call, encoded, &attempt, read: read)
                quotas.succeed(call, lastCost: attempt.lastCost)
                return result
            } catch {
                failure = error
            }
            forgetHost(call, after: failure)
            if case .waiting = failure { throw failure }
            guard !Task.isCancelled else { throw cancelled(after: failure, call, attempt) }
            if attempt.followsRedirect { continue }
            try await pause(after: failure, call, &attempt)
        }
    }

    /// Makes the call and answers the whole output as one JSON object, as the AWS CLI prints it.
    package func document(_ call: AWSCall) async throws(AWSCallError) -> [UInt8] {
        try await self.call(call) { reply throws(AWSCallError) in
            var decoder = ReplyDecoder(plan: call.service.plan, operation: call.operation, items: nil)
            var unused = ByteBuffer(capacity: 16)
            do {
                while let chunk = try await reply.body.next() {
                    decoder.feed(chunk)
                    _ = try decoder.next(into: &unused)
                }
                return try decoder.finish(status: reply.status, headers: reply.headers)
            } catch let error as HTTPError {
                throw .transport(error)
            } catch let error as WireError {
                throw .reply(error)
            } catch {
                throw .cancelled
            }
        }
    }

    // MARK: Attempts

    /// What one attempt leaves for the next.
    private struct Attempt {
        var number = 1
        /// S3 answers with another region when a bucket is not where it was asked for.
        var region: String
        /// Where the service itself said that calls go.
        var host: String?
        var followsRedirect = false
        var redirects = 0
        var lastCost: Int?
        var retryAfter: Duration?
        /// The place in the line of the calls that wait for a turn at a learned rate.
        var place: Int?

        init(region: String) { self.region = region }
    }

    nonisolated(nonsending) private func once<Result>(
        _ call: AWSCall, _ encoded: EncodedRequest, _ attempt: inout Attempt,
        read: (HTTPReply) async throws(AWSCallError) -> Result
    ) async throws(AWSCallError) -> Result {
        attempt.followsRedirect = false
        attempt.retryAfter = nil
        let turn = try await turn(call, &attempt)
        var hasBegun = false
        defer { if !hasBegun, let turn { rates?.abandon(turn) } }
        let keys: Credentials
        do throws(CredentialsError) {
            keys = try await call.credentials.credentials()
        } catch {
            throw .credentials(error)
        }
        guard await gate.enter(account: call.account, priority: priority) else { throw .cancelled }
        defer { gate.leave(account: call.account) }
        // Signed and counted when all waiting is over.
        let request = try self.request(call, encoded, keys, attempt)
        hasBegun = true
        let passage = turn.flatMap { rates?.begin($0) }
        tally?.count()
        let reply: HTTPReply
        do throws(HTTPError) {
            reply = try await sender.send(request)
        } catch {
            throw .transport(error)
        }
        guard (200..<300).contains(reply.status) else {
            let error = try await serviceError(call, reply, keys, &attempt)
            learn(from: error, passage, attempt)
            throw .service(error)
        }
        if let passage { rates?.admit(passage) }
        return try await read(reply)
    }

    /// Waits for a turn at a learned rate; `nil` where rates are not learned.
    private func turn(_ call: AWSCall, _ attempt: inout Attempt) async throws(AWSCallError) -> RateTable.Turn? {
        guard let rates else { return nil }
        let key = key(call, attempt)
        guard let turn = await rates.enter(key, priority, number: &attempt.place, activity) else {
            throw .waiting(rate: rates.rate(key) ?? RateState.floor)
        }
        return turn
    }

    private func learn(from error: AWSServiceError, _ passage: RateTable.Passage?, _ attempt: Attempt) {
        if error.errorClass == .throttled { tally?.countThrottle() }
        guard let passage else { return }
        switch error.errorClass {
        case .throttled: rates?.throttle(passage, retryAfter: attempt.retryAfter)
        case .transient: break  // says nothing about limits
        default: rates?.admit(passage)
        }
    }

    private func request(
        _ call: AWSCall, _ encoded: EncodedRequest, _ keys: Credentials, _ attempt: Attempt
    ) throws(AWSCallError) -> HTTPRequest {
        let plain: Endpoint
        var endpoint: Endpoint
        do throws(EndpointError) {
            plain = try endpoints.endpoint(call.service.model, region: attempt.region)
            endpoint = plain.prefixed(by: encoded.hostPrefix)
        } catch {
            throw .request(EncodingError(operation: call.operation.name, member: error.variable, reason: error.reason))
        }
        if let host = attempt.host { endpoint.host = host }
        let path = endpoint.basePath + encoded.path
        let signed = signer.sign(
            SigningRequest(
                method: encoded.method, host: endpoint.host, path: path, query: encoded.query,
                headers: encoded.headers, body: encoded.body),
            credentials: keys, region: endpoint.signingRegion, service: endpoint.signingName,
            at: clock.now() + skew.seconds(host: plain.host))
        let query = encoded.query.isEmpty ? "" : "?" + URIEncoding.query(encoded.query)
        return HTTPRequest(
            method: encoded.method, url: "\(endpoint.scheme)://\(endpoint.host)\(path)\(query)",
            headers: encoded.headers + signed, body: encoded.body, timeouts: timeouts)
    }

    private func serviceError(
        _ call: AWSCall, _ reply: HTTPReply, _ keys: Credentials, _ attempt: inout Attempt
    ) async throws(AWSCallError) -> AWSServiceError {
        // A body that cannot be read leaves the status to go by.
        let body = (try? await reply.body.collect(limit: AWSErrorBody.limit)) ?? []
        let error = AWSServiceError(
            service: call.service.model.name, operation: call.operation.name, status: reply.status,
            headers: reply.headers, body: body)
        attempt.retryAfter = RetryPolicy.retryAfter(in: reply.headers)
        if let region = reply.headers["x-amz-bucket-region"], region != attempt.region, attempt.redirects < 2,
            [301, 307, 400, 403].contains(reply.status)
        {
            attempt.region = region
            attempt.redirects += 1
            attempt.followsRedirect = true
        }
        switch error.errorClass {
        case .clockSkew:
            if let date = reply.headers["Date"], let server = TimestampText.httpDate(date),
                let endpoint = try? endpoints.endpoint(call.service.model, region: attempt.region)
            {
                skew.learn(server - clock.now(), host: endpoint.host)
            }
        case .expiredCredentials, .refusedKeys: await call.credentials.invalidate(keys)
        default: break
        }
        return error
    }

    /// Waits before the next attempt, or throws the failure when there is to be none.
    private func pause(
        after failure: AWSCallError, _ call: AWSCall, _ attempt: inout Attempt
    ) async throws(AWSCallError) {
        guard let kind = Self.retryFailure(failure) else { throw failure }
        let decision = quotas.decide(
            call, policy, attempt: attempt.number, failure: kind, retryAfter: attempt.retryAfter,
            isPaced: rates != nil, jitter: clock.random())
        guard case .retry(let delay, let cost) = decision else { throw failure }
        attempt.number += 1
        attempt.lastCost = cost
        guard delay > .zero else { return }
        activity?.wait()
        defer { activity?.goOn() }
        do {
            try await clock.sleep(delay)
        } catch {
            throw cancelled(after: failure, call, attempt)
        }
    }

    /// A call that is cancelled between a throttle and its next attempt waited for its turn, too.
    private func cancelled(after failure: AWSCallError, _ call: AWSCall, _ attempt: Attempt) -> AWSCallError {
        guard let rates, case .service(let error) = failure, error.errorClass == .throttled else { return .cancelled }
        return .waiting(rate: rates.rate(key(call, attempt)) ?? RateState.floor)
    }

    private func key(_ call: AWSCall, _ attempt: Attempt) -> RateKey {
        RateKey(
            account: call.account, region: attempt.region, service: call.service.model.name,
            operation: call.operation.name)
    }

    private static func retryFailure(_ failure: AWSCallError) -> RetryPolicy.Failure? {
        switch failure {
        case .service(let error): .reply(error.errorClass)
        case .transport(let error): .transport(error)
        // A reply that ends early or is garbled on the way is as good as a broken connection.
        case .reply(.truncated), .reply(.malformed), .reply(.needMore): .reply(.transient)
        case .reply, .credentials, .request, .cancelled, .waiting: nil
        }
    }
}

/// Endpoints by service and region; few, and asked for with every request.
final class EndpointCache: Sendable {
    private let environment: [String: String]
    private let known = Mutex<[String: Endpoint]>([:])

    init(environment: [String: String]) { self.environment = environment }

    func endpoint(_ service: ServiceModel, region: String) throws(EndpointError) -> Endpoint {
        let key = "\(service.name) \(region)"
        if let endpoint = known.withLock({ $0[key] }) { return endpoint }
        let endpoint = try Endpoint.resolve(
            service, region: region, serviceID: service.serviceID, environment: environment)
        known.withLock { $0[key] = endpoint }
        return endpoint
    }
}

/// Retry quotas by account and service, so that a service that is down in one account costs the others nothing.
private final class QuotaTable: Sendable {
    private let quotas = Mutex<[String: RetryQuota]>([:])

    private static func key(_ call: AWSCall) -> String { "\(call.account) \(call.service.model.name)" }

    func decide(
        _ call: AWSCall, _ policy: RetryPolicy, attempt: Int, failure: RetryPolicy.Failure, retryAfter: Duration?,
        isPaced: Bool, jitter: Double
    ) -> RetryPolicy.Decision {
        quotas.withLock { quotas in
            policy.decide(
                attempt: attempt, failure: failure, retryAfter: retryAfter, isPaced: isPaced, jitter: jitter,
                quota: &quotas[Self.key(call), default: RetryQuota()])
        }
    }

    /// A full quota is not kept, so that the table holds only accounts in trouble.
    func succeed(_ call: AWSCall, lastCost: Int?) {
        quotas.withLock { quotas in
            guard !quotas.isEmpty else { return }
            let key = Self.key(call)
            guard var quota = quotas[key] else { return }
            quota.succeed(lastCost: lastCost)
            quotas[key] = quota.available == RetryQuota.capacity ? nil : quota
        }
    }
}

/// How far this machine's clock is from each host's, learned from replies that refused a signature for its date.
private final class ClockSkew: Sendable {
    private let offsets = Mutex<[String: Int]>([:])

    func seconds(host: String) -> Int { offsets.withLock { $0[host] ?? 0 } }

    func learn(_ seconds: Int, host: String) { offsets.withLock { $0[host] = seconds } }
}
