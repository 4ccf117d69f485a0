import Inventory
import Synchronization
import Testing

@testable import Store

@Suite("Transactions that share a commit")
struct SharedTransactionTests {
    private static let schema = SQLiteSchema(
        name: "a test store", applicationID: 78, pageSizeInBytes: 4_096,
        migrations: ["CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER NOT NULL) STRICT;"])

    private func withConnection(_ body: (SQLiteConnection) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let file = SQLiteFile(path: "\(directory)/a.db", schema: Self.schema)
            let connection = SQLiteConnection(file: file, role: .writer)
            try await body(connection)
            await connection.close()
        }
    }

    private static func insert(_ a: Int, _ b: Int?, _ database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let statement = try database.statement("INSERT INTO t (a, b) VALUES (?1, ?2)")
        statement.bind(a, at: 1)
        statement.bind(b, at: 2)
        try statement.run()
        return a
    }

    private static func rows(_ connection: SQLiteConnection) async throws -> [Int] {
        try await connection.perform { (database) throws(SQLiteError) in
            try database.statement("SELECT a FROM t ORDER BY a").rows { (row) throws(SQLiteError) in row.int(0) }
        }
    }

    @Test("One that fails takes none of the others with it, and each caller gets its own answer")
    func failure() async throws {
        try await withConnection { connection in
            let answers = await withTaskGroup(of: (Int, Int?).self) { group in
                for number in 0..<300 {
                    group.addTask {
                        // Every seventh breaks the table's rule.
                        let answer = try? await connection.transact { (database) throws(SQLiteError) in
                            try Self.insert(number, number % 7 == 0 ? nil : number, database)
                        }
                        return (number, answer)
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            let kept = (0..<300).filter { $0 % 7 != 0 }
            let rows = try await Self.rows(connection)
            #expect(rows == kept)
            #expect(answers == Dictionary(uniqueKeysWithValues: kept.map { ($0, $0) }))
        }
    }

    @Test("What is posted waits, and comes in its order with what brings it")
    func posted() async throws {
        try await withConnection { connection in
            let ended = Mutex<[Int]>([])
            for number in 0..<5 {
                connection.post { (database) throws(SQLiteError) in
                    _ = try Self.insert(number, number, database)
                } end: { result in
                    ended.withLock { if case .success = result { $0.append(number) } }
                }
            }
            _ = try await connection.transact { (database) throws(SQLiteError) in try Self.insert(10, 0, database) }
            let before = try await Self.rows(connection)
            #expect(before == [10])
            _ = try await connection.transact(bringsPosted: true) { (database) throws(SQLiteError) in
                try Self.insert(11, 0, database)
            }
            let after = try await Self.rows(connection)
            #expect(after == [0, 1, 2, 3, 4, 10, 11])
            #expect(ended.withLock { $0 } == [0, 1, 2, 3, 4])
        }
    }

    @Test("Enough of what is posted goes by itself")
    func manyPosted() async throws {
        try await withConnection { connection in
            let ended = AsyncStream<Int>.makeStream()
            for number in 0..<1_000 {
                connection.post { (database) throws(SQLiteError) in
                    _ = try Self.insert(number, number, database)
                } end: { _ in
                    ended.continuation.yield(number)
                }
            }
            var count = 0
            for await _ in ended.stream {
                count += 1
                if count == 900 { break }
            }
            let rows = try await Self.rows(connection)
            #expect(rows.count >= 900)
        }
    }

    @Test("What is posted to a closed connection is told that it failed")
    func closed() async throws {
        try await withConnection { connection in
            let failed = Mutex(false)
            await connection.close()
            connection.post { (_) throws(SQLiteError) in
            } end: { result in
                if case .failure = result { failed.withLock { $0 = true } }
            }
            await #expect(throws: StoreError.self) {
                try await connection.transact(bringsPosted: true) { (_) throws(SQLiteError) in }
            }
            #expect(failed.withLock { $0 })
        }
    }
}
