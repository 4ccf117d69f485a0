/// Credentials from one source, fetched when needed, shared by all callers and renewed ahead of their expiry.
///
/// However many callers ask at once, one fetch runs. A caller that is cancelled stops waiting at once and leaves the
/// fetch to the others; when nobody waits any more the fetch is cancelled too. A failure goes to all who waited for it
/// and is then remembered for `RefreshState.failureBackoffInSeconds` only. When a refresh fails, keys that have not
/// expired yet are served on.
package actor RefreshingCredentials: CredentialsProvider {
    /// Gets new keys from the source. Its waits must be bounded and end early when the task is cancelled.
    package typealias Fetch = @Sendable () async throws(CredentialsError) -> Credentials

    private struct Flight {
        let id: Int
        let task: Task<Void, Never>
        /// Started ahead of need: nobody has to wait for it to be kept.
        let isAdvisory: Bool
    }

    private typealias Waiter = CheckedContinuation<Result<Credentials, CredentialsError>, Never>

    private let fetch: Fetch
    private let clock: ClientClock
    private var state = RefreshState()
    private var flight: Flight?
    private var waiters: [Int: Waiter] = [:]
    private var lastID = 0

    package init(clock: ClientClock = .system, fetch: @escaping Fetch) {
        self.clock = clock
        self.fetch = fetch
    }

    package func credentials() async throws(CredentialsError) -> Credentials {
        switch state.decide(now: clock.now()) {
        case .serve(let credentials): return credentials
        case .serveAndRefresh(let credentials):
            startFlight(isAdvisory: true)
            return credentials
        case .fail(let error): throw error
        case .wait:
            startFlight(isAdvisory: false)
            return try await waitForFlight().get()
        }
    }

    package func invalidate(_ rejected: Credentials) { state.drop(rejected) }

    /// How many callers wait for the fetch under way.
    var waiterCount: Int { waiters.count }

    private func startFlight(isAdvisory: Bool) {
        guard flight == nil else { return }
        lastID += 1
        let id = lastID
        // Unstructured on purpose: the fetch belongs to all callers, so it must not end with the one that started it.
        let task = Task {
            let result: Result<Credentials, CredentialsError>
            do throws(CredentialsError) { result = .success(try await fetch()) } catch { result = .failure(error) }
            finish(result, flight: id)
        }
        flight = Flight(id: id, task: task, isAdvisory: isAdvisory)
    }

    private func finish(_ result: Result<Credentials, CredentialsError>, flight id: Int) {
        // A flight that was given up has no waiters left, and a newer one may be under way.
        guard flight?.id == id else { return }
        flight = nil
        let now = clock.now()
        let answer =
            switch result {
            case .success(let credentials): state.succeed(credentials, now: now)
            case .failure(let error): state.fail(error, now: now)
            }
        let waiting = waiters
        waiters = [:]
        for waiter in waiting.values { waiter.resume(returning: answer) }
    }

    private func waitForFlight() async -> Result<Credentials, CredentialsError> {
        lastID += 1
        let id = lastID
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                if Task.isCancelled {
                    waiter.resume(returning: .failure(.cancelled))
                    giveUpIdleFlight()
                } else {
                    waiters[id] = waiter
                }
            }
        } onCancel: {
            // The handler is synchronous and on no actor; the hop is short and always ends.
            Task { await self.abandon(id) }
        }
    }

    private func abandon(_ id: Int) {
        guard let waiter = waiters.removeValue(forKey: id) else { return }
        waiter.resume(returning: .failure(.cancelled))
        giveUpIdleFlight()
    }

    private func giveUpIdleFlight() {
        guard waiters.isEmpty, let flight, !flight.isAdvisory else { return }
        flight.task.cancel()
        self.flight = nil
    }
}

extension CredentialsError {
    /// The caller's task was cancelled.
    static let cancelled = CredentialsError(kind: .cancelled, message: "cancelled while waiting for credentials")
}
