import Inventory
import JSON

/// How the checkpoints of listings under way are kept in the table `checkpoints`: one row a page, the last one's position
/// counts, and all of them together tell what was shown.
enum CheckpointRow {
    static func add(_ checkpoints: [ListingCheckpoint], run: Int, to database: SQLiteDatabase) throws(SQLiteError) {
        let statement = try database.statement(
            "INSERT INTO checkpoints (run, type, account, region, position, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        for checkpoint in checkpoints {
            if checkpoint.isFirst { try forget([checkpoint.listing], run: run, in: database) }
            statement.bind(run, at: 1)
            bind(checkpoint.listing, to: statement)
            statement.bind(utf8: json(checkpoint), at: 5)
            statement.bind(words: checkpoint.seen.flatMap { [$0.key, $0.digest] }, at: 6)
            try statement.run()
        }
    }

    /// The listing's checkpoints as one; `nil` when there is none, or none that this version can read.
    static func read(
        _ listing: Listing, run: Int, from database: SQLiteDatabase
    ) throws(SQLiteError) -> ListingCheckpoint? {
        let statement = try database.statement(
            """
            SELECT position, seen FROM checkpoints WHERE run = ?1 AND type = ?2 AND account = ?3 AND region = ?4
            ORDER BY number
            """)
        statement.bind(run, at: 1)
        bind(listing, to: statement)
        defer { statement.reset() }
        var last: [UInt8] = []
        var words: [UInt64] = []
        while try statement.step() {
            last = statement.bytes(0)
            statement.append(1, to: &words)
        }
        guard let document = try? JSONValue.parse(last), let position = position(document["position"]) else {
            return nil
        }
        var seen: [SeenMark] = []
        seen.reserveCapacity(words.count / 2)
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            seen.append(SeenMark(key: words[index], digest: words[index + 1]))
        }
        return ListingCheckpoint(
            listing: listing, position: position, changes: changes(document["changes"]), seen: seen, isFirst: false)
    }

    static func forget(_ listings: [Listing], run: Int, in database: SQLiteDatabase) throws(SQLiteError) {
        let statement = try database.statement(
            "DELETE FROM checkpoints WHERE run = ?1 AND type = ?2 AND account = ?3 AND region = ?4")
        statement.bind(run, at: 1)
        for listing in listings {
            bind(listing, to: statement)
            try statement.run()
        }
    }

    static func forget(run: Int, in database: SQLiteDatabase) throws(SQLiteError) {
        let statement = try database.statement("DELETE FROM checkpoints WHERE run = ?1")
        statement.bind(run, at: 1)
        try statement.run()
    }

    static func bind(_ listing: Listing, to statement: SQLiteStatement) {
        statement.bind(listing.type, at: 2)
        statement.bind(listing.scope.account, at: 3)
        statement.bind(listing.scope.region, at: 4)
    }

    // MARK: Position

    private static func json(_ checkpoint: ListingCheckpoint) -> [UInt8] {
        let changes = checkpoint.changes
        let counts = [
            changes.created, changes.updated, changes.deleted, changes.unchanged, changes.renewed,
        ]
        return JSONValue.compact(
            ("position", json(checkpoint.position)), ("changes", .array(counts.map { .integer(Int64($0)) }))
        ).serialized
    }

    /// A position as it is kept, here and for parents.
    static func json(_ position: ListingPosition) -> JSONValue {
        let failure = position.failure.map { failure in
            JSONValue.compact(
                ("outcome", .string(failure.outcome.rawValue)), ("operation", .string(failure.error.operation)),
                ("code", .string(failure.error.code)), ("message", .string(failure.error.message)),
                ("requestID", failure.error.requestID.map(JSONValue.string)))
        }
        return JSONValue.compact(
            // As text: JSON's numbers are read with 63 bits.
            ("plan", .string(String(position.plan, radix: 16))), ("input", .integer(Int64(position.input))),
            ("parent", .integer(Int64(position.parent))), ("token", .object(position.token)), ("failure", failure))
    }

    /// `nil` for what this version cannot read.
    static func position(_ place: JSONValue?) -> ListingPosition? {
        guard let place, let plan = place["plan"]?.string.flatMap({ UInt64($0, radix: 16) }),
            let input = place["input"]?.int, let parent = place["parent"]?.int, let token = place["token"]?.members
        else { return nil }
        var position = ListingPosition(plan: plan, input: input, parent: parent, token: token)
        if let failure = place["failure"] {
            guard let outcome = failure["outcome"]?.string.flatMap(Outcome.init(rawValue:)) else { return nil }
            position.failure = ListingFailure(
                outcome: outcome,
                error: ListingError(
                    operation: failure["operation"]?.string ?? "", code: failure["code"]?.string ?? "",
                    message: failure["message"]?.string ?? "", requestID: failure["requestID"]?.string))
        }
        return position
    }

    private static func changes(_ value: JSONValue?) -> ChangeCounts {
        var changes = ChangeCounts()
        guard case .array(let values) = value, values.count == 5 else { return changes }
        changes.created = values[0].int ?? 0
        changes.updated = values[1].int ?? 0
        changes.deleted = values[2].int ?? 0
        changes.unchanged = values[3].int ?? 0
        changes.renewed = values[4].int ?? 0
        return changes
    }
}
