import Inventory

/// Lets one run at a time refresh a unit: two that reconcile the same rows would undo each other's work.
///
/// Whoever waits for a unit is given what the holder's listings come to meanwhile: they ended after it asked, so it need
/// not list the same again.
actor UnitLocks {
    private struct Waiter {
        var id: Int
        /// Wants every resource written.
        var force: Bool
        var shared = Shared()
        var continuation: CheckedContinuation<Shared?, Never>
    }

    /// What a holder leaves to whoever waits.
    struct Shared {
        var results: [ListingResult] = []
        /// How far listings had got that ended before they were done.
        var remains: [Listing: ListingRemains] = [:]
    }

    private var waiting: [Unit: [Waiter]] = [:]
    private var held: Set<Unit> = []
    private var nextID = 0

    /// Waits for the unit, in order of arrival; answers what listings of it came to during the wait. `nil` when the task
    /// was cancelled meanwhile: then there is nothing to unlock. Whoever was answered unlocks, cancelled or not, so the
    /// wait is bounded by the holder's time-outs.
    func lock(_ unit: Unit, force: Bool) async -> Shared? {
        guard !held.insert(unit).inserted else { return Shared() }
        nextID += 1
        let id = nextID
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Cancelled before: the handler's task may have come and gone already.
                guard !Task.isCancelled else { return continuation.resume(returning: nil) }
                waiting[unit, default: []].append(Waiter(id: id, force: force, continuation: continuation))
            }
        } onCancel: {
            // Unstructured: a handler cannot wait for the actor. The task ends at once.
            Task { await self.giveUp(id, unit) }
        }
    }

    /// Tells those who wait for the unit how a listing of the holder's ended. Endings that say something of the holder's
    /// run, not of AWS, are not for others; nor is a listing that wrote less than is wanted.
    func share(_ result: ListingResult, force: Bool) {
        guard result.outcome != .cancelled, result.outcome != .interrupted, result.outcome != .timedOut,
            let count = waiting[result.listing.unit]?.count
        else { return }
        for index in 0..<count {
            guard force || waiting[result.listing.unit]?[index].force == false else { continue }
            waiting[result.listing.unit]?[index].shared.results.append(result)
        }
    }

    /// Whether a run waits for the unit.
    func isAwaited(_ unit: Unit) -> Bool { waiting[unit] != nil }

    /// Tells those who wait for the unit how far the holder got with a listing that it gives up, so that they go on there.
    /// Whoever wants everything written begins anew.
    func leave(_ remains: ListingRemains, of listing: Listing) {
        for index in waiting[listing.unit]?.indices ?? 0..<0 where waiting[listing.unit]?[index].force == false {
            waiting[listing.unit]?[index].shared.remains[listing] = remains
        }
    }

    func unlock(_ unit: Unit) {
        guard var queue = waiting[unit], !queue.isEmpty else {
            held.remove(unit)
            return
        }
        let next = queue.removeFirst()
        waiting[unit] = queue.isEmpty ? nil : queue
        next.continuation.resume(returning: next.shared)
    }

    /// Units that are locked or waited for.
    var count: Int { held.count + waiting.count }

    private func giveUp(_ id: Int, _ unit: Unit) {
        guard let index = waiting[unit]?.firstIndex(where: { $0.id == id }) else { return }
        let waiter = waiting[unit]?.remove(at: index)
        if waiting[unit]?.isEmpty == true { waiting[unit] = nil }
        waiter?.continuation.resume(returning: nil)
    }
}
