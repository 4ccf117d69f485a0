import Inventory
import JSON

/// A page of `list` as it was at an earlier time: the keys of today and of the past in one order, each row brought back.
struct PastListQuery: Sendable {
    private let filter: ResourceFilter
    private let time: Int
    private let start: ListCursor?

    /// Keys looked at between two requests for more.
    private static let chunk = 500

    init(_ filter: ResourceFilter, at time: Int, after cursor: String?) throws(StoreError) {
        self.filter = filter
        self.time = time
        if let cursor { start = try ListCursor(cursor) } else { start = nil }
    }

    /// The next resources, at most `limit`. Runs inside a read transaction.
    func page(limit: Int, in database: SQLiteDatabase) throws(SQLiteError) -> ResourcePage {
        let sequence = try ChangeTable.last(before: time + 1, in: database)
        var records: [ResourceRecord] = []
        var cursor = start
        while true {
            let keys = try keys(after: cursor, in: database)
            for key in keys {
                cursor = key
                guard let record = try Self.restore(key, time, sequence, in: database), filter.admits(record) else {
                    continue
                }
                records.append(record)
                if records.count == limit { return ResourcePage(records: records, cursor: key.text) }
            }
            if keys.count < Self.chunk { return ResourcePage(records: records, cursor: nil) }
        }
    }

    /// Resources of any unit whose id, ARN or name then was `id`.
    static func records(
        of id: String, at time: Int, limit: Int, in database: SQLiteDatabase
    ) throws(SQLiteError) -> [ResourceRecord] {
        let sequence = try ChangeTable.last(before: time + 1, in: database)
        let statement = try database.statement(
            """
            SELECT pk, sk FROM inventory WHERE ?1 IN (sk, arn, name)
            UNION SELECT pk, sk FROM past WHERE ?1 IN (sk, arn, name) AND until > ?2
            ORDER BY pk, sk LIMIT ?3
            """)
        statement.bind(id, at: 1)
        statement.bind(time, at: 2)
        statement.bind(limit, at: 3)
        var records: [ResourceRecord] = []
        for key in try Self.keys(statement) {
            guard let record = try restore(key, time, sequence, in: database) else { continue }
            if record.id == id || record.arn == id || record.name == id { records.append(record) }
        }
        return records
    }

    private func keys(after cursor: ListCursor?, in database: SQLiteDatabase) throws(SQLiteError) -> [ListCursor] {
        var condition = SQLCondition()
        if let cursor { condition.add("(pk, sk) > (?, ?)", .text(cursor.partitionKey), .text(cursor.sortKey)) }
        condition.addPartition(
            service: filter.service, type: filter.type, account: filter.account, region: filter.region)
        let statement = try database.statement(
            """
            SELECT pk, sk FROM inventory INDEXED BY inventory_key WHERE \(condition.text)
            UNION SELECT pk, sk FROM past INDEXED BY past_key WHERE \(condition.text) AND until > ?
            ORDER BY pk, sk LIMIT ?
            """)
        statement.bind(condition.values + condition.values + [.number(time), .number(Self.chunk)])
        return try Self.keys(statement)
    }

    private static func keys(_ statement: SQLiteStatement) throws(SQLiteError) -> [ListCursor] {
        try statement.rows { (row) throws(SQLiteError) in
            ListCursor(partitionKey: row.text(0), sortKey: row.text(1))
        }
    }

    /// The resource of a key that was live at the time.
    private static func restore(
        _ key: ListCursor, _ time: Int, _ sequence: Int, in database: SQLiteDatabase
    ) throws(SQLiteError) -> ResourceRecord? {
        let row = try PastRow.restore(key.partitionKey, key.sortKey, at: time, sequence: sequence, in: database)
        guard let row, row.ttl > time else { return nil }
        guard let unit = ChangeRow.unit(partitionKey: key.partitionKey) else {
            throw .corrupt("\(key.partitionKey) is no partition key")
        }
        return try row.record(unit: unit, id: key.sortKey)
    }
}

extension ResourceFilter {
    /// Whether a resource passes, apart from what its partition key tells.
    fileprivate func admits(_ record: ResourceRecord) -> Bool {
        if let type, record.type != type { return false }
        if let name, record.name != name { return false }
        if tags.isEmpty { return true }
        guard let known = try? JSONValue.parse(record.tags) else { return false }
        return tags.allSatisfy { known[$0.key]?.string == $0.value }
    }
}
