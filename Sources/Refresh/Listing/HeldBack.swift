import Inventory

/// What one listing would have deleted or overwritten, had the shrink guard believed it.
struct HeldBack: Equatable {
    /// `KeyFingerprint`s of live rows that the listing no longer showed.
    private(set) var missing: Set<UInt64> = []
    /// The same of rows that were shown without the tags they had.
    private(set) var untagged: Set<UInt64> = []
    private var totalMissing = 0
    private var totalUntagged = 0

    mutating func holdMissing(_ fingerprints: Set<UInt64>, of total: Int) {
        missing = fingerprints
        totalMissing = total
    }

    mutating func holdUntagged(_ fingerprints: Set<UInt64>, of total: Int) {
        untagged = fingerprints
        totalUntagged = total
    }

    /// What the listing's result says of it; `nil` when nothing is held back.
    func error(operation: String, limitInPercent: Int) -> ListingError? {
        var parts: [String] = []
        if !missing.isEmpty { parts.append("\(missing.count) of \(totalMissing) live resources are missing") }
        if !untagged.isEmpty { parts.append("\(untagged.count) of \(totalUntagged) resources lost all their tags") }
        guard !parts.isEmpty else { return nil }
        return ListingError(
            operation: operation, code: Quarantine.errorCode,
            message: parts.joined(separator: " and ")
                + " at once (ShrinkGuard=\(limitInPercent)%): they are kept as they were until another run shows the same"
        )
    }

    /// What is to be remembered afterwards.
    ///
    /// - Parameters:
    ///   - before: what was remembered; a listing that is no proof says nothing of what it did not show, so that stays.
    func quarantine(of listing: Listing, run: String, now: Int, before: Quarantine?, isProof: Bool) -> Quarantine? {
        if !isProof, untagged.isEmpty { return before }
        let after = Quarantine(
            listing: listing, run: run, since: before?.since ?? now,
            missing: isProof ? missing : before?.missing ?? [],
            untagged: isProof ? untagged : untagged.union(before?.untagged ?? []))
        return after.isEmpty ? nil : after
    }
}
