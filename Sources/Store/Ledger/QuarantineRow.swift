import Inventory

extension SQLiteSchema {
    /// Listings that the shrink guard holds back, and the rows that were kept for it.
    static let quarantines = """
        CREATE TABLE quarantines (
            number INTEGER PRIMARY KEY,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            type TEXT NOT NULL,
            run TEXT NOT NULL,
            since INTEGER NOT NULL,
            UNIQUE (account, region, type)
        ) STRICT;
        CREATE TABLE quarantined (
            quarantine INTEGER NOT NULL,
            kind TEXT NOT NULL,
            fingerprint INTEGER NOT NULL,
            PRIMARY KEY (quarantine, kind, fingerprint)
        ) STRICT, WITHOUT ROWID;
        """
}

/// How a quarantine is kept in the tables `quarantines` and `quarantined`.
enum QuarantineRow {
    private enum Kind: String, CaseIterable { case missing, untagged }

    static func read(unit: Unit, from database: SQLiteDatabase) throws(SQLiteError) -> [String: Quarantine] {
        let statement = try database.statement(
            """
            SELECT number, type, run, since FROM quarantines
            WHERE account = ?1 AND region = ?2 AND type >= ?3 AND type < ?4
            """)
        // "0" follows "/": every type of the service and no other.
        statement.bind(texts: [unit.account, unit.scope.region, unit.service + "/", unit.service + "0"])
        let rows = try statement.rows { (row) throws(SQLiteError) in
            (
                row.int(0),
                Quarantine(
                    listing: Listing(type: row.text(1), scope: unit.scope), run: row.text(2), since: row.int(3),
                    missing: [], untagged: [])
            )
        }
        var found: [String: Quarantine] = [:]
        for (number, row) in rows {
            var quarantine = row
            quarantine.missing = try fingerprints(number, .missing, database)
            quarantine.untagged = try fingerprints(number, .untagged, database)
            found[row.listing.type] = quarantine
        }
        return found
    }

    private static func fingerprints(
        _ number: Int, _ kind: Kind, _ database: SQLiteDatabase
    ) throws(SQLiteError) -> Set<UInt64> {
        let statement = try database.statement(
            "SELECT fingerprint FROM quarantined WHERE quarantine = ?1 AND kind = ?2")
        statement.bind(number, at: 1)
        statement.bind(kind.rawValue, at: 2)
        return Set(try statement.rows { (row) throws(SQLiteError) in UInt64(bitPattern: Int64(row.int(0))) })
    }

    static func remove(_ listing: Listing, from database: SQLiteDatabase) throws(SQLiteError) {
        for table in ["DELETE FROM quarantined WHERE quarantine =", "DELETE FROM quarantines WHERE number ="] {
            let statement = try database.statement(
                "\(table) (SELECT number FROM quarantines WHERE account = ?1 AND region = ?2 AND type = ?3)")
            statement.bind(texts: [listing.scope.account, listing.scope.region, listing.type])
            try statement.run()
        }
    }

    static func add(_ quarantine: Quarantine, to database: SQLiteDatabase) throws(SQLiteError) {
        let listing = quarantine.listing
        let head = try database.statement(
            "INSERT INTO quarantines (account, region, type, run, since) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING number")
        head.bind(texts: [listing.scope.account, listing.scope.region, listing.type, quarantine.run])
        head.bind(quarantine.since, at: 5)
        let number = try head.rows { (row) throws(SQLiteError) in row.int(0) }.first
        let row = try database.statement(
            "INSERT INTO quarantined (quarantine, kind, fingerprint) VALUES (?1, ?2, ?3)")
        row.bind(number, at: 1)
        for (kind, fingerprints) in [(Kind.missing, quarantine.missing), (.untagged, quarantine.untagged)] {
            row.bind(kind.rawValue, at: 2)
            for fingerprint in fingerprints.sorted() {
                row.bind(Int(Int64(bitPattern: fingerprint)), at: 3)
                try row.run()
            }
        }
    }
}

extension StateDatabase {
    package func quarantines(of unit: Unit) async throws(StoreError) -> [String: Quarantine] {
        try await read { (database) throws(SQLiteError) in try QuarantineRow.read(unit: unit, from: database) }
    }

    package func setQuarantine(_ quarantine: Quarantine?, of listing: Listing) async throws(StoreError) {
        try await commit(durably: true) { (database) throws(SQLiteError) in
            try QuarantineRow.remove(listing, from: database)
            if let quarantine { try QuarantineRow.add(quarantine, to: database) }
        }
    }
}
