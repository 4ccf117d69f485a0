import Inventory

/// A row of `inventory` with everything it takes to put it back.
struct PastRow: Equatable {
    var type: String
    /// As it stands in the table; `nil` for rows of the replaced system.
    var digest: String?
    var ttl: Int
    var createdAt: String?
    var updatedAt: String
    /// The sequence of the entry that created it; `nil` when it is older than the log.
    var born: Int?
    var arn: String?
    var name: String?
    var tags: [UInt8]
    var data: [UInt8]

    private static let columns = "resourceType, digest, ttl, createdAt, updatedAt, born, arn, name, tags, data"

    /// The row as it stands in `inventory`; `nil` when there is none.
    static func current(
        _ partitionKey: String, _ id: String, in database: SQLiteDatabase
    ) throws(SQLiteError) -> PastRow? {
        let statement = try database.statement("SELECT \(columns) FROM inventory WHERE pk = ?1 AND sk = ?2")
        statement.bind(partitionKey, at: 1)
        statement.bind(id, at: 2)
        return try statement.rows { (row) throws(SQLiteError) in
            PastRow(
                type: row.text(0), digest: row.optionalText(1), ttl: row.int(2), createdAt: row.optionalText(3),
                updatedAt: row.text(4), born: row.optionalInt(5), arn: row.optionalText(6), name: row.optionalText(7),
                tags: row.bytes(8), data: row.bytes(9))
        }.first
    }

    /// The row as it was at `time`, when the log had come to `sequence`; `nil` when there was none.
    ///
    /// Goes back from the row as it stands through the records that ended later.
    static func restore(
        _ partitionKey: String, _ id: String, at time: Int, sequence: Int, in database: SQLiteDatabase
    ) throws(SQLiteError) -> PastRow? {
        var state = try current(partitionKey, id, in: database)
        let statement = try database.statement(
            """
            SELECT \(columns), isWhole, prefix, suffix FROM past
            WHERE pk = ?1 AND sk = ?2 AND until > ?3 ORDER BY until DESC, id DESC
            """)
        statement.bind(partitionKey, at: 1)
        statement.bind(id, at: 2)
        statement.bind(time, at: 3)
        defer { statement.reset() }
        while try statement.step() {
            var tags: [UInt8]? = statement.isNull(8) ? nil : statement.bytes(8)
            var data: [UInt8]? = statement.bytes(9)
            if statement.int(10) == 0 {
                let delta = DocumentDelta(
                    prefix: statement.int(11), suffix: statement.int(12), middle: data ?? [])
                tags = tags ?? state?.tags
                data = state.flatMap { delta.old(from: $0.data) }
            }
            guard let tags, let data else { throw .corrupt("the history of \(id.prefix(200)) has a gap") }
            state = PastRow(
                type: statement.text(0), digest: statement.optionalText(1), ttl: statement.int(2),
                createdAt: statement.optionalText(3), updatedAt: statement.text(4), born: statement.optionalInt(5),
                arn: statement.optionalText(6), name: statement.optionalText(7), tags: tags, data: data)
        }
        if let born = state?.born, born > sequence { return nil }
        return state
    }

    /// The row as readers know it.
    func record(unit: Unit, id: String) throws(SQLiteError) -> ResourceRecord {
        guard let updatedAt = ISOTime.seconds(updatedAt) else {
            throw .corrupt("updatedAt of \(id) in \(unit) is no time")
        }
        return ResourceRecord(
            type: type, unit: unit, id: id, arn: arn, name: name, tags: tags, data: data,
            digest: digest.flatMap { Digest($0) } ?? Digest(high: 0, low: 0), updatedAt: updatedAt,
            createdAt: createdAt.flatMap(ISOTime.seconds) ?? updatedAt, ttl: ttl)
    }
}
