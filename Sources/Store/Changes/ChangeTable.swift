import Inventory

/// Reads and prunes the table `changes`, wherever it is kept.
enum ChangeTable {
    /// Entries together in one answer; a diff may be 1 MiB, a control message 16.
    private static let pageSizeInBytes = 4 << 20
    /// Entries of one history, newest first.
    private static let historyLimit = 1_000
    /// Entries removed in one transaction, so that writers wait milliseconds.
    private static let pruneChunk = 1_000

    /// What is kept: the first and last entry, and since when the log is whole. `nil` before the store was prepared.
    struct Bounds {
        /// One more than `newest` when there is no entry.
        var oldest: Int
        var newest: Int
        var since: Int
    }

    /// Notes when the log began, unless it has begun already.
    static func begin(at time: Int, in database: SQLiteDatabase) throws(SQLiteError) {
        let statement = try database.statement("INSERT OR IGNORE INTO change_horizon (id, since) VALUES (1, ?1)")
        statement.bind(time, at: 1)
        try statement.run()
    }

    static func bounds(in database: SQLiteDatabase) throws(SQLiteError) -> Bounds {
        let statement = try database.statement(
            """
            SELECT (SELECT min(sequence) FROM changes), (SELECT max(sequence) FROM changes),
                (SELECT since FROM change_horizon)
            """)
        let rows = try statement.rows { (row) throws(SQLiteError) in
            Bounds(oldest: row.optionalInt(0) ?? 1, newest: row.int(1), since: row.optionalInt(2) ?? Int.max)
        }
        guard let bounds = rows.first else { throw .corrupt("the bounds of the change log cannot be read") }
        return bounds
    }

    /// The time of an entry that is kept; 0 for others.
    static func time(of sequence: Int, in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let statement = try database.statement("SELECT time FROM changes WHERE sequence = ?1")
        statement.bind(sequence, at: 1)
        return try statement.rows { (row) throws(SQLiteError) in row.int(0) }.first ?? 0
    }

    /// The last entry before `time`, found by halving: there are no gaps, and times never fall. One less than the oldest
    /// when all are later.
    static func last(before time: Int, in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let bounds = try bounds(in: database)
        var low = bounds.oldest - 1
        var high = bounds.newest
        while low < high {
            let middle = low + (high - low + 1) / 2
            if try self.time(of: middle, in: database) < time { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// A page of entries; all reads see one state of the file.
    static func page(
        _ filter: ChangeFilter, from position: ChangePosition, limit: Int, in database: SQLiteDatabase
    ) throws(SQLiteError) -> Result<ChangePage, ChangeLogError> {
        let bounds = try bounds(in: database)
        let start: Int
        switch position {
        case .oldest: start = bounds.oldest - 1
        case .newest: start = bounds.newest
        case .time(let time): start = try last(before: time, in: database)
        case .after(let sequence):
            guard sequence <= bounds.newest else { return .failure(.unknown(newest: bounds.newest)) }
            guard sequence >= bounds.oldest - 1 else { return .failure(.gone(oldest: bounds.oldest)) }
            start = sequence
        }
        let (changes, isLast) = try read(filter, after: start, limit: limit, in: database)
        let end = isLast ? bounds.newest : changes.last?.sequence ?? start
        return .success(ChangePage(changes: changes, position: end, newest: bounds.newest, keptSince: bounds.since))
    }

    private static func read(
        _ filter: ChangeFilter, after start: Int, limit: Int, in database: SQLiteDatabase
    ) throws(SQLiteError) -> (changes: [Change], isLast: Bool) {
        var condition = SQLCondition()
        condition.add("sequence > ?", .number(start))
        condition.addPartition(
            service: filter.service, type: filter.type, account: filter.account, region: filter.region)
        if let type = filter.type { condition.add("resourceType = ?", .text(type)) }
        if let kind = filter.kind { condition.add("kind = ?", .text(kind.rawValue)) }
        if let id = filter.id { condition.add("? IN (sk, arn, name)", .text(id)) }
        let statement = try database.statement(
            "SELECT \(ChangeRow.columns) FROM changes WHERE \(condition.text) ORDER BY sequence LIMIT ?")
        statement.bind(condition.values + [.number(limit)])
        defer { statement.reset() }
        var changes: [Change] = []
        var size = 0
        while try statement.step() {
            let change = try ChangeRow.change(statement)
            changes.append(change)
            size += change.diff.count
            if changes.count == limit || size >= pageSizeInBytes { return (changes, false) }
        }
        return (changes, true)
    }

    /// The newest entries of the resources that have or had that id, ARN or name, oldest first. `rows` selects the keys of
    /// further ones by the parameter ?1.
    static func history(
        of id: String, alsoIn rows: String?, database: SQLiteDatabase
    ) throws(SQLiteError) -> [Change] {
        let further = rows.map { " UNION \($0)" } ?? ""
        let statement = try database.statement(
            """
            SELECT \(ChangeRow.columns) FROM changes WHERE (pk, sk) IN
                (SELECT pk, sk FROM changes WHERE ?1 IN (sk, arn, name)\(further))
            ORDER BY sequence DESC LIMIT \(historyLimit)
            """)
        statement.bind(id, at: 1)
        defer { statement.reset() }
        var changes: [Change] = []
        var size = 0
        while size < pageSizeInBytes, try statement.step() {
            let change = try ChangeRow.change(statement)
            changes.append(change)
            size += change.diff.count
        }
        return changes.reversed()
    }

    /// Removes entries before `time` from the old end, a chunk at most, and says since when the log is whole; answers how
    /// many went. Runs inside a transaction.
    static func prune(before time: Int, in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let since = try database.statement("UPDATE change_horizon SET since = max(since, ?1)")
        since.bind(time, at: 1)
        try since.run()
        let bounds = try bounds(in: database)
        let end = min(try last(before: time, in: database), bounds.newest - 1, bounds.oldest - 1 + pruneChunk)
        guard end >= bounds.oldest else { return 0 }
        let statement = try database.statement("DELETE FROM changes WHERE sequence <= ?1")
        statement.bind(end, at: 1)
        try statement.run()
        return database.changes
    }
}
