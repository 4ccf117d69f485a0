import AWS
import Synchronization

/// Counts the units of a run whose calls all wait for AWS's request limits: others can have their workers meanwhile.
final class StalledUnits: Sendable {
    private let state = Mutex(0)
    private let news: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// Units may stall beside those that work: each holds what is stored of it, mostly a few kilobytes. Where more accounts
    /// than that are throttled at the same time, the others wait with them.
    static let limit = 128

    init() { (news, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    /// Units that are stalled now, at most `limit` of them.
    var count: Int { state.withLock { min($0, Self.limit) } }

    /// For the calls of one unit.
    func activity() -> CallActivity {
        CallActivity { isStalled in
            self.state.withLock { $0 += isStalled ? 1 : -1 }
            if isStalled { self.continuation.yield() }
        }
    }

    /// Returns when a unit has stalled since this last returned, or the task is cancelled. One task at a time.
    func stall() async {
        for await _ in news { return }
    }
}
