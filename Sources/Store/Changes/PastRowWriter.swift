import Inventory

/// Keeps what rows of one unit were before a write, inside its transaction.
struct PastRowWriter {
    /// The row is removed: everything of it is kept.
    private let removed: SQLiteStatement
    /// The row is changed: what differs is kept.
    private let changed: SQLiteStatement

    private static let shared =
        "until, pk, sk, isWhole, born, resourceType, digest, ttl, createdAt, updatedAt, arn, name"

    /// `time` is when the write happens, and not before that of any write kept so far.
    init(database: SQLiteDatabase, unit: Unit, time: Int) throws(SQLiteError) {
        removed = try database.statement(
            """
            INSERT INTO past (\(Self.shared), tags, data)
            SELECT ?1, pk, sk, 1, born, resourceType, digest, ttl, createdAt, updatedAt, arn, name, tags, data
            FROM inventory WHERE pk = ?2 AND sk = ?3
            """)
        changed = try database.statement(
            """
            INSERT INTO past (\(Self.shared), tags, prefix, suffix, data)
            VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
            """)
        for statement in [removed, changed] {
            statement.bind(time, at: 1)
            statement.bind(unit.partitionKey, at: 2)
        }
    }

    /// The time of the youngest record; 0 when there is none.
    static func newest(in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let statement = try database.statement("SELECT until FROM past ORDER BY id DESC LIMIT 1")
        return try statement.rows { (row) throws(SQLiteError) in row.int(0) }.first ?? 0
    }

    func remove(_ id: String) throws(SQLiteError) {
        removed.bind(id, at: 3)
        try removed.run()
    }

    /// Keeps what the row was, before it becomes one with these tags and this document.
    func change(_ old: PastRow, id: String, tags: [UInt8], data: [UInt8]) throws(SQLiteError) {
        changed.bind(id, at: 3)
        changed.bind(old.born, at: 4)
        changed.bind(old.type, at: 5)
        changed.bind(old.digest, at: 6)
        changed.bind(old.ttl, at: 7)
        changed.bind(old.createdAt, at: 8)
        changed.bind(old.updatedAt, at: 9)
        changed.bind(old.arn, at: 10)
        changed.bind(old.name, at: 11)
        if old.tags == tags { changed.bind(nil as String?, at: 12) } else { changed.bind(utf8: old.tags, at: 12) }
        let delta = DocumentDelta(old: old.data, new: data)
        changed.bind(delta.prefix, at: 13)
        changed.bind(delta.suffix, at: 14)
        try changed.run(utf8: delta.middle, at: 15)
    }

    /// Removes rows of `inventory` whose TTL has passed, a chunk at most, and keeps what they were; answers how many.
    /// Runs inside a transaction.
    static func expire(now: Int, chunk: Int, in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let last = try database.statement("SELECT time FROM changes ORDER BY sequence DESC LIMIT 1")
        let time = max(
            now, try newest(in: database), try last.rows { (row) throws(SQLiteError) in row.int(0) }.first ?? 0)
        let selection = "SELECT rowid FROM inventory WHERE ttl <= ?1 ORDER BY ttl, rowid LIMIT ?2"
        let keep = try database.statement(
            """
            INSERT INTO past (\(shared), tags, data)
            SELECT ?3, pk, sk, 1, born, resourceType, digest, ttl, createdAt, updatedAt, arn, name, tags, data
            FROM inventory WHERE rowid IN (\(selection))
            """)
        let remove = try database.statement("DELETE FROM inventory WHERE rowid IN (\(selection))")
        keep.bind(time, at: 3)
        for statement in [keep, remove] {
            statement.bind(now, at: 1)
            statement.bind(chunk, at: 2)
            try statement.run()
        }
        return database.changes
    }

    /// Forgets records that ended before `time`, a chunk at most: no time that can be asked for needs them. Answers how
    /// many.
    static func prune(before time: Int, chunk: Int, in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let oldest = try database.statement("SELECT id, until FROM past ORDER BY id LIMIT ?1")
        oldest.bind(chunk, at: 1)
        let rows = try oldest.rows { (row) throws(SQLiteError) in (id: row.int(0), until: row.int(1)) }
        guard let last = rows.prefix(while: { $0.until < time }).last else { return 0 }
        let remove = try database.statement("DELETE FROM past WHERE id <= ?1")
        remove.bind(last.id, at: 1)
        try remove.run()
        return database.changes
    }
}
