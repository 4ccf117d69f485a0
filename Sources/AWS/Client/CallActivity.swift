import Synchronization

/// Tells when everything that is done for one purpose, such as a unit, waits for AWS to let its calls through, and when it
/// goes on. Any task may use it.
package final class CallActivity: Sendable {
    private struct State {
        /// Calls that were begun and have not ended, and those of them that wait for a turn or for another attempt.
        var calls = 0
        var waiting = 0

        var isStalled: Bool { waiting > 0 && waiting == calls }
    }

    private let state = Mutex(State())
    private let report: @Sendable (_ isStalled: Bool) -> Void

    /// - Parameter report: called from any task, each time it changes, one call after the other; it is not stalled at first.
    package init(report: @escaping @Sendable (_ isStalled: Bool) -> Void) { self.report = report }

    func begin() { change { $0.calls += 1 } }
    func end() { change { $0.calls -= 1 } }
    func wait() { change { $0.waiting += 1 } }
    func goOn() { change { $0.waiting -= 1 } }

    private func change(_ step: (inout State) -> Void) {
        state.withLock { state in
            let before = state.isStalled
            step(&state)
            // Under the lock, so that no two reports overtake each other.
            if state.isStalled != before { report(state.isStalled) }
        }
    }
}
