import CSQLite
import Glibc
import JSON

/// One prepared statement. Belongs to its `SQLiteDatabase` and is used on that database's thread only.
///
/// Bindings do not throw: the first failure is kept and thrown by the next step, so that a row costs one check.
final class SQLiteStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    private var bindFailure: Int32 = SQLITE_OK
    /// Texts for the next run, one behind the other, and which parameters they are for.
    private var lent = ByteBuffer(capacity: 256)
    private var loans: [(index: Int32, text: Range<Int>)] = []

    init(sql: String, connection: OpaquePointer) throws(SQLiteError) {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw SQLiteError.last(code, of: connection) }
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// Binds text that SQLite copies. Parameters count from 1 and keep their value until bound again.
    func bind(_ text: String?, at index: Int32) {
        guard var text else { return bindNull(at: index) }
        // The pointer lives for the closure; SQLite copies before it returns.
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { note(bindCopy($0, at: index)) }
        }
    }

    /// Binds UTF-8 text that SQLite copies.
    func bind(utf8 bytes: [UInt8], at index: Int32) {
        // As above.
        bytes.withUnsafeBytes { note(bindCopy($0.assumingMemoryBound(to: CChar.self), at: index)) }
    }

    /// Binds text for the next `run` alone: SQLite reads it where it is, which saves it a copy in memory of its own.
    func lend(_ text: String?, at index: Int32) {
        guard let text else { return bindNull(at: index) }
        lend(text.utf8Span.span, at: index)
    }

    /// The same of UTF-8 text.
    func lend(_ bytes: Span<UInt8>, at index: Int32) {
        let start = lent.count
        lent.append(bytes)
        loans.append((index, start..<lent.count))
    }

    func bind(_ number: Int?, at index: Int32) {
        guard let number else { return bindNull(at: index) }
        note(sqlite3_bind_int64(handle, index, Int64(number)))
    }

    /// Binds numbers as a blob that SQLite copies, in this machine's byte order: a state file never leaves its machine.
    func bind(words: [UInt64], at index: Int32) {
        words.withUnsafeBytes { bytes in
            guard let count = Int32(exactly: bytes.count) else { return note(SQLITE_TOOBIG) }
            // An empty buffer may have no address, which SQLite would read as NULL; SQLite copies before it returns.
            guard let start = bytes.baseAddress else { return note(store_bind_blob_copied(handle, index, "", 0)) }
            note(store_bind_blob_copied(handle, index, start, count))
        }
    }

    /// Binds several values of text from parameter 1 on.
    func bind(texts: [String]) {
        for (offset, text) in texts.enumerated() { bind(text, at: Int32(offset + 1)) }
    }

    private func bindNull(at index: Int32) { note(sqlite3_bind_null(handle, index)) }

    private func bindCopy(_ text: UnsafeBufferPointer<CChar>, at index: Int32) -> Int32 {
        guard let count = Int32(exactly: text.count) else { return SQLITE_TOOBIG }
        // An empty buffer may have no address, which SQLite would read as NULL.
        guard let start = text.baseAddress else { return store_bind_text_copied(handle, index, "", 0) }
        return store_bind_text_copied(handle, index, start, count)
    }

    private func note(_ code: Int32) {
        if code != SQLITE_OK, bindFailure == SQLITE_OK { bindFailure = code }
    }

    /// Advances; `true` when a row is there to be read.
    func step() throws(SQLiteError) -> Bool {
        try check()
        let code = sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let failure = SQLiteError.last(code, of: connection)
            reset()
            throw failure
        }
    }

    /// Runs to the end and makes the statement ready for the next use.
    func run() throws(SQLiteError) {
        try lending { () throws(SQLiteError) in
            while try step() {}
            reset()
        }
    }

    /// Runs `body`, which leaves the statement reset, with the texts that were lent.
    private func lending(_ body: () throws(SQLiteError) -> Void) throws(SQLiteError) {
        guard !loans.isEmpty else { return try body() }
        defer {
            loans.removeAll(keepingCapacity: true)
            lent.truncate(to: 0)
        }
        try lent.span.withUnsafeBufferPointer { (texts) throws(SQLiteError) in
            // SQLITE_STATIC (nil): the texts outlive `body`, and are unbound before they go.
            for loan in loans { bind(texts, loan) }
            defer { for loan in loans { sqlite3_bind_null(handle, loan.index) } }
            try body()
        }
    }

    private func bind(_ texts: UnsafeBufferPointer<UInt8>, _ loan: (index: Int32, text: Range<Int>)) {
        texts.withMemoryRebound(to: CChar.self) { texts in
            guard let start = texts.baseAddress, let count = Int32(exactly: loan.text.count) else {
                return note(SQLITE_TOOBIG)
            }
            note(sqlite3_bind_text(handle, loan.index, start + loan.text.lowerBound, count, nil))
        }
    }

    /// Runs a statement that answers no rows with one more parameter of UTF-8 text, which is not copied.
    func run(utf8 bytes: [UInt8], at index: Int32) throws(SQLiteError) {
        try lending { () throws(SQLiteError) in try runLending(bytes, at: index) }
    }

    private func runLending(_ bytes: [UInt8], at index: Int32) throws(SQLiteError) {
        try check()
        guard let count = Int32(exactly: bytes.count) else {
            throw SQLiteError(code: SQLITE_TOOBIG, message: "a document of \(bytes.count) bytes is too large")
        }
        let failure = bytes.withUnsafeBytes { buffer -> SQLiteError? in
            // SQLITE_STATIC (nil): the bytes outlive the step, and are unbound before the closure ends.
            let start = buffer.assumingMemoryBound(to: CChar.self).baseAddress
            let bound = start.map { sqlite3_bind_text(handle, index, $0, count, nil) }
            guard (bound ?? store_bind_text_copied(handle, index, "", 0)) == SQLITE_OK else {
                return SQLiteError(code: SQLITE_TOOBIG, message: "a document of \(count) bytes is too large")
            }
            let code = sqlite3_step(handle)
            let failure = code == SQLITE_DONE ? nil : SQLiteError.last(code, of: connection)
            sqlite3_reset(handle)
            sqlite3_bind_null(handle, index)
            return failure
        }
        if let failure { throw failure }
    }

    /// Ends a read early or makes the statement ready again; bindings stay.
    func reset() {
        // Repeats the step's own error, which has been thrown already.
        _ = sqlite3_reset(handle)
    }

    private func check() throws(SQLiteError) {
        guard bindFailure != SQLITE_OK else { return }
        let code = bindFailure
        bindFailure = SQLITE_OK
        throw SQLiteError(code: code, message: String(cString: sqlite3_errstr(code)))
    }

    /// Reads every row through `read`.
    func rows<Row>(_ read: (SQLiteStatement) throws(SQLiteError) -> Row) throws(SQLiteError) -> [Row] {
        var rows: [Row] = []
        do {
            while try step() { rows.append(try read(self)) }
        } catch {
            reset()
            throw error
        }
        reset()
        return rows
    }

    /// The integer of a column of the row, counted from 0; NULL is 0.
    func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

    func optionalInt(_ column: Int32) -> Int? { isNull(column) ? nil : int(column) }

    func text(_ column: Int32) -> String { withBytes(column) { String(decoding: $0, as: UTF8.self) } }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func bytes(_ column: Int32) -> [UInt8] { withBytes(column) { Array($0) } }

    /// Lends the text of a column; NULL is empty.
    func withText<Result>(_ column: Int32, _ body: (Span<UInt8>) -> Result) -> Result {
        withBytes(column) { body($0.bindMemory(to: UInt8.self).span) }
    }

    /// Appends the numbers of a blob to `words`; what is left of a number at its end is ignored.
    func append(_ column: Int32, to words: inout [UInt64]) {
        // SQLite's pointer is valid until the next step; the count must be asked for after the bytes.
        guard let start = sqlite3_column_blob(handle, column) else { return }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
        for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
            words.append(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    private func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        // SQLite's pointer is valid until the next step; the count must be asked for after the text.
        let start = sqlite3_column_text(handle, column)
        return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }
}

extension SQLiteError {
    /// What a connection says about the call that just failed with `code`.
    static func last(_ code: Int32, of connection: OpaquePointer) -> SQLiteError {
        let extended = sqlite3_extended_errcode(connection)
        let isSame = extended & 0xFF == code & 0xFF
        let text = String(cString: isSame ? sqlite3_errmsg(connection) : sqlite3_errstr(code))
        return SQLiteError(code: isSame ? extended : code, message: text + cause(code, of: connection))
    }

    /// What the system said, where SQLite only tells which of its calls failed.
    private static func cause(_ code: Int32, of connection: OpaquePointer) -> String {
        let number = sqlite3_system_errno(connection)
        guard number != 0, [SQLITE_IOERR, SQLITE_CANTOPEN].contains(code & 0xFF) else { return "" }
        return ": \(String(cString: strerror(number)))"
    }
}
