import CSQLite
import Inventory

/// What SQLite answered, with its code kept. Carries no bound value.
struct SQLiteError: Error, Sendable, Equatable, CustomStringConvertible {
    /// SQLite's extended result code (https://www.sqlite.org/rescode.html).
    let code: Int32
    let message: String

    /// The low byte: the kind of failure.
    var primaryCode: Int32 { code & 0xFF }

    var description: String { "SQLite \(code): \(message)" }

    /// A row that breaks a rule of ours.
    static func corrupt(_ message: String) -> SQLiteError { SQLiteError(code: SQLITE_CORRUPT, message: message) }

    /// The same for callers of a store, with the file's path and what to do.
    func storeError(path: String) -> StoreError {
        switch primaryCode {
        case SQLITE_INTERRUPT: .cancelled
        case SQLITE_FULL:
            .exhausted("\(path): no space left to write (\(message)); free some space on the file system")
        case SQLITE_NOMEM: .exhausted("\(path): out of memory")
        case SQLITE_BUSY, SQLITE_LOCKED:
            .exhausted("\(path): another process holds the database's lock for too long")
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH:
            .refused("\(path): may not be written (\(message)); check the owner and mode of the file and its directory")
        case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH: .refused("\(path): \(message)")
        case SQLITE_CORRUPT: .corrupt("\(path): \(message)")
        case SQLITE_NOTADB: .corrupt("\(path): this file is not an SQLite database; move it away or name another path")
        case SQLITE_CANTOPEN: .unavailable("\(path): cannot be opened (\(message))")
        case SQLITE_IOERR: .unavailable("\(path): reading or writing failed (\(message))")
        default: .corrupt("\(path): \(message) (SQLite code \(code))")
        }
    }
}
