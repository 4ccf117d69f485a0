import Inventory
import JSON

/// The requests of a batch: puts before deletes, never two for one key, and what is too large for DynamoDB left out.
struct WritePlan {
    private(set) var puts: [WriteRequest] = []
    private(set) var deletes: [WriteRequest] = []
    /// Resources whose items are larger than DynamoDB takes.
    private(set) var tooLarge: [UnstorableResource] = []

    init(_ batch: WriteBatch, table: String, format: DataFormat) {
        let replaced = Self.replaced(in: batch)
        var items = ItemWriter(unit: batch.unit, format: format)
        var requests = WriteRequestWriter(table: table, expecting: Self.size(of: batch))
        // By index: records are read where they are, not copied.
        for index in batch.puts.indices where !replaced.contains(index) {
            add(batch.puts[index], &items, &requests)
        }
        for index in batch.renewals.indices where !replaced.contains(batch.puts.count + index) {
            add(batch.renewals[index], &items, &requests)
        }
        puts = requests.take()
        let firstDelete = batch.puts.count + batch.renewals.count
        for (index, id) in batch.deletes.enumerated() where !replaced.contains(firstDelete + index) {
            requests.begin()
            requests.body.append(#"{"DeleteRequest":{"Key":"#)
            items.appendKey(id, to: &requests.body)
            requests.body.append("}}")
            requests.end(id)
        }
        deletes = requests.take()
    }

    /// About what a request of the batch's puts comes to: documents grow by their escapes and by the item around them.
    private static func size(of batch: WriteBatch) -> Int {
        var size = 0
        for index in batch.puts.indices.prefix(WriteRequestWriter.writeLimit) {
            size += batch.puts[index].data.count * 5 / 4 + batch.puts[index].tags.count * 2 + 1_024
        }
        return size
    }

    private mutating func add(
        _ record: borrowing ResourceRecord, _ items: inout ItemWriter, _ requests: inout WriteRequestWriter
    ) {
        requests.begin()
        requests.body.append(#"{"PutRequest":{"Item":"#)
        let size = items.append(record, to: &requests.body)
        requests.body.append("}}")
        if size <= ItemWriter.sizeLimitInBytes {
            requests.end(record.id)
        } else {
            requests.undo()
            tooLarge.append(
                UnstorableResource(
                    id: record.id,
                    reason: "\(record.type) \(record.id.prefix(200)) would be an item of \(size) bytes, more than the "
                        + "\(ItemWriter.sizeLimitInBytes) that DynamoDB takes"))
        }
    }

    /// Writes that a later one to the same key replaces, by their position over puts, renewals and deletes.
    ///
    /// Ids are keys by their bytes: `ü` in one scalar and in two are the same as Swift strings. Ids that differ as
    /// strings differ as bytes too, which settles almost every batch.
    private static func replaced(in batch: WriteBatch) -> Set<Int> {
        if batch.onlyCreates { return [] }
        let ids = batch.puts.map(\.id) + batch.renewals.map(\.id) + batch.deletes
        guard Set(ids).count < ids.count else { return [] }
        var last: [[UInt8]: Int] = [:]
        var replaced: Set<Int> = []
        for (position, id) in ids.enumerated() {
            if let earlier = last.updateValue(position, forKey: Array(id.utf8)) { replaced.insert(earlier) }
        }
        return replaced
    }
}
