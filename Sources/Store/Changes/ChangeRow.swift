import Inventory

/// How an entry of the log is read from a row of `changes`.
enum ChangeRow {
    /// The order that `change` expects.
    static let columns = "sequence, time, kind, run, pk, sk, resourceType, arn, name, diff"

    static func change(_ row: SQLiteStatement) throws(SQLiteError) -> Change {
        let sequence = row.int(0)
        guard let kind = ChangeKind(rawValue: row.text(2)), let unit = unit(partitionKey: row.text(4)) else {
            throw .corrupt("entry \(sequence) of the change log cannot be read")
        }
        return Change(
            sequence: sequence, time: row.int(1), runID: row.text(3), kind: kind, type: row.text(6), unit: unit,
            id: row.text(5), arn: row.optionalText(7), name: row.optionalText(8),
            diff: row.isNull(9) ? Change.noDiff : row.bytes(9))
    }

    /// The unit of `service#account#region`, none of which holds a `#`.
    static func unit(partitionKey: String) -> Unit? {
        let parts = partitionKey.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { return nil }
        return Unit(service: parts[0], scope: RecordRules.scope(account: parts[1], storedRegion: parts[2]))
    }
}

/// Adds entries of one unit and run to the log, inside a transaction.
struct ChangeRowWriter {
    /// Of every entry that is added.
    let time: Int
    private(set) var newest: Int
    private let database: SQLiteDatabase
    private let unit: Unit
    private let runID: String
    private let insert: SQLiteStatement
    private var kind: ChangeKind?
    private var type: String?

    /// The log's clock stands at `now`, but never goes back.
    init(database: SQLiteDatabase, unit: Unit, runID: String, now: Int) throws(SQLiteError) {
        let last = try database.statement("SELECT sequence, time FROM changes ORDER BY sequence DESC LIMIT 1")
        let end = try last.rows { (row) throws(SQLiteError) in (row.int(0), row.int(1)) }.first ?? (0, 0)
        newest = end.0
        self.database = database
        self.unit = unit
        self.runID = runID
        time = max(now, end.1)
        insert = try database.statement(
            """
            INSERT INTO changes (sequence, time, kind, run, pk, sk, resourceType, arn, name, diff)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """)
        insert.bind(time, at: 2)
        insert.bind(runID, at: 4)
        insert.bind(unit.partitionKey, at: 5)
    }

    /// Entries that `appendCreated` adds at once.
    static let several = 8

    /// What fails, fails with its transaction: without `OR FAIL` SQLite would copy the pages of each statement first, to
    /// take back the rows of one that fails in its middle.
    private static let insertSeveral: String = {
        let rows = (0..<several).map { row in
            let first = 5 + 4 * row
            return "(?4 + \(row), ?1, 'created', ?2, ?3, ?\(first), ?\(first + 1), ?\(first + 2), ?\(first + 3), NULL)"
        }
        return "INSERT OR FAIL INTO changes (sequence, time, kind, run, pk, sk, resourceType, arn, name, diff) VALUES "
            + rows.joined(separator: ", ")
    }()

    /// Adds `several` entries of kind `created`, from `first` on, under the next numbers: a first fill has little else.
    mutating func appendCreated(_ changes: [PendingChange], from first: Int) throws(SQLiteError) {
        let statement = try database.statement(Self.insertSeveral)
        statement.bind(time, at: 1)
        statement.lend(runID, at: 2)
        statement.lend(unit.partitionKey, at: 3)
        statement.bind(newest + 1, at: 4)
        for row in 0..<Self.several {
            let parameter = Int32(5 + 4 * row)
            statement.lend(changes[first + row].id, at: parameter)
            statement.lend(changes[first + row].type, at: parameter + 1)
            statement.lend(changes[first + row].arn, at: parameter + 2)
            statement.lend(changes[first + row].name, at: parameter + 3)
        }
        try statement.run()
        newest += Self.several
    }

    /// Adds an entry under the next number. `diff` is `nil` where there is none.
    mutating func append(
        _ kind: ChangeKind, id: String, type: String, arn: String?, name: String?, diff: [UInt8]? = nil
    ) throws(SQLiteError) {
        newest += 1
        insert.bind(newest, at: 1)
        if kind != self.kind {
            self.kind = kind
            insert.bind(kind.rawValue, at: 3)
        }
        insert.lend(id, at: 6)
        if type != self.type {
            self.type = type
            insert.bind(type, at: 7)
        }
        insert.lend(arn, at: 8)
        insert.lend(name, at: 9)
        guard let diff else {
            insert.bind(nil as Int?, at: 10)
            return try insert.run()
        }
        try insert.run(utf8: diff, at: 10)
    }
}
