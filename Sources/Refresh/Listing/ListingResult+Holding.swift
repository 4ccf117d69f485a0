import Inventory

extension ListingResult {
    /// Whether the store still has what the listing left there. One that failed and cannot tell holds only when it had
    /// come to nothing.
    func holds(in index: StoredIndex) -> Bool {
        guard let stored else { return !outcome.isProof && count == 0 && changes == ChangeCounts() }
        return stored == MarkSum(index.table(of: listing.type))
    }
}
