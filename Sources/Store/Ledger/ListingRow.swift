import Inventory

/// How planned listings and their results are kept in the table `listings`.
enum ListingRow {
    /// Adds planned listings, in key order so that the tree grows at its end; known ones stay. Answers how many are new.
    static func plan(_ plan: [Listing], run: Int, in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let statement = try database.statement(
            "INSERT OR IGNORE INTO listings (run, type, account, region) VALUES (?1, ?2, ?3, ?4)")
        statement.bind(run, at: 1)
        let before = database.totalChanges
        for listing in plan.sorted(by: { Key($0) < Key($1) }) {
            bind(listing, to: statement)
            try statement.run()
        }
        return database.totalChanges - before
    }

    /// Records how listings ended. One that was not planned is added, so that everything is accounted for; answers how
    /// many were.
    static func record(_ results: [ListingResult], run: Int, in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let added = try plan(results.map(\.listing), run: run, in: database)
        let statement = try database.statement(
            """
            UPDATE listings SET outcome = ?5, resources = ?6, created = ?7, updated = ?8, deleted = ?9, unchanged = ?10,
                renewed = ?11, operation = ?12, code = ?13, message = ?14, requestID = ?15, stored = ?16
            WHERE run = ?1 AND type = ?2 AND account = ?3 AND region = ?4
            """)
        statement.bind(run, at: 1)
        for result in results {
            bind(result.listing, to: statement)
            statement.bind(result.outcome.rawValue, at: 5)
            statement.bind(result.count, at: 6)
            RunRow.bind(result.changes, to: statement, from: 7)
            statement.bind(result.error?.operation, at: 12)
            statement.bind(result.error?.code, at: 13)
            statement.bind(result.error?.message, at: 14)
            statement.bind(result.error?.requestID, at: 15)
            bind(result.stored, to: statement, at: 16)
            try statement.run()
        }
        return added
    }

    /// The order of the table.
    private struct Key: Comparable {
        let listing: Listing

        init(_ listing: Listing) { self.listing = listing }

        static func < (lhs: Key, rhs: Key) -> Bool {
            (lhs.listing.scope, lhs.listing.type) < (rhs.listing.scope, rhs.listing.type)
        }
    }

    private static func bind(_ listing: Listing, to statement: SQLiteStatement) {
        statement.bind(listing.type, at: 2)
        statement.bind(listing.scope.account, at: 3)
        statement.bind(listing.scope.region, at: 4)
    }

    private static let columns =
        "type, account, region, outcome, resources, created, updated, deleted, unchanged, renewed, operation, code, "
        + "message, requestID, stored"

    /// At most `limit` listings of a run in key order, those behind `last`.
    static func read(
        run: Int, after last: Listing?, limit: Int, from database: SQLiteDatabase
    ) throws(SQLiteError) -> [PlannedListing] {
        let statement = try database.statement(
            """
            SELECT \(columns) FROM listings WHERE run = ?1 AND (account, region, type) > (?3, ?4, ?2)
            ORDER BY account, region, type LIMIT ?5
            """)
        statement.bind(run, at: 1)
        // No name is empty, so that every listing is behind this one.
        bind(last ?? Listing(type: "", scope: Scope(account: "", region: "")), to: statement)
        statement.bind(limit, at: 5)
        return try statement.rows { (row) throws(SQLiteError) in try planned(row) }
    }

    /// Those of the listings that are planned.
    static func read(
        _ listings: [Listing], run: Int, from database: SQLiteDatabase
    ) throws(SQLiteError) -> [PlannedListing] {
        let statement = try database.statement(
            "SELECT \(columns) FROM listings WHERE run = ?1 AND type = ?2 AND account = ?3 AND region = ?4")
        statement.bind(run, at: 1)
        var found: [PlannedListing] = []
        for listing in listings {
            bind(listing, to: statement)
            found += try statement.rows { (row) throws(SQLiteError) in try planned(row) }
        }
        return found
    }

    private static func planned(_ row: SQLiteStatement) throws(SQLiteError) -> PlannedListing {
        let listing = Listing(type: row.text(0), scope: Scope(account: row.text(1), region: row.text(2)))
        guard let word = row.optionalText(3) else { return PlannedListing(listing: listing, result: nil) }
        guard let outcome = Outcome(rawValue: word) else { throw .corrupt("\(listing) ended in \(word)") }
        let error = row.optionalText(11).map { code in
            ListingError(
                operation: row.optionalText(10) ?? "", code: code, message: row.optionalText(12) ?? "",
                requestID: row.optionalText(13))
        }
        let result = ListingResult(
            listing: listing, outcome: outcome, error: error, count: row.int(4), changes: RunRow.changes(row, from: 5),
            stored: sum(row, 14))
        return PlannedListing(listing: listing, result: result)
    }

    /// Takes back how listings ended.
    static func reopen(_ listings: [Listing], run: Int, in database: SQLiteDatabase) throws(SQLiteError) {
        let statement = try database.statement(
            """
            UPDATE listings SET outcome = NULL, resources = 0, created = 0, updated = 0, deleted = 0, unchanged = 0,
                renewed = 0, operation = NULL, code = NULL, message = NULL, requestID = NULL,
                stored = NULL
            WHERE run = ?1 AND type = ?2 AND account = ?3 AND region = ?4
            """)
        statement.bind(run, at: 1)
        for listing in listings {
            bind(listing, to: statement)
            try statement.run()
        }
    }

    /// Ends listings without an outcome as interrupted; answers how many there were.
    static func interrupt(run: Int, in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let statement = try database.statement("UPDATE listings SET outcome = ?2 WHERE run = ?1 AND outcome IS NULL")
        statement.bind(run, at: 1)
        statement.bind(Outcome.interrupted.rawValue, at: 2)
        try statement.run()
        return database.changes
    }

    /// A sum is three numbers, and none of them where there is no row.
    private static func bind(_ sum: MarkSum?, to statement: SQLiteStatement, at index: Int32) {
        guard let sum else { return statement.bind(nil as Int?, at: index) }
        statement.bind(words: sum.count == 0 ? [] : [UInt64(sum.count), sum.low, sum.high], at: index)
    }

    private static func sum(_ row: SQLiteStatement, _ column: Int32) -> MarkSum? {
        guard !row.isNull(column) else { return nil }
        var words: [UInt64] = []
        row.append(column, to: &words)
        guard words.count == 3 else { return words.isEmpty ? MarkSum() : nil }
        return Int(exactly: words[0]).map { MarkSum(count: $0, low: words[1], high: words[2]) }
    }

    /// Listings of a run by service: planned and ended.
    static func shares(run: Int, from database: SQLiteDatabase) throws(SQLiteError) -> [String: OpenRun.Share] {
        let statement = try database.statement(
            """
            SELECT substr(type, 1, instr(type, '/') - 1) AS service, count(*), count(outcome)
            FROM listings WHERE run = ?1 GROUP BY service
            """)
        statement.bind(run, at: 1)
        let rows = try statement.rows { (row) throws(SQLiteError) in
            (row.text(0), OpenRun.Share(planned: row.int(1), finished: row.int(2)))
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// Fills in what the listings of a run say so far: plan, outcomes, resources and changes.
    static func summarize(_ run: inout RunRecord, number: Int, from database: SQLiteDatabase) throws(SQLiteError) {
        let statement = try database.statement(
            """
            SELECT outcome, count(*), sum(resources), sum(created), sum(updated), sum(deleted), sum(unchanged),
                sum(renewed)
            FROM listings WHERE run = ?1 GROUP BY outcome
            """)
        statement.bind(number, at: 1)
        run.planned = 0
        run.outcomes = [:]
        run.resources = 0
        run.changes = ChangeCounts()
        defer { statement.reset() }
        while try statement.step() {
            run.planned += statement.int(1)
            run.resources += statement.int(2)
            run.changes += RunRow.changes(statement, from: 3)
            guard let word = statement.optionalText(0) else { continue }
            guard let outcome = Outcome(rawValue: word) else { throw .corrupt("run \(run.id): outcome \(word)") }
            run.outcomes[outcome] = statement.int(1)
        }
    }
}
