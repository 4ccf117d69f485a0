import Glibc
import Inventory

/// How a database file of ours is created, recognised, migrated and opened.
struct SQLiteFile: Sendable {
    let path: String
    let schema: SQLiteSchema

    /// What one connection may cache: enough for the upper levels of the trees and the leaves being filled.
    private static let cacheSizeInKiB = 4_096

    /// The write-ahead log is moved into the file when it has grown by so much.
    private static let checkpointSizeInBytes = 16 << 20

    /// The write-ahead log is cut back to this after a checkpoint; a long reader may let it grow meanwhile.
    private static let logSizeInBytes = 64 << 20

    /// Opens the file for writing; creates and migrates it first where needed.
    func openWriter() throws(StoreError) -> SQLiteDatabase {
        try create()
        let (database, verdict) = try translate { () throws(SQLiteError) in
            let database = try SQLiteDatabase(path: path)
            return (database, try judge(database))
        }
        if let refusal = refusal(verdict) { throw refusal }
        try translate { () throws(SQLiteError) in
            try configureWriter(database)
            if verdict != .current { try migrate(database) }
        }
        return database
    }

    private func configureWriter(_ database: SQLiteDatabase) throws(SQLiteError) {
        try database.execute(
            """
            PRAGMA page_size = \(schema.pageSizeInBytes);
            PRAGMA cache_size = -\(Self.cacheSizeInKiB);
            PRAGMA trusted_schema = OFF;
            PRAGMA journal_size_limit = \(Self.logSizeInBytes);
            PRAGMA wal_autocheckpoint = \(Self.checkpointSizeInBytes / schema.pageSizeInBytes);
            """)
        // WAL lets readers go on while a batch is written. NORMAL loses nothing when the process dies, and at most the
        // last batches when the machine does, which the next refresh writes again.
        let mode = try database.text("PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            throw SQLiteError(code: 14, message: "the file system cannot hold a write-ahead log (mode \(mode))")
        }
        try database.execute("PRAGMA synchronous = NORMAL")
    }

    /// Opens the file, which a writer has prepared, for reading; one that is not is unavailable.
    func openReader() throws(StoreError) -> SQLiteDatabase {
        let (database, verdict) = try translate { () throws(SQLiteError) in
            let database = try SQLiteDatabase(path: path)
            try database.execute(
                """
                PRAGMA query_only = ON;
                PRAGMA cache_size = -\(Self.cacheSizeInKiB);
                PRAGMA trusted_schema = OFF;
                """)
            return (database, try judge(database))
        }
        if let refusal = refusal(verdict) { throw refusal }
        guard verdict == .current else { throw .unavailable("\(path): it has not been set up yet") }
        return database
    }

    /// Makes an empty file that its group may read; the log and index files beside it take over its mode.
    private func create() throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor < 0 else {
            _ = Glibc.close(descriptor)  // nothing was written through it
            return
        }
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        switch errno {
        case ENOENT, ENOTDIR:
            throw .unavailable(
                "\(path): the directory \(directory) does not exist; create it for the service's user, or let systemd "
                    + "do so with StateDirectory=")
        case EACCES, EPERM, EROFS:
            throw .refused(
                "\(path): user id \(geteuid()) may not write there; check the owner and mode of the file and of "
                    + directory)
        case ENOSPC, EDQUOT: throw .exhausted("\(path): no space left to create the file")
        case EISDIR: throw .unavailable("\(path): this is a directory; name a file")
        default: throw .unavailable("\(path): cannot be opened (\(String(cString: strerror(errno))))")
        }
    }

    private func judge(_ database: SQLiteDatabase) throws(SQLiteError) -> SQLiteSchema.Verdict {
        schema.judge(
            applicationID: try database.integer("PRAGMA application_id"),
            version: try database.integer("PRAGMA user_version"),
            isEmpty: try database.integer("SELECT count(*) FROM sqlite_schema") == 0)
    }

    /// All steps in one transaction; another process may have done them in the meantime.
    private func migrate(_ database: SQLiteDatabase) throws(SQLiteError) {
        try database.transaction { () throws(SQLiteError) in
            let first = try database.integer("PRAGMA user_version")
            guard first < schema.version else { return }
            for step in schema.migrations[first...] { try database.execute(step) }
            try database.execute(
                "PRAGMA application_id = \(schema.applicationID); PRAGMA user_version = \(schema.version)")
        }
    }

    /// Why a file of that verdict may not be used; `nil` when it may.
    private func refusal(_ verdict: SQLiteSchema.Verdict) -> StoreError? {
        switch verdict {
        case .current, .empty, .older: nil
        case .newer(let version):
            .refused(
                "\(path): written by a newer version (schema \(version), this program knows \(schema.version)); "
                    + "install the newer version, or name another path")
        case .foreign: .refused("\(path): this database is not \(schema.name); name another path")
        }
    }

    private func translate<Result>(_ body: () throws(SQLiteError) -> Result) throws(StoreError) -> Result {
        do { return try body() } catch { throw error.storeError(path: path) }
    }
}
