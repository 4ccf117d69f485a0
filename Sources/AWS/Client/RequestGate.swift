import Synchronization

/// Bounds the calls in flight and serves accounts in turn, so that an account with much to do, or one that answers
/// slowly, does not keep the others waiting.
package final class RequestGate: Sendable {
    private struct Waiter {
        var id: Int
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var available: Int
        var nextID = 0
        /// Waiters by account, and the order in which accounts are served.
        var queues: [String: [Waiter]] = [:]
        var turn: [String] = []
        /// Waits that were cancelled before they began.
        var cancelled: Set<Int> = []

        /// The first waiter of the account whose turn it is.
        mutating func next() -> Waiter? {
            while let account = turn.first {
                turn.removeFirst()
                guard var queue = queues[account], !queue.isEmpty else {
                    queues[account] = nil
                    continue
                }
                let waiter = queue.removeFirst()
                queues[account] = queue.isEmpty ? nil : queue
                if !queue.isEmpty { turn.append(account) }
                return waiter
            }
            return nil
        }

        mutating func remove(_ id: Int, account: String) -> Waiter? {
            guard let index = queues[account]?.firstIndex(where: { $0.id == id }) else { return nil }
            let waiter = queues[account]?.remove(at: index)
            if queues[account]?.isEmpty == true {
                queues[account] = nil
                turn.removeAll { $0 == account }
            }
            return waiter
        }
    }

    private let state: Mutex<State>

    /// - Parameter width: calls in flight, at least 1.
    package init(width: Int) { state = Mutex(State(available: max(width, 1))) }

    /// Waits for a place. `false` when the task was cancelled meanwhile: then there is none to give back.
    package func enter(account: String) async -> Bool {
        let id: Int? = state.withLock { state in
            guard state.available == 0 || !state.turn.isEmpty else {
                state.available -= 1
                return nil
            }
            state.nextID += 1
            return state.nextID
        }
        guard let id else { return true }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isServed: Bool? = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return false }
                    // A place may have come free since.
                    if state.available > 0 {
                        state.available -= 1
                        return true
                    }
                    if state.queues[account] == nil { state.turn.append(account) }
                    state.queues[account, default: []].append(Waiter(id: id, continuation: continuation))
                    return nil
                }
                if let isServed { continuation.resume(returning: isServed) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.remove(id, account: account)
                if waiter == nil { state.cancelled.insert(id) }
                return waiter
            }
            waiter?.continuation.resume(returning: false)
        }
    }

    /// Gives a place back, to the next waiter if there is one.
    package func leave() {
        let waiter = state.withLock { state -> Waiter? in
            if let waiter = state.next() { return waiter }
            state.available += 1
            return nil
        }
        waiter?.continuation.resume(returning: true)
    }
}
