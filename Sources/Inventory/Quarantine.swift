/// What a complete listing suddenly no longer showed: kept in the store until another run's listing shows the same.
package struct Quarantine: Sendable, Equatable {
    package var listing: Listing
    /// The run that saw it; a run never confirms itself.
    package var run: String
    /// Seconds since the epoch: when the listing was first held back.
    package var since: Int
    /// `KeyFingerprint`s of live rows that the listing no longer showed and that were kept.
    package var missing: Set<UInt64>
    /// The same of rows that had tags and were shown without any: their rows were not overwritten.
    package var untagged: Set<UInt64>

    package init(listing: Listing, run: String, since: Int, missing: Set<UInt64>, untagged: Set<UInt64>) {
        self.listing = listing
        self.run = run
        self.since = since
        self.missing = missing
        self.untagged = untagged
    }

    package var isEmpty: Bool { missing.isEmpty && untagged.isEmpty }

    /// The code of a listing's error that says it was held back; the outcome stays `complete` or `empty`.
    package static let errorCode = "ShrinkGuard"
}

/// What is held back, durably, so that a restart neither forgets nor confirms it.
package protocol QuarantineLedger: Sendable {
    /// What is held back of a unit, by resource type.
    func quarantines(of unit: Unit) async throws(StoreError) -> [String: Quarantine]

    /// Replaces what is held back of a listing; `nil` when nothing is any more.
    func setQuarantine(_ quarantine: Quarantine?, of listing: Listing) async throws(StoreError)
}

/// 64 bits that stand for a resource's key. Kept in files: the same in every version.
///
/// Two of a listing's keys share one with a probability of about 10⁻⁸ at 500,000 resources; then one of them is taken for
/// confirmed a listing too early.
package enum KeyFingerprint {
    /// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), 64 bits.
    package static func of(_ key: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in 0..<key.count { hash = (hash ^ UInt64(key[index])) &* 0x0000_0100_0000_01b3 }
        return hash
    }
}
