import Inventory
import JSON

/// Where a page of `list` ended: the key of its last resource. Opaque to callers; the same for every engine.
struct ListCursor: Equatable {
    var partitionKey: String
    var sortKey: String

    init(of record: ResourceRecord) {
        partitionKey = record.unit.partitionKey
        sortKey = record.id
    }

    init(partitionKey: String, sortKey: String) {
        self.partitionKey = partitionKey
        self.sortKey = sortKey
    }

    /// A JSON array of both keys.
    var text: String { JSONValue.array([.string(partitionKey), .string(sortKey)]).text }

    init(_ text: String) throws(StoreError) {
        let keys = (try? JSONValue.parse(text))?.strings
        guard let keys, keys.count == 2 else { throw .refused("the cursor of a page is not one this store gave out") }
        partitionKey = keys[0]
        sortKey = keys[1]
    }
}
