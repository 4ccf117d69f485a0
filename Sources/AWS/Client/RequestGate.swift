import Synchronization

/// Bounds the calls in flight and gives each free place to the waiting account that holds the fewest, so that an account
/// with much to do, or one that answers slowly, does not keep the others waiting. What somebody waits for comes before
/// scheduled work, save for one place in four.
///
/// After `share()` no account holds more than three quarters of the places: one that does not answer at all leaves some for
/// the others from the start.
package final class RequestGate: Sendable {
    private typealias Waiter = CheckedContinuation<Bool, Never>

    /// Calls in flight and waits of one account; kept while there are any.
    private struct Lane {
        var inFlight = 0
        var waiters = CallQueue<Waiter>()
        /// When it was last given a place: of two accounts that hold as many, the one that waited longer is served.
        var servedAt = 0
    }

    private struct State {
        let width: Int
        var available: Int
        var isShared = false
        var nextID = 0
        var served = 0
        var lanes: [String: Lane] = [:]
        var waiting = 0
        private var overtaking = Overtaking()
        /// Waits that were cancelled before they began; each is forgotten when its `enter` returns.
        var cancelled: Set<Int> = []

        init(width: Int) {
            self.width = width
            available = width
        }

        private var limit: Int { isShared ? max(width * 3 / 4, 1) : width }

        /// Takes a place if the account may have one now.
        mutating func takeIfFree(_ account: String) -> Bool {
            guard available > 0, lanes[account]?.inFlight ?? 0 < limit else { return false }
            take(account)
            return true
        }

        private mutating func take(_ account: String) {
            available -= 1
            served += 1
            lanes[account, default: Lane()].inFlight += 1
            lanes[account]?.servedAt = served
        }

        mutating func give(_ account: String) {
            available += 1
            lanes[account]?.inFlight -= 1
            forgetIfIdle(account)
        }

        /// Gives a free place to the waiter whose turn it is.
        mutating func admit() -> Waiter? {
            guard available > 0, waiting > 0 else { return nil }
            let onDemand = turn(.onDemand)
            let scheduled = turn(.scheduled)
            let priority = overtaking.next(onDemand: onDemand != nil, scheduled: scheduled != nil)
            guard let priority, let account = priority == .onDemand ? onDemand : scheduled,
                let waiter = lanes[account]?.waiters.next(priority)
            else { return nil }
            waiting -= 1
            take(account)
            return waiter
        }

        /// The account that may have a place and holds the fewest, of those with a wait of that kind.
        private func turn(_ priority: CallPriority) -> String? {
            let limit = limit
            return lanes.lazy.filter { $0.value.waiters.has(priority) && $0.value.inFlight < limit }
                .min { ($0.value.inFlight, $0.value.servedAt) < ($1.value.inFlight, $1.value.servedAt) }?.key
        }

        mutating func add(_ waiter: Waiter, id: Int, account: String, priority: CallPriority) {
            lanes[account, default: Lane()].waiters.add(waiter, number: id, priority: priority)
            waiting += 1
        }

        mutating func remove(_ id: Int, account: String) -> Waiter? {
            guard let waiter = lanes[account]?.waiters.remove(number: id) else { return nil }
            waiting -= 1
            forgetIfIdle(account)
            return waiter
        }

        private mutating func forgetIfIdle(_ account: String) {
            guard let lane = lanes[account], lane.inFlight == 0, lane.waiters.isEmpty else { return }
            lanes[account] = nil
        }
    }

    private let state: Mutex<State>

    /// - Parameter width: calls in flight, at least 1.
    package init(width: Int) { state = Mutex(State(width: max(width, 1))) }

    /// Several accounts are to be served from now on.
    package func share() { state.withLock { $0.isShared = true } }

    /// Waits for a place. `false` when the task was cancelled meanwhile: then there is none to give back.
    ///
    /// - Parameter priority: waits on demand come before scheduled ones.
    package func enter(account: String, priority: CallPriority = .scheduled) async -> Bool {
        let id: Int? = state.withLock { state in
            if state.takeIfFree(account) { return nil }
            state.nextID += 1
            return state.nextID
        }
        guard let id else { return true }
        let isServed = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isServed: Bool? = state.withLock { state in
                    if state.cancelled.contains(id) { return false }
                    // A place may have come free since. Nobody waits for a place that is free and that they may have.
                    if state.takeIfFree(account) { return true }
                    state.add(continuation, id: id, account: account, priority: priority)
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
            waiter?.resume(returning: false)
        }
        // The handler runs no more: whether it came before the wait or after the place was given, its mark can go.
        state.withLock { _ = $0.cancelled.remove(id) }
        return isServed
    }

    /// Gives back a place that `enter` of the same account gave, to the next waiter if there is one.
    package func leave(account: String) {
        let waiter = state.withLock { state -> Waiter? in
            state.give(account)
            return state.admit()
        }
        waiter?.resume(returning: true)
    }

    /// Places that are free, waits under way, and everything else that is remembered: all as at the start when nothing is
    /// in flight.
    package var usage: (available: Int, waiting: Int, remembered: Int) {
        state.withLock { ($0.available, $0.waiting, $0.lanes.count + $0.cancelled.count) }
    }
}
