import Inventory
import JSON

/// What every store demands of keys, so that an inventory can move from one engine to another.
enum RecordRules {
    static let keyLimitInBytes = ResourceRecord.keyLimitInBytes

    /// Refuses an empty or too long id, and U+0000, which text columns cannot compare.
    static func check(_ batch: WriteBatch) throws(StoreError) {
        // By index: records are read where they are, not copied.
        for index in batch.puts.indices { try check(id: batch.puts[index].id, unit: batch.unit) }
        for index in batch.renewals.indices { try check(id: batch.renewals[index].id, unit: batch.unit) }
        for index in batch.touches.indices { try check(id: batch.touches[index].id, unit: batch.unit) }
        for id in batch.deletes { try check(id: id, unit: batch.unit) }
    }

    private static func check(id: String, unit: Unit) throws(StoreError) {
        let bytes = id.utf8
        guard !bytes.isEmpty else { throw .refused("\(unit): a resource without an id cannot be stored") }
        guard bytes.count <= keyLimitInBytes else {
            throw .refused(
                "\(unit): an id of \(bytes.count) bytes is longer than \(keyLimitInBytes): \(id.prefix(80))…")
        }
        guard !holdsNull(id) else { throw .refused("\(unit): an id holds the character U+0000") }
    }

    private static func holdsNull(_ id: String) -> Bool {
        let bytes = id.utf8Span.span
        return ByteScan.first(0, in: bytes, from: 0) < bytes.count
    }

    /// The scope of a region as it is stored, where global services say `global`.
    static func scope(account: String, storedRegion: String) -> Scope {
        Scope(account: account, region: storedRegion == "global" ? Scope.global : storedRegion)
    }
}
