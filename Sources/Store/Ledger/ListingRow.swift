import Inventory

/// How planned listings and their results are kept in the table `listings`.
enum ListingRow {
    /// Adds planned listings, in key order so that the tree grows at its end; known ones stay. Answers how many are new.
    static func plan(_ plan: [Listing], run: Int, in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let statement = try database.statement(
            "INSERT OR IGNORE INTO listings (run, type, account, region) VALUES (?1, ?2, ?3, ?4)")
        statement.bind(run, at: 1)
        let before = database.totalChanges
        for listing in plan.sorted() {
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
                renewed = ?11, operation = ?12, code = ?13, message = ?14, requestID = ?15
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
            try statement.run()
        }
        return added
    }

    private static func bind(_ listing: Listing, to statement: SQLiteStatement) {
        statement.bind(listing.type, at: 2)
        statement.bind(listing.scope.account, at: 3)
        statement.bind(listing.scope.region, at: 4)
    }

    /// Every listing of a run in key order, which is the order of `Listing`.
    static func read(run: Int, from database: SQLiteDatabase) throws(SQLiteError) -> [PlannedListing] {
        let statement = try database.statement(
            """
            SELECT type, account, region, outcome, resources, created, updated, deleted, unchanged, renewed, operation,
                code, message, requestID
            FROM listings WHERE run = ?1 ORDER BY type, account, region
            """)
        statement.bind(run, at: 1)
        return try statement.rows { (row) throws(SQLiteError) in
            let listing = Listing(type: row.text(0), scope: Scope(account: row.text(1), region: row.text(2)))
            guard let word = row.optionalText(3) else { return PlannedListing(listing: listing, result: nil) }
            guard let outcome = Outcome(rawValue: word) else { throw .corrupt("\(listing) ended in \(word)") }
            let error = row.optionalText(11).map { code in
                ListingError(
                    operation: row.optionalText(10) ?? "", code: code, message: row.optionalText(12) ?? "",
                    requestID: row.optionalText(13))
            }
            let result = ListingResult(
                listing: listing, outcome: outcome, error: error, count: row.int(4),
                changes: RunRow.changes(row, from: 5))
            return PlannedListing(listing: listing, result: result)
        }
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
