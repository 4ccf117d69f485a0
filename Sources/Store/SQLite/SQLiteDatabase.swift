import CSQLite
import Synchronization

/// One connection to a database file and its prepared statements.
///
/// Not `Sendable`: lives inside one `SQLiteConnection`, whose thread makes every call. Only `SQLiteInterrupter` may be
/// used from elsewhere.
final class SQLiteDatabase {
    private let handle: OpaquePointer
    private var statements: [String: SQLiteStatement] = [:]

    /// More texts than the stores have; filters of `list` combine, so the cache starts over when it is full.
    private static let statementLimit = 64

    /// How long a call waits for another process's lock: longer than any of our own transactions.
    private static let busyTimeoutInMilliseconds: Int32 = 10_000

    /// Opens a file that exists. Nothing is read or written yet.
    init(path: String) throws(SQLiteError) {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        guard let handle else { throw SQLiteError(code: SQLITE_NOMEM, message: "out of memory") }
        guard code == SQLITE_OK else {
            let failure = SQLiteError.last(code, of: handle)
            sqlite3_close_v2(handle)
            throw failure
        }
        sqlite3_busy_timeout(handle, Self.busyTimeoutInMilliseconds)
        self.handle = handle
    }

    deinit {
        statements.removeAll()
        // Never refuses: what is still open would be closed with its last statement, and there is none.
        sqlite3_close_v2(handle)
    }

    /// Runs statements that answer nothing of interest.
    func execute(_ sql: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteError.last(code, of: handle) }
    }

    /// The prepared statement of that text, ready to be bound.
    func statement(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
        if let known = statements[sql] { return known }
        if statements.count >= Self.statementLimit { statements.removeAll() }
        let statement = try SQLiteStatement(sql: sql, connection: handle)
        statements[sql] = statement
        return statement
    }

    /// The first column of the only row, such as a pragma's value.
    func integer(_ sql: String) throws(SQLiteError) -> Int {
        let statement = try SQLiteStatement(sql: sql, connection: handle)
        guard try statement.step() else { throw SQLiteError(code: SQLITE_ERROR, message: "no row: \(sql)") }
        return statement.int(0)
    }

    func text(_ sql: String) throws(SQLiteError) -> String {
        let statement = try SQLiteStatement(sql: sql, connection: handle)
        guard try statement.step() else { throw SQLiteError(code: SQLITE_ERROR, message: "no row: \(sql)") }
        return statement.text(0)
    }

    /// Rows that the last statement inserted, changed or removed.
    var changes: Int { Int(sqlite3_changes64(handle)) }

    /// Rows changed since the connection was opened.
    var totalChanges: Int { Int(sqlite3_total_changes64(handle)) }

    /// Runs `body` as one transaction that takes the write lock at once; on an error everything is undone.
    func transaction<Result>(_ body: () throws(SQLiteError) -> Result) throws(SQLiteError) -> Result {
        try statement("BEGIN IMMEDIATE").run()
        do {
            let result = try body()
            try statement("COMMIT").run()
            return result
        } catch {
            // SQLite rolls back by itself on some errors; a second rollback then fails, which is fine.
            _ = try? execute("ROLLBACK")
            throw error
        }
    }

    /// Runs `body` as one read transaction: all its statements see the same state.
    func snapshot<Result>(_ body: () throws(SQLiteError) -> Result) throws(SQLiteError) -> Result {
        try execute("BEGIN")
        // Ends a transaction that wrote nothing.
        defer { _ = try? execute("COMMIT") }
        return try body()
    }

    /// Runs `body` so that `interrupter` ends it with SQLITE_INTERRUPT from any thread.
    ///
    /// A flag that SQLite asks for, not `sqlite3_interrupt`: that one is lost when no statement happens to be running.
    func interruptible<Result>(
        by interrupter: SQLiteInterrupter, _ body: () throws(SQLiteError) -> Result
    ) throws(SQLiteError) -> Result {
        // The pointer is used until the handler is removed, and `interrupter` lives for the whole call.
        let pointer = Unmanaged.passUnretained(interrupter).toOpaque()
        sqlite3_progress_handler(
            handle, Self.instructionsBetweenChecks,
            { pointer in
                guard let pointer else { return 0 }
                return Unmanaged<SQLiteInterrupter>.fromOpaque(pointer).takeUnretainedValue().isInterrupted ? 1 : 0
            }, pointer)
        defer { sqlite3_progress_handler(handle, 0, nil, nil) }
        return try body()
    }

    /// A fraction of a millisecond of SQLite's work.
    private static let instructionsBetweenChecks: Int32 = 10_000
}

/// Ends one read of a database from another thread.
final class SQLiteInterrupter: Sendable {
    private let flag = Atomic(false)

    var isInterrupted: Bool { flag.load(ordering: .relaxed) }

    func interrupt() { flag.store(true, ordering: .relaxed) }
}
