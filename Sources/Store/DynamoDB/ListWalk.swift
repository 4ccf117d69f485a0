import Inventory
import JSON

/// Reads one page of `list`: unit after unit, each by its key, so that a filter by service, account or region reads only
/// what it names.
struct ListWalk {
    let client: DynamoDBClient
    let table: String
    let filter: ItemFilter
    let limit: Int

    /// Requests for one page. A filter that lets little through ends the page early, with a cursor to go on from, so that
    /// no call takes longer than a few seconds.
    private static let requestLimit = 100

    /// What is read at least by one request when most rows do not pass.
    private static let narrowLimit = 1_000

    /// `units` are sorted by partition key; those before the cursor's are passed over.
    func run(_ units: [Unit], after cursor: ListCursor?) async throws(StoreError) -> ResourcePage {
        var records: [ResourceRecord] = []
        var requests = 0
        for unit in units {
            let key = unit.partitionKey
            if let cursor, key < cursor.partitionKey { continue }
            var start = cursor.flatMap { $0.partitionKey == key ? Self.startKey($0) : nil }
            repeat {
                if Task.isCancelled { throw .cancelled }
                start = try await client.page("Query", request(key, start: start), table: table) {
                    (scanner) throws(JSONScanner.Failure) in
                    records.append(try ItemReader.record(&scanner))
                }
                requests += 1
                if records.count >= limit {
                    let page = Array(records.prefix(limit))
                    return ResourcePage(records: page, cursor: page.last.map { ListCursor(of: $0).text })
                }
                if requests >= Self.requestLimit {
                    return ResourcePage(records: records, cursor: try Self.cursor(unit: key, start: start).text)
                }
            } while start != nil
        }
        return ResourcePage(records: records, cursor: nil)
    }

    private func request(_ partitionKey: String, start: JSONValue?) -> JSONValue {
        let count = filter.isWide ? limit : max(limit, Self.narrowLimit)
        return .compact(
            ("TableName", .string(table)), ("KeyConditionExpression", "#pk = :pk"),
            ("FilterExpression", .string(filter.expression)),
            ("ExpressionAttributeNames", .object(filter.names + [.init("#pk", "pk")])),
            ("ExpressionAttributeValues", .object(filter.values + [.init(":pk", .attribute(partitionKey))])),
            ("Limit", .integer(Int64(min(count, Self.narrowLimit)))), ("ExclusiveStartKey", start))
    }

    private static func startKey(_ cursor: ListCursor) -> JSONValue? {
        // The end of a unit: every key there is comes before it.
        guard !cursor.sortKey.isEmpty else { return nil }
        return ["pk": .attribute(cursor.partitionKey), "sk": .attribute(cursor.sortKey)]
    }

    /// Where to go on in a unit, or after it when it was read to its end.
    private static func cursor(unit: String, start: JSONValue?) throws(StoreError) -> ListCursor {
        guard case .raw(let bytes) = start else { return ListCursor(partitionKey: unit + "\u{0}", sortKey: "") }
        guard let key = (try? JSONValue.parse(bytes))?["sk"]?["S"]?.string else {
            throw .corrupt("DynamoDB: the key of a page's last row cannot be read")
        }
        return ListCursor(partitionKey: unit, sortKey: key)
    }
}
