/// The history of a store: what was created, updated and deleted, and what the inventory was like before.
///
/// Kept for `Change.lifetimeInSeconds`. Rows that were there before the log began have no `created` entry. A row that is
/// renewed, written again unchanged, or removed because its TTL has passed is no change.
package protocol ChangeLog: Sendable {
    /// Raised after entries were added.
    var changeSignal: ChangeSignal { get }

    /// The next entries in the order of their sequence, at most `limit`. A page ends early when it grows large, never in
    /// front of a gap; it is the last one when its `position` is its `newest`.
    func changes(
        _ filter: ChangeFilter, from position: ChangePosition, limit: Int
    ) async throws(ChangeLogError) -> ChangePage

    /// The newest entries of every resource whose id, ARN or name is or was `id`, oldest first.
    func history(of id: String) async throws(ChangeLogError) -> [Change]

    /// One page of the resources that were live at `time`, as they were then, in key order.
    func list(
        _ filter: ResourceFilter, at time: Int, after cursor: String?, limit: Int
    ) async throws(ChangeLogError) -> ResourcePage

    /// Resources live at `time` whose id, ARN or name then was `id`.
    func get(_ id: String, at time: Int) async throws(ChangeLogError) -> [ResourceRecord]

    /// Forgets what is older than `time`, in bounded steps; the newest entry always stays. Answers how many entries went.
    func pruneChanges(before time: Int) async throws(StoreError) -> Int
}

/// Why the change log cannot tell what was asked.
package enum ChangeLogError: Error, Sendable, Equatable {
    case store(StoreError)
    /// Entries after that position are no longer kept; the oldest one that is.
    case gone(oldest: Int)
    /// There is no entry so new: the position is of another log. The newest one there is.
    case unknown(newest: Int)
    /// History reaches back to this time only, in seconds since the epoch.
    case before(since: Int)
    /// This engine does not keep what is asked for; the text says which does.
    case unsupported(String)
}
