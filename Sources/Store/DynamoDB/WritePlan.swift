import Inventory
import JSON

/// The requests of a batch, each made when it is asked for: puts before deletes, never two for one key, and what is too
/// large for DynamoDB left out.
struct WritePlan: ~Copyable {
    /// Resources whose items are larger than DynamoDB takes, of those that `nextPut` has come by.
    private(set) var tooLarge: [UnstorableResource] = []
    private let batch: WriteBatch
    /// Positions over puts, renewals and deletes.
    private let replaced: Set<Int>
    private var position = 0
    private var items: ItemWriter
    private var requests: WriteRequestWriter

    init(_ batch: WriteBatch, table: String, format: DataFormat) {
        self.batch = batch
        replaced = Self.replaced(in: batch)
        items = ItemWriter(unit: batch.unit, format: format)
        requests = WriteRequestWriter(table: table, expecting: Self.size(of: batch))
    }

    /// The next request of puts and renewals; `nil` after the last.
    mutating func nextPut() -> WriteRequest? {
        let count = batch.puts.count + batch.renewals.count
        while position < count, !requests.isFull {
            defer { position += 1 }
            guard !replaced.contains(position) else { continue }
            if position < batch.puts.count {
                Self.add(batch.puts[position], &items, &requests, &tooLarge)
            } else {
                Self.add(batch.renewals[position - batch.puts.count], &items, &requests, &tooLarge)
            }
        }
        return requests.take()
    }

    /// The next request of deletes, after all puts; `nil` after the last.
    mutating func nextDelete() -> WriteRequest? {
        let first = batch.puts.count + batch.renewals.count
        while position < first + batch.deletes.count, !requests.isFull {
            defer { position += 1 }
            guard !replaced.contains(position) else { continue }
            let id = batch.deletes[position - first]
            requests.begin()
            requests.body.append(#"{"DeleteRequest":{"Key":"#)
            items.appendKey(id, to: &requests.body)
            requests.body.append("}}")
            requests.end(id)
        }
        return requests.take()
    }

    /// About what a request of the batch's puts comes to: documents grow by their escapes and by the item around them.
    private static func size(of batch: WriteBatch) -> Int {
        var size = 0
        for index in batch.puts.indices.prefix(WriteRequestWriter.writeLimit) {
            size += batch.puts[index].data.count * 5 / 4 + batch.puts[index].tags.count * 2 + 1_024
        }
        return size
    }

    private static func add(
        _ record: borrowing ResourceRecord, _ items: inout ItemWriter, _ requests: inout WriteRequestWriter,
        _ tooLarge: inout [UnstorableResource]
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
