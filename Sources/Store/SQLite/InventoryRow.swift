import Inventory

/// How a resource is read from a row of `inventory`.
enum InventoryRow {
    /// The order that `record` expects.
    static let columns =
        "sk, resourceType, service, accountId, region, arn, name, tags, data, digest, updatedAt, "
        + "createdAt, ttl"

    static func record(_ row: SQLiteStatement) throws(SQLiteError) -> ResourceRecord {
        let id = row.text(0)
        let scope = RecordRules.scope(account: row.text(3), storedRegion: row.text(4))
        guard let updatedAt = ISOTime.seconds(row.text(10)) else {
            throw .corrupt("updatedAt of \(id) in \(scope) is no time")
        }
        return ResourceRecord(
            type: row.text(1), unit: Unit(service: row.text(2), scope: scope), id: id, arn: row.optionalText(5),
            name: row.optionalText(6), tags: row.bytes(7), data: row.bytes(8),
            digest: row.optionalText(9).flatMap { Digest($0) } ?? Digest(high: 0, low: 0), updatedAt: updatedAt,
            createdAt: row.optionalText(11).flatMap(ISOTime.seconds) ?? updatedAt, ttl: row.int(12))
    }
}

/// Writes the rows of one unit inside a transaction: what the rows share is bound once.
struct InventoryRowWriter {
    private let database: SQLiteDatabase
    private let insert: SQLiteStatement
    private let change: SQLiteStatement
    private let renew: SQLiteStatement
    private let remove: SQLiteStatement
    private var updatedAt = TimeBinding()
    private var createdAt = TimeBinding()
    private var type = ""

    init(database: SQLiteDatabase, unit: Unit) throws(SQLiteError) {
        self.database = database
        insert = try database.statement(
            """
            INSERT INTO inventory (pk, service, accountId, region, updatedAt, createdAt, resourceType, sk, resourceId,
                digest, ttl, arn, name, tags, data, born)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
            ON CONFLICT (pk, sk) DO NOTHING
            """)
        // `createdAt` and `born` keep their value.
        change = try database.statement(
            """
            UPDATE inventory SET updatedAt = ?3, resourceType = ?4, digest = ?5, ttl = ?6, arn = ?7, name = ?8,
                tags = ?9, data = ?10
            WHERE pk = ?1 AND sk = ?2
            """)
        renew = try database.statement("UPDATE inventory SET updatedAt = ?3, ttl = ?4 WHERE pk = ?1 AND sk = ?2")
        remove = try database.statement("DELETE FROM inventory WHERE pk = ?1 AND sk = ?2")
        insert.bind(texts: [unit.partitionKey, unit.service, unit.account, unit.storedRegion])
        insert.bind(type, at: 7)
        change.bind(unit.partitionKey, at: 1)
        renew.bind(unit.partitionKey, at: 1)
        remove.bind(unit.partitionKey, at: 1)
    }

    /// Adds a row; `false` when there is one of that key, which then stays as it is. `born` is the number of the change
    /// that this is.
    mutating func insert(_ record: ResourceRecord, born: Int) throws(SQLiteError) -> Bool {
        updatedAt.bind(record.updatedAt, to: insert, at: 5)
        createdAt.bind(record.createdAt, to: insert, at: 6)
        if record.type != type {
            type = record.type
            insert.bind(type, at: 7)
        }
        insert.lend(record.id, at: 8)
        insert.lend(record.digest.description, at: 9)
        insert.bind(record.ttl, at: 10)
        insert.lend(record.arn, at: 11)
        insert.lend(record.name, at: 12)
        insert.lend(record.tags.span, at: 13)
        insert.bind(born, at: 15)
        try insert.run(utf8: record.data, at: 14)
        return database.changes == 1
    }

    /// Writes over the row of that key.
    func update(_ record: ResourceRecord) throws(SQLiteError) {
        change.bind(record.id, at: 2)
        change.bind(ISOTime.text(record.updatedAt), at: 3)
        change.bind(record.type, at: 4)
        change.bind(record.digest.description, at: 5)
        change.bind(record.ttl, at: 6)
        change.bind(record.arn, at: 7)
        change.bind(record.name, at: 8)
        change.bind(utf8: record.tags, at: 9)
        try change.run(utf8: record.data, at: 10)
    }

    func touch(_ touch: WriteBatch.Touch) throws(SQLiteError) {
        renew.bind(touch.id, at: 2)
        renew.bind(ISOTime.text(touch.updatedAt), at: 3)
        renew.bind(touch.ttl, at: 4)
        try renew.run()
    }

    func delete(_ id: String) throws(SQLiteError) {
        remove.bind(id, at: 2)
        try remove.run()
    }
}

/// A time parameter that most rows of a batch share: formatted when it changes.
private struct TimeBinding {
    private var bound: Int?

    mutating func bind(_ seconds: Int, to statement: SQLiteStatement, at index: Int32) {
        guard seconds != bound else { return }
        bound = seconds
        statement.bind(ISOTime.text(seconds), at: index)
    }
}
