/// What a run has changed, by listing, in a stretch of the change log.
package struct RunChanges: Sendable, Equatable {
    /// `created`, `updated` and `deleted` only: the log knows of nothing else.
    package var counts: [Listing: ChangeCounts]
    /// The last entry that was looked at.
    package var position: Int
    package var isLast: Bool

    package init(counts: [Listing: ChangeCounts] = [:], position: Int, isLast: Bool) {
        self.counts = counts
        self.position = position
        self.isLast = isLast
    }
}

extension ChangeCounts {
    /// Counts that go on from what earlier processes of the run have done by the change log: what they wrote of a page
    /// that is shown again now has not changed since, and is not unchanged for the run.
    ///
    /// - Parameters:
    ///   - earlier: by the log, when this process took over.
    ///   - count: the resources shown, each of which was created, updated, renewed or unchanged.
    package func settled(with earlier: ChangeCounts?, count: Int) -> ChangeCounts {
        guard earlier != nil else { return self }
        var settled = self
        settled.unchanged = max(count - created - updated - renewed, 0)
        return settled
    }

    /// The same with what the log tells in place of what was noted.
    package func replaced(by logged: ChangeCounts?) -> ChangeCounts {
        guard let logged else { return self }
        var counts = self
        (counts.created, counts.updated, counts.deleted) = (logged.created, logged.updated, logged.deleted)
        return counts
    }
}
