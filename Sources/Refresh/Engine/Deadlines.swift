import Synchronization

/// Bounds the time of much work at once, with one timer for all of it.
///
/// A timer for each would stay in the runtime's queue until its time, also when the work has ended long before: 700 bytes
/// each, 2 GB for a run of 3,000,000 listings.
final class Deadlines: Sendable {
    private struct Entry {
        var instant: ContinuousClock.Instant
        var expire: @Sendable () -> Void
    }

    private struct State {
        var entries: [Int: Entry] = [:]
        var nextID = 0
    }

    private let state = Mutex(State())

    /// How late work may be stopped: short beside any limit that makes sense.
    private static let tick = Duration.milliseconds(250)

    /// Stops what has run out of time, until the task is cancelled. Nothing is stopped where this does not run.
    func watch() async {
        while !Task.isCancelled {
            // Ends early only when the task is cancelled.
            try? await Task.sleep(for: Self.tick)
            for entry in overdue(at: .now) { entry.expire() }
        }
    }

    /// The work's answer and whether the time ran out before it: then the work was cancelled, and its answer is what it
    /// made of that.
    func run<Result: Sendable>(
        within limit: Duration, _ work: @Sendable @escaping () async -> Result
    ) async -> (result: Result, isLate: Bool) {
        // Unstructured, so that it can be cancelled from the watch; it is waited for below in every case.
        let task = Task { await work() }
        let isLate = Flag()
        let id = add(
            Entry(instant: .now + limit) {
                isLate.raise()
                task.cancel()
            })
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        remove(id)
        return (result, isLate.isRaised)
    }

    private func add(_ entry: Entry) -> Int {
        state.withLock { state in
            state.nextID += 1
            state.entries[state.nextID] = entry
            return state.nextID
        }
    }

    private func remove(_ id: Int) { _ = state.withLock { $0.entries.removeValue(forKey: id) } }

    private func overdue(at instant: ContinuousClock.Instant) -> [Entry] {
        state.withLock { state in
            let ids = state.entries.filter { $0.value.instant <= instant }.keys
            return ids.compactMap { state.entries.removeValue(forKey: $0) }
        }
    }

    private final class Flag: Sendable {
        private let value = Atomic(false)

        var isRaised: Bool { value.load(ordering: .acquiring) }

        func raise() { value.store(true, ordering: .releasing) }
    }
}
