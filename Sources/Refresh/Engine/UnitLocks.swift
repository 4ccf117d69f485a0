import Inventory

/// Lets one run at a time refresh a unit: two that reconcile the same rows would undo each other's work.
actor UnitLocks {
    private struct Waiter {
        var id: Int
        var continuation: CheckedContinuation<Bool, Never>
    }

    private var waiting: [Unit: [Waiter]] = [:]
    private var held: Set<Unit> = []
    private var nextID = 0

    /// Waits for the unit, in order of arrival. `false` when the task was cancelled meanwhile: then there is nothing to
    /// unlock. Whoever got `true` unlocks, cancelled or not, so the wait is bounded by the holder's time-outs.
    func lock(_ unit: Unit) async -> Bool {
        guard !held.insert(unit).inserted else { return true }
        nextID += 1
        let id = nextID
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Cancelled before: the handler's task may have come and gone already.
                guard !Task.isCancelled else { return continuation.resume(returning: false) }
                waiting[unit, default: []].append(Waiter(id: id, continuation: continuation))
            }
        } onCancel: {
            // Unstructured: a handler cannot wait for the actor. The task ends at once.
            Task { await self.giveUp(id, unit) }
        }
    }

    func unlock(_ unit: Unit) {
        guard var queue = waiting[unit], !queue.isEmpty else {
            held.remove(unit)
            return
        }
        let next = queue.removeFirst()
        waiting[unit] = queue.isEmpty ? nil : queue
        next.continuation.resume(returning: true)
    }

    /// Units that are locked or waited for.
    var count: Int { held.count + waiting.count }

    private func giveUp(_ id: Int, _ unit: Unit) {
        guard let index = waiting[unit]?.firstIndex(where: { $0.id == id }) else { return }
        let waiter = waiting[unit]?.remove(at: index)
        if waiting[unit]?.isEmpty == true { waiting[unit] = nil }
        waiter?.continuation.resume(returning: false)
    }
}
