import Inventory

/// What a run has done before its process took over, by the store's change log: a page that is asked for again shows as
/// unchanged what an earlier process wrote of it.
extension RunExecution {
    /// Of listings that have not ended. Those under way at the end of a process are few, whatever the run's size. `nil` in
    /// a run that began in this process, and where no log tells: then counts are as the checkpoints have them.
    func loggedChanges() async -> [Listing: ChangeCounts]? {
        await loggedChanges { counts in
            let known = await ledgerResults(of: Array(counts.keys))
            return counts.filter { known[$0.key]?.result == nil }
        }
    }

    /// Of listings whose ends were taken back.
    func loggedChanges(of reopened: Set<Listing>) async -> [Listing: ChangeCounts]? {
        await loggedChanges { counts in counts.filter { reopened.contains($0.key) } }
    }

    private func loggedChanges(
        _ pick: ([Listing: ChangeCounts]) async -> [Listing: ChangeCounts]
    ) async -> [Listing: ChangeCounts]? {
        guard let resumed else { return nil }
        var changes: [Listing: ChangeCounts] = [:]
        var position: Int?
        while !Task.isCancelled {
            guard let step = try? await store.changes(of: handle.id, since: resumed.record.startedAt, after: position)
            else { return nil }
            for (listing, counts) in await pick(step.counts) { changes[listing, default: ChangeCounts()] += counts }
            if step.isLast { break }
            position = step.position
        }
        return changes
    }
}
