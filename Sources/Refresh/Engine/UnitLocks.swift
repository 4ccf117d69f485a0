import Inventory

/// Lets one run at a time refresh a unit: two that reconcile the same rows would undo each other's work.
actor UnitLocks {
    private var waiting: [Unit: [CheckedContinuation<Void, Never>]] = [:]
    private var held: Set<Unit> = []

    /// Waits for the unit. Every lock is released by whoever holds it, cancelled or not, so the wait is bounded by the
    /// holder's time-outs.
    func lock(_ unit: Unit) async {
        guard !held.insert(unit).inserted else { return }
        await withCheckedContinuation { waiting[unit, default: []].append($0) }
    }

    func unlock(_ unit: Unit) {
        guard var queue = waiting[unit], !queue.isEmpty else {
            held.remove(unit)
            return
        }
        let next = queue.removeFirst()
        waiting[unit] = queue.isEmpty ? nil : queue
        next.resume()
    }
}
