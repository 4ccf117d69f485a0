import Inventory
import Synchronization

/// A few reading connections, so that a long scan holds up neither writers nor every other reader.
final class SQLiteReaders: Sendable {
    private let connections: [SQLiteConnection]
    /// Calls each connection has under way or waiting.
    private let load: Mutex<[Int]>

    init(file: SQLiteFile, count: Int) {
        connections = (0..<count).map { _ in SQLiteConnection(file: file, role: .reader) }
        load = Mutex(Array(repeating: 0, count: count))
    }

    /// Runs `body` on the least busy connection; ends early when the task is cancelled.
    func read<Result: Sendable>(
        _ body: @Sendable (SQLiteDatabase) throws(SQLiteError) -> Result
    ) async throws(StoreError) -> Result {
        let chosen = load.withLock { load in
            let index = load.indices.min { load[$0] < load[$1] } ?? 0
            load[index] += 1
            return index
        }
        defer { load.withLock { $0[chosen] -= 1 } }
        return try await connections[chosen].read(body)
    }

    func close() async {
        for connection in connections { await connection.close() }
    }
}
