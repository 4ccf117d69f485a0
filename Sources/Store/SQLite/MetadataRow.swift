import Inventory

/// How a unit's metadata record is kept in the table `metadata`.
enum MetadataRow {
    static func write(_ metadata: UnitMetadata, to database: SQLiteDatabase) throws(SQLiteError) {
        let unit = metadata.unit
        let statement = try database.statement(
            """
            INSERT OR REPLACE INTO metadata (service, accountRegion, accountId, region, status, runId, lastAttemptAt,
                updatedAt, lastGoodAt, resourceCount, outcomes)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """)
        statement.bind(texts: [
            unit.service, "\(unit.account)#\(unit.storedRegion)", unit.account, unit.storedRegion, metadata.status,
            metadata.runID, ISOTime.text(metadata.lastAttemptAt),
        ])
        statement.bind(metadata.updatedAt.map(ISOTime.text), at: 8)
        statement.bind(metadata.lastGoodAt.map(ISOTime.text), at: 9)
        statement.bind(metadata.resourceCount, at: 10)
        try statement.run(utf8: MetadataOutcomes.json(metadata.outcomes), at: 11)
    }

    private static let columns =
        "SELECT service, accountId, region, status, runId, lastAttemptAt, updatedAt, lastGoodAt, resourceCount, "
        + "outcomes FROM metadata"

    /// Every record of one service or of all, in no order.
    static func read(service: String?, from database: SQLiteDatabase) throws(SQLiteError) -> [UnitMetadata] {
        let statement = try database.statement(columns + (service == nil ? "" : " WHERE service = ?1"))
        if let service { statement.bind(service, at: 1) }
        return try records(statement)
    }

    /// The record of one unit.
    static func read(unit: Unit, from database: SQLiteDatabase) throws(SQLiteError) -> UnitMetadata? {
        let statement = try database.statement(columns + " WHERE service = ?1 AND accountRegion = ?2")
        statement.bind(texts: [unit.service, "\(unit.account)#\(unit.storedRegion)"])
        return try records(statement).first
    }

    private static func records(_ statement: SQLiteStatement) throws(SQLiteError) -> [UnitMetadata] {
        try statement.rows { (row) throws(SQLiteError) in
            let unit = Unit(
                service: row.text(0), scope: RecordRules.scope(account: row.text(1), storedRegion: row.text(2)))
            guard let lastAttemptAt = ISOTime.seconds(row.text(5)) else {
                throw .corrupt("lastAttemptAt of the metadata of \(unit) is no time")
            }
            return UnitMetadata(
                unit: unit, resourceCount: row.int(8), updatedAt: row.optionalText(6).flatMap(ISOTime.seconds),
                lastAttemptAt: lastAttemptAt, lastGoodAt: row.optionalText(7).flatMap(ISOTime.seconds),
                status: row.text(3), outcomes: MetadataOutcomes.read(row.bytes(9)), runID: row.text(4))
        }
    }
}
