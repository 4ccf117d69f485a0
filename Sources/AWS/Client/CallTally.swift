import Synchronization

/// Counts the calls made for one purpose, such as a run; retries count as calls. Any task may use it.
package final class CallTally: Sendable {
    private let allCalls = Atomic(0)
    private let throttledCalls = Atomic(0)

    package init() {}

    package var calls: Int { allCalls.load(ordering: .relaxed) }
    /// Calls that AWS answered with a throttle.
    package var throttled: Int { throttledCalls.load(ordering: .relaxed) }

    func count() { allCalls.add(1, ordering: .relaxed) }
    func countThrottle() { throttledCalls.add(1, ordering: .relaxed) }
}
