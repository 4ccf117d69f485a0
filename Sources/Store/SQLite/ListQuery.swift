import Inventory

/// A page of `list` as SQL. Walks the key index; what the partition key tells is decided there, before a row is read.
struct ListQuery: Sendable {
    private enum Value: Sendable {
        case text(String)
        case number(Int)
    }

    private var conditions: [String] = []
    private var values: [Value] = []

    init(_ filter: ResourceFilter, after cursor: String?) throws(StoreError) {
        if let cursor {
            let position = try ListCursor(cursor)
            add("(pk, sk) > (?, ?)", .text(position.partitionKey), .text(position.sortKey))
        }
        addKeyParts(filter)
        if let type = filter.type { add("resourceType = ?", .text(type)) }
        if let name = filter.name { add("name = ?", .text(name)) }
        for (key, value) in filter.tags.sorted(by: { $0.key < $1.key }) {
            add(
                "EXISTS (SELECT 1 FROM json_each(tags) AS tag WHERE tag.key = ? AND tag.value = ?)", .text(key),
                .text(value))
        }
    }

    /// The partition key is `service#account#region`: a range for what is known from the left, text tests for the rest.
    private mutating func addKeyParts(_ filter: ResourceFilter) {
        let service = filter.service ?? filter.type.map { String($0.prefix { $0 != "/" }) }
        if let service {
            let prefix = "\(service)#" + (filter.account.map { "\($0)#" } ?? "")
            // `$` follows `#`: everything that begins with the prefix and nothing else.
            add("pk >= ? AND pk < ?", .text(prefix), .text(String(prefix.dropLast()) + "$"))
        }
        if let account = filter.account { add("instr(pk, ?) > 0", .text("#\(account)#")) }
        if let region = filter.region {
            add("substr(pk, -?) = ?", .number(region.unicodeScalars.count + 1), .text("#\(region)"))
        }
    }

    private mutating func add(_ condition: String, _ values: Value...) {
        conditions.append(condition)
        self.values += values
    }

    func run(on database: SQLiteDatabase, now: Int, limit: Int) throws(SQLiteError) -> [ResourceRecord] {
        let statement = try database.statement(
            "SELECT \(InventoryRow.columns) FROM inventory INDEXED BY inventory_key WHERE "
                + (conditions + ["ttl > ?"]).joined(separator: " AND ") + " ORDER BY pk, sk LIMIT ?")
        var index: Int32 = 1
        for value in values + [.number(now), .number(limit)] {
            switch value {
            case .text(let text): statement.bind(text, at: index)
            case .number(let number): statement.bind(number, at: index)
            }
            index += 1
        }
        return try statement.rows { (row) throws(SQLiteError) in try InventoryRow.record(row) }
    }
}
