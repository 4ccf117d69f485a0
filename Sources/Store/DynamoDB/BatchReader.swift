import Inventory
import JSON

/// Reads items of one unit by their keys in requests of BatchGetItem, one after another.
struct BatchReader {
    /// DynamoDB's limit for one request.
    private static let requestLimit = 100

    let client: DynamoDBClient
    let table: String
    let unit: Unit

    /// The items there are, by id.
    func records(_ ids: [String]) async throws(StoreError) -> [String: ResourceRecord] {
        var records: [String: ResourceRecord] = [:]
        let ids = Array(Set(ids)).sorted()
        for start in stride(from: 0, to: ids.count, by: Self.requestLimit) {
            try await read(ids[start..<min(start + Self.requestLimit, ids.count)], into: &records)
        }
        return records
    }

    /// Asks again for what DynamoDB left out, with growing waits while it answers nothing.
    private func read(
        _ ids: ArraySlice<String>, into records: inout [String: ResourceRecord]
    ) async throws(StoreError) {
        var keys = JSONValue.array(
            ids.map { ["pk": .attribute(unit.partitionKey), "sk": .attribute($0)] as JSONValue })
        var failures = 0
        while true {
            if Task.isCancelled { throw .cancelled }
            let request: JSONValue = [
                "RequestItems": .object([.init(table, ["Keys": keys, "ConsistentRead": true])])
            ]
            let reply = try await client.call("BatchGetItem", request, table: table)
            let before = records.count
            guard let left = try read(reply, into: &records) else { return }
            keys = left
            failures = records.count > before ? 1 : failures + 1
            let again: Bool
            do { again = try await client.pause(afterFailures: failures) } catch { throw .cancelled }
            guard again else {
                throw .exhausted("DynamoDB table \(table): it keeps leaving reads unprocessed; try again later")
            }
        }
    }

    /// Takes a reply's items; answers the keys that were left out.
    private func read(
        _ reply: [UInt8], into records: inout [String: ResourceRecord]
    ) throws(StoreError) -> JSONValue? {
        var scanner = JSONScanner(reply)
        var left: JSONValue?
        do {
            try scanner.members { (scanner, key) throws(JSONScanner.Failure) in
                if scanner.equals(key, "Responses") {
                    try scanner.members { (scanner, _) throws(JSONScanner.Failure) in
                        try scanner.elements { (scanner) throws(JSONScanner.Failure) in
                            let record = try ItemReader.record(&scanner)
                            records[record.id] = record
                        }
                    }
                } else if scanner.equals(key, "UnprocessedKeys") {
                    try scanner.members { (scanner, _) throws(JSONScanner.Failure) in
                        try scanner.members { (scanner, key) throws(JSONScanner.Failure) in
                            let isKeys = scanner.equals(key, "Keys")
                            let range = try scanner.skip()
                            if isKeys { left = .raw(Array(scanner.bytes[range])) }
                        }
                    }
                } else {
                    _ = try scanner.skip()
                }
            }
        } catch {
            throw .corrupt("DynamoDB table \(table): the reply to BatchGetItem cannot be read at byte \(error.offset)")
        }
        return left
    }
}
