import Glibc
import Inventory
import Testing

@testable import Store

@Suite("The SQLite store")
struct SQLiteStoreTests {
    @Test("The file is our own, readable by its group, and holds the named columns")
    func file() async throws {
        try await withStore { store, path in
            try await store.store(
                [Samples.record("i-1", arn: "arn:x", name: "n", tags: #"{"a":"b"}"#)], in: Samples.unit())
            var facts = stat()
            #expect(stat(path, &facts) == 0)
            #expect(facts.st_mode & 0o777 & ~0o640 == 0)
            let database = try SQLiteDatabase(path: path)
            let row = try database.statement(
                "SELECT pk, sk, service, accountId, region, resourceId, data ->> 'Count', updatedAt, ttl, resourceType, arn, "
                    + "name, tags ->> 'a', digest, createdAt FROM inventory")
            #expect(try row.step())
            #expect(
                (0..<15).map { row.text($0) } == [
                    "ec2#111122223333#eu-west-1", "i-1", "ec2", "111122223333", "eu-west-1", "i-1", "3",
                    "2027-01-15T08:00:00Z", "1807776000", "ec2/instance", "arn:x", "n", "b",
                    "0000000000000001fffffffffffffffe", "2027-01-15T07:59:00Z",
                ])
            row.reset()
            #expect(try database.text("PRAGMA journal_mode") == "wal")
            #expect(try database.integer("PRAGMA page_size") == 16_384)
        }
    }

    @Test("A purge removes exactly what has expired, however much")
    func purge() async throws {
        try await withStore { store, _ in
            let old = Samples.now - ResourceRecord.lifetimeInSeconds
            let records = (0..<2_500).map { Samples.record("old-\($0)", updatedAt: old) } + [Samples.record("new")]
            try await store.store(records, in: Samples.unit())
            #expect(try await store.purgeExpired(now: Samples.now - 1) == 0)
            #expect(try await store.purgeExpired(now: Samples.now) == 2_500)
            #expect(try await store.index(of: Samples.unit()).count == 1)
        }
    }

    @Test("createdAt keeps the time of the first put")
    func createdAt() async throws {
        try await withStore { store, _ in
            for time in [1_000, 2_000] {
                try await store.store([Samples.record("a", createdAt: time)], in: Samples.unit())
            }
            #expect(try await store.listAll().map(\.createdAt) == [1_000])
        }
    }

    @Test("A row of another writer without digest, type and createdAt is read")
    func foreignRow() async throws {
        try await withStore { store, path in
            let database = try SQLiteDatabase(path: path)
            try database.execute(
                """
                INSERT INTO inventory (pk, sk, service, accountId, region, resourceId, data, updatedAt, ttl)
                VALUES ('ec2#111122223333#eu-west-1', 'a', 'ec2', '111122223333', 'eu-west-1', 'a', '{}',
                    '2026-12-01T00:00:00.123456+00:00', 1900000000)
                """)
            let index = try await store.index(of: Samples.unit())
            #expect(index.entries.first?.digest == nil)
            #expect(Array(index.tables.keys) == [""])
            let row = try #require(try await store.get("a").first)
            #expect(row.type.isEmpty && row.updatedAt == 1_796_083_200)
        }
    }

    @Test("Readers see whole batches while a writer is at work, and are not held up by it")
    func readersDuringWrites() async throws {
        try await withStore { store, path in
            let unit = Samples.unit()
            let size = 200
            func batch(_ round: UInt64) -> WriteBatch {
                Samples.puts((0..<size).map { Samples.record("r-\($0)", digest: round) })
            }
            try await store.write(batch(0))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for round in 1...40 { try await store.write(batch(UInt64(round))) }
                }
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<40 {
                            let index = try await store.index(of: unit)
                            #expect(Set(index.entries.map(\.digest)).count == 1)
                            #expect(index.count == size)
                        }
                    }
                }
                try await group.waitForAll()
            }
            // Neither does another process's transaction that stays open.
            let blocker = try SQLiteDatabase(path: path)
            try blocker.execute("BEGIN IMMEDIATE")
            #expect(try await store.index(of: unit).count == size)
            try blocker.execute("ROLLBACK")
        }
    }

    @Test("A failing batch leaves nothing behind")
    func atomicBatch() async throws {
        try await withStore { store, path in
            let database = try SQLiteDatabase(path: path)
            try database.execute(
                "CREATE TRIGGER fail BEFORE INSERT ON inventory WHEN new.sk = 'bad' BEGIN SELECT raise(ABORT, 'no'); END"
            )
            let error = await #expect(throws: StoreError.self) {
                try await store.write(Samples.puts([Samples.record("good"), Samples.record("bad")]))
            }
            #expect(error == .refused("\(path): no"))
            #expect(try await store.index(of: Samples.unit()).count == 0)
        }
    }

    @Test("A full disk is reported as such and the store works again when there is room")
    func diskFull() async throws {
        try await withStore { store, path in
            try await store.store([Samples.record("a")], in: Samples.unit())
            let connection = SQLiteConnection(file: SQLiteFile(path: path, schema: .inventory), role: .writer)
            let error = await #expect(throws: StoreError.self) {
                try await connection.perform { (database) throws(SQLiteError) in
                    try database.execute("PRAGMA max_page_count = 1")
                    var rows = try InventoryRowWriter(database: database, unit: Samples.unit())
                    for number in 0..<1_000 { _ = try rows.insert(Samples.record("full-\(number)"), born: number) }
                }
            }
            #expect(error?.parts.kind == "exhausted")
            await connection.close()
            try await store.store([Samples.record("b")], in: Samples.unit())
            #expect(try await store.get("b").count == 1)
        }
    }

    @Test("A cancelled read ends at once")
    func cancelledRead() async throws {
        try await withStore { store, path in
            let readers = SQLiteReaders(file: SQLiteFile(path: path, schema: .inventory), count: 1)
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                do throws(StoreError) {
                    return try await readers.read { (database) throws(SQLiteError) in
                        start.yield()
                        return try database.integer(
                            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
                    }
                } catch {
                    return error == .cancelled ? -1 : -2
                }
            }
            for await _ in started { break }
            task.cancel()
            #expect(await task.value == -1)
            // The connection serves the next reader.
            let next = try await readers.read { (database) throws(SQLiteError) in try database.integer("SELECT 5") }
            #expect(next == 5)
            await readers.close()
        }
    }

    @Test("A closed store refuses calls")
    func closed() async throws {
        try await withStore { store, _ in
            await store.close()
            await #expect(throws: StoreError.self) { try await store.write(Samples.puts([Samples.record("a")])) }
            _ = await #expect(throws: StoreError.self) { try await store.index(of: Samples.unit()) }
        }
    }

    private func withStore(_ body: (SQLiteStore, String) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/inventory.db"
            let store = SQLiteStore(path: path) { Samples.now }
            try await store.prepare()
            try await body(store, path)
            await store.close()
        }
    }
}
