import Inventory

/// A page of `list` as SQL. Walks the key index; what the partition key tells is decided there, before a row is read.
struct ListQuery: Sendable {
    private var condition = SQLCondition()

    init(_ filter: ResourceFilter, after cursor: String?) throws(StoreError) {
        if let cursor {
            let position = try ListCursor(cursor)
            condition.add("(pk, sk) > (?, ?)", .text(position.partitionKey), .text(position.sortKey))
        }
        condition.addPartition(
            service: filter.service, type: filter.type, account: filter.account, region: filter.region)
        if let type = filter.type { condition.add("resourceType = ?", .text(type)) }
        if let name = filter.name { condition.add("name = ?", .text(name)) }
        for (key, value) in filter.tags.sorted(by: { $0.key < $1.key }) {
            condition.add(
                "EXISTS (SELECT 1 FROM json_each(tags) AS tag WHERE tag.key = ? AND tag.value = ?)", .text(key),
                .text(value))
        }
    }

    func run(on database: SQLiteDatabase, now: Int, limit: Int) throws(SQLiteError) -> [ResourceRecord] {
        let statement = try database.statement(
            "SELECT \(InventoryRow.columns) FROM inventory INDEXED BY inventory_key WHERE \(condition.text) AND ttl > ? "
                + "ORDER BY pk, sk LIMIT ?")
        statement.bind(condition.values + [.number(now), .number(limit)])
        return try statement.rows { (row) throws(SQLiteError) in try InventoryRow.record(row) }
    }
}
