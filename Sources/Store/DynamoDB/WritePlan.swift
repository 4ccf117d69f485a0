import Inventory

/// The requests of a batch: puts before deletes, never two for one key, and what is too large for DynamoDB left out.
struct WritePlan {
    private(set) var puts: [BatchWriter.Write] = []
    private(set) var deletes: [BatchWriter.Write] = []
    /// Resources whose items are larger than DynamoDB takes.
    private(set) var tooLarge: [ResourceRecord] = []

    init(_ batch: WriteBatch, format: DataFormat) {
        let writer = ItemWriter(unit: batch.unit, format: format)
        let records = batch.puts + batch.renewals
        var last: [Key: Int] = [:]
        last.reserveCapacity(records.count)
        for (index, record) in records.enumerated() { last[Key(record.id)] = index }
        for id in batch.deletes where last.updateValue(-1, forKey: Key(id)) != -1 { addDelete(id, writer) }
        for (index, record) in records.enumerated() where last[Key(record.id)] == index { addPut(record, writer) }
    }

    /// An id by its bytes: as Swift strings, `ü` in one scalar and in two are the same, as keys they are not.
    private struct Key: Hashable {
        let bytes: [UInt8]

        init(_ id: String) { bytes = Array(id.utf8) }
    }

    private mutating func addPut(_ record: ResourceRecord, _ writer: ItemWriter) {
        var request: [UInt8] = []
        request.reserveCapacity(record.data.count + record.data.count / 4 + 1_024)
        request.append(literal: #"{"PutRequest":{"Item":"#)
        let size = writer.append(record, to: &request)
        request.append(literal: "}}")
        if size > ItemWriter.sizeLimitInBytes {
            tooLarge.append(record)
        } else {
            puts.append(BatchWriter.Write(id: record.id, bytes: request))
        }
    }

    private mutating func addDelete(_ id: String, _ writer: ItemWriter) {
        var request = Array(#"{"DeleteRequest":{"Key":"#.utf8)
        writer.appendKey(id, to: &request)
        request.append(literal: "}}")
        deletes.append(BatchWriter.Write(id: id, bytes: request))
    }
}
