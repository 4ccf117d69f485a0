import Inventory

/// Resources of a listing that the store can never take; the first stands for all.
struct LeftOut: Sendable {
    private var first: UnstorableResource?
    private var count = 0

    var isEmpty: Bool { count == 0 }

    /// Adds what a write told, and takes it back from what the batch was to do.
    mutating func add(
        _ resources: [UnstorableResource], of batch: WriteBatch, _ changes: inout ChangeCounts, _ live: inout Int
    ) {
        for resource in resources {
            let put = batch.puts.firstIndex { $0.id == resource.id }
            if let put, batch.isNew(put) {
                changes.created -= 1
                live -= 1
            } else if put != nil {
                // What was written for its own sake, unchanged, is counted as that.
                changes.updated = max(changes.updated - 1, 0)
            } else {
                changes.renewed = max(changes.renewed - 1, 0)
            }
        }
        first = first ?? resources.first
        count += resources.count
    }

    /// How the listing ends for it: what the store has of these resources is old, and nothing is deleted.
    var failure: ListingFailure? {
        guard let first else { return nil }
        let others = count > 1 ? "; \(count - 1) more like it" : ""
        return ListingFailure(
            outcome: .failed,
            error: ListingError(
                operation: "", code: Self.code,
                message: "cannot be stored, everything else of the listing was: \(first.reason)\(others)"))
    }

    static let code = "NotStorable"
}
