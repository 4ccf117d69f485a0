import Synchronization
import Testing

@testable import AWS

@Suite("Credentials: refresh ahead, single flight")
struct CredentialsRefreshTests {
    /// A source whose answers the test decides, one fetch at a time.
    private final class Source: Sendable {
        private struct State {
            var fetches = 0
            var cancelled = 0
            var pending: [CheckedContinuation<Result<Credentials, CredentialsError>, Never>] = []
            var ready: [Result<Credentials, CredentialsError>] = []
        }

        private let state = Mutex(State())

        var fetches: Int { state.withLock { $0.fetches } }
        var cancelled: Int { state.withLock { $0.cancelled } }

        /// Ends the oldest fetch under way, or the next one.
        func answer(_ result: Result<Credentials, CredentialsError>) {
            let waiting = state.withLock { state in
                if state.pending.isEmpty { state.ready.append(result) }
                return state.pending.isEmpty ? nil : state.pending.removeFirst()
            }
            waiting?.resume(returning: result)
        }

        func fetch() async throws(CredentialsError) -> Credentials {
            let result = await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let ready = state.withLock { state -> Result<Credentials, CredentialsError>? in
                        state.fetches += 1
                        if !state.ready.isEmpty { return state.ready.removeFirst() }
                        state.pending.append(continuation)
                        return nil
                    }
                    if let ready { continuation.resume(returning: ready) }
                }
            } onCancel: {
                state.withLock { $0.cancelled += 1 }
                answer(.failure(.cancelled))
            }
            return try result.get()
        }
    }

    private let time = TestTime()
    private let source = Source()
    private let provider: RefreshingCredentials

    init() {
        provider = RefreshingCredentials(clock: time.clock) { [source] () async throws(CredentialsError) in
            try await source.fetch()
        }
    }

    private func keys(_ name: String, lifetime: Int? = 3600) -> Credentials {
        Credentials(
            accessKeyID: name, secretAccessKey: "\(secretMark)-\(name)", sessionToken: "\(secretMark)-token",
            expiration: lifetime.map { time.now + $0 })
    }

    private func until(_ condition: () async -> Bool) async {
        while !Task.isCancelled, await !condition() { await Task.yield() }
    }

    @Test("A hundred callers cause one fetch", .timeLimit(.minutes(1)))
    func singleFlight() async throws {
        let answers = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<100 {
                group.addTask { [provider] in try? await provider.credentials().accessKeyID }
            }
            await until { await provider.waiterCount == 100 }
            source.answer(.success(keys("A")))
            return await group.reduce(into: [String?]()) { $0.append($1) }
        }
        #expect(answers == Array(repeating: "A", count: 100))
        #expect(source.fetches == 1)
        #expect(try await provider.credentials().accessKeyID == "A")
        #expect(source.fetches == 1)
    }

    @Test("A cancelled caller stops waiting and leaves the fetch to the others", .timeLimit(.minutes(1)))
    func cancelledCaller() async throws {
        let first = Task { [provider] in try await provider.credentials() }
        await until { await provider.waiterCount == 1 }
        let second = Task { [provider] in try await provider.credentials() }
        await until { await provider.waiterCount == 2 }
        first.cancel()
        await #expect(throws: CredentialsError.cancelled) { try await first.value }
        #expect(source.cancelled == 0)
        source.answer(.success(keys("A")))
        #expect(try await second.value.accessKeyID == "A")
        #expect(source.fetches == 1)
    }

    @Test("When all callers are cancelled the fetch is too, and the next caller starts afresh", .timeLimit(.minutes(1)))
    func allCancelled() async throws {
        let only = Task { [provider] in try await provider.credentials() }
        await until { await provider.waiterCount == 1 }
        await until { source.fetches == 1 }
        only.cancel()
        await #expect(throws: CredentialsError.cancelled) { try await only.value }
        await until { source.cancelled == 1 }
        source.answer(.success(keys("B")))
        #expect(try await provider.credentials().accessKeyID == "B")
        #expect(source.fetches == 2)
    }

    @Test("A task that is cancelled already gets no keys by waiting", .timeLimit(.minutes(1)))
    func cancelledBefore() async throws {
        let task = Task { [provider] in
            while !Task.isCancelled { await Task.yield() }
            return try await provider.credentials()
        }
        task.cancel()
        await #expect(throws: CredentialsError.cancelled) { try await task.value }
    }

    @Test("In the advisory window old keys are served while one fetch runs", .timeLimit(.minutes(1)))
    func advisory() async throws {
        source.answer(.success(keys("A")))
        #expect(try await provider.credentials().accessKeyID == "A")
        time.now += 3600 - RefreshState.advisoryWindowInSeconds - 1
        #expect(try await provider.credentials().accessKeyID == "A")
        #expect(source.fetches == 1)
        time.now += 1
        #expect(try await provider.credentials().accessKeyID == "A")
        #expect(try await provider.credentials().accessKeyID == "A")
        await until { source.fetches == 2 }
        source.answer(.success(keys("B")))
        await until { (try? await provider.credentials().accessKeyID) == "B" }
        #expect(source.fetches == 2)
    }

    @Test("In the mandatory window callers wait for the new keys", .timeLimit(.minutes(1)))
    func mandatory() async throws {
        source.answer(.success(keys("A")))
        _ = try await provider.credentials()
        time.now += 3600 - RefreshState.mandatoryWindowInSeconds
        source.answer(.success(keys("B")))
        #expect(try await provider.credentials().accessKeyID == "B")
    }

    @Test("When a refresh fails, keys are served on until they expire", .timeLimit(.minutes(1)))
    func failedRefresh() async throws {
        let outage = CredentialsError(kind: .unreachable, message: "STS is away")
        source.answer(.success(keys("A")))
        _ = try await provider.credentials()
        time.now += 3599
        source.answer(.failure(outage))
        #expect(try await provider.credentials().accessKeyID == "A")
        #expect(try await provider.credentials().accessKeyID == "A")
        #expect(source.fetches == 2)
        time.now += 1
        source.answer(.failure(outage))
        let error = try await credentialsFailure { () async throws(CredentialsError) in
            try await provider.credentials()
        }
        #expect(error == outage)
    }

    @Test("A failure is shared and then remembered for the back-off only", .timeLimit(.minutes(1)))
    func failureBackoff() async throws {
        let refusal = CredentialsError(kind: .refused(code: "AccessDenied"), message: "no")
        let errors = await withTaskGroup(of: CredentialsError?.self) { group in
            for _ in 0..<10 {
                group.addTask { [provider] in
                    do throws(CredentialsError) { _ = try await provider.credentials() } catch { return error }
                    return nil
                }
            }
            await until { await provider.waiterCount == 10 }
            source.answer(.failure(refusal))
            return await group.reduce(into: [CredentialsError?]()) { $0.append($1) }
        }
        #expect(errors == Array(repeating: refusal, count: 10))
        for _ in 0..<1000 { await #expect(throws: refusal) { try await provider.credentials() } }
        #expect(source.fetches == 1)
        time.now += RefreshState.failureBackoffInSeconds
        source.answer(.success(keys("A")))
        #expect(try await provider.credentials().accessKeyID == "A")
    }

    @Test("Only the rejected keys are dropped", .timeLimit(.minutes(1)))
    func invalidate() async throws {
        let first = keys("A", lifetime: nil)
        source.answer(.success(first))
        _ = try await provider.credentials()
        await provider.invalidate(keys("OTHER", lifetime: nil))
        #expect(try await provider.credentials() == first)
        await provider.invalidate(first)
        source.answer(.success(keys("B", lifetime: nil)))
        #expect(try await provider.credentials().accessKeyID == "B")
        await provider.invalidate(first)
        #expect(try await provider.credentials().accessKeyID == "B")
        #expect(source.fetches == 2)
    }

    @Test("Keys that arrive expired are refused", .timeLimit(.minutes(1)))
    func expiredOnArrival() async throws {
        source.answer(.success(keys("A", lifetime: 0)))
        let error = try await credentialsFailure { () async throws(CredentialsError) in
            try await provider.credentials()
        }
        #expect(error.kind == .refused(code: "ExpiredToken"))
    }

    @Test(
        "The windows are botocore's for keys of an hour and more, and shorter for keys of shorter life",
        arguments: [
            (43_200, 901, "serve"), (43_200, 900, "refresh"), (43_200, 601, "refresh"), (43_200, 600, "wait"),
            (3600, 901, "serve"), (3600, 900, "refresh"), (3600, 600, "wait"), (900, 900, "serve"),
            (900, 226, "serve"), (900, 225, "refresh"), (900, 150, "wait"), (900, 0, "wait"),
        ])
    func windows(_ lifetime: Int, _ remaining: Int, _ action: String) throws {
        var state = RefreshState()
        let keys = keys("A", lifetime: lifetime)
        _ = try state.succeed(keys, now: time.now).get()
        let expected: [String: RefreshDecision] = [
            "serve": .serve(keys), "refresh": .serveAndRefresh(keys), "wait": .wait,
        ]
        #expect(state.decide(now: time.now + lifetime - remaining) == expected[action])
    }

    @Test("Neither description nor dump of keys shows a secret")
    func description() {
        expectNoSecret(keys("AKIDEXAMPLE"))
        expectNoSecret(RefreshDecision.serve(keys("AKIDEXAMPLE")))
        #expect(!String(describing: keys("AKIDEXAMPLE")).contains("EXAMPLE"))
    }
}
