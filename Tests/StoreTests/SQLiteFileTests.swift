import Glibc
import Inventory
import Testing

@testable import Store

@Suite("Opening a database file")
struct SQLiteFileTests {
    private let first = SQLiteSchema(
        name: "a test store", applicationID: 77, pageSizeInBytes: 4_096,
        migrations: ["CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1);"])
    private var second: SQLiteSchema {
        var schema = first
        schema.migrations.append("ALTER TABLE t ADD COLUMN b INTEGER NOT NULL DEFAULT 5")
        return schema
    }

    @Test("An older schema is migrated and keeps its rows")
    func migration() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/a.db"
            _ = try SQLiteFile(path: path, schema: first).openWriter()
            let database = try SQLiteFile(path: path, schema: second).openWriter()
            #expect(try database.integer("SELECT a * 10 + b FROM t") == 15)
            #expect(try database.integer("PRAGMA user_version") == 2)
        }
    }

    @Test("A failed migration leaves the older schema untouched")
    func failedMigration() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/a.db"
            _ = try SQLiteFile(path: path, schema: first).openWriter()
            var broken = second
            broken.migrations[1] += "; CREATE TABLE t (x)"
            #expect(throws: StoreError.self) { try SQLiteFile(path: path, schema: broken).openWriter() }
            let database = try SQLiteFile(path: path, schema: first).openWriter()
            #expect(try database.integer("SELECT count(*) FROM pragma_table_info('t')") == 1)
        }
    }

    @Test("A newer schema is refused with a message that names both versions")
    func newer() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/a.db"
            _ = try SQLiteFile(path: path, schema: second).openWriter()
            let error = #expect(throws: StoreError.self) { try SQLiteFile(path: path, schema: first).openWriter() }
            #expect(error?.parts.kind == "refused")
            #expect(error?.parts.text.contains("schema 2") == true && error?.parts.text.contains("knows 1") == true)
        }
    }

    @Test("Another program's database is refused and not changed")
    func foreign() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/a.db"
            _ = Glibc.close(open(path, O_CREAT | O_RDWR, 0o600))
            try SQLiteDatabase(path: path).execute("CREATE TABLE theirs (a)")
            let error = #expect(throws: StoreError.self) { try SQLiteFile(path: path, schema: first).openWriter() }
            #expect(error == .refused("\(path): this database is not a test store; name another path"))
            #expect(try SQLiteDatabase(path: path).text("PRAGMA journal_mode") == "delete")
        }
    }

    @Test("A file that is no database is corrupt, with advice")
    func notADatabase() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/a.db"
            let descriptor = open(path, O_CREAT | O_RDWR, 0o600)
            let text = [UInt8](repeating: UInt8(ascii: "x"), count: 4_096)
            #expect(write(descriptor, text, text.count) == text.count)
            _ = Glibc.close(descriptor)
            let error = #expect(throws: StoreError.self) { try SQLiteFile(path: path, schema: first).openWriter() }
            #expect(error?.parts.kind == "corrupt")
        }
    }

    @Test("A missing directory is unavailable, and the message says what to do")
    func missingDirectory() async throws {
        let file = SQLiteFile(path: "/nonexistent-directory/a.db", schema: first)
        let error = #expect(throws: StoreError.self) { try file.openWriter() }
        #expect(error?.parts.kind == "unavailable")
        #expect(error?.parts.text.contains("create it") == true)
    }

    @Test("A path that is a directory is unavailable")
    func isDirectory() async throws {
        try await TemporaryDirectory.with { directory in
            let error = #expect(throws: StoreError.self) {
                try SQLiteFile(path: directory, schema: first).openWriter()
            }
            #expect(error == .unavailable("\(directory): this is a directory; name a file"))
        }
    }

    @Test(
        "Failures of SQLite are told apart",
        arguments: [
            (Int32(13), "exhausted"), (5, "exhausted"), (8, "refused"), (14, "unavailable"), (10, "unavailable"),
            (11, "corrupt"), (26, "corrupt"), (9, "cancelled"), (19, "refused"), (266, "unavailable"),
        ])
    func classification(code: Int32, expected: String) {
        let error = SQLiteError(code: code, message: "m").storeError(path: "p")
        #expect(error.parts.kind == expected)
    }
}
