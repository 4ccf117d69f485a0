import Glibc
import Inventory

/// The embedded engine: one SQLite file, one writing connection, a few reading ones that are never blocked.
///
/// A batch is within one transaction. `get` by ARN or name reads every row (about a second for 300,000).
package final class SQLiteStore: InventoryStore {
    let writer: SQLiteConnection
    let readers: SQLiteReaders
    let now: @Sendable () -> Int
    package let changeSignal = ChangeSignal()

    /// Enough for the control socket, the engine's unit indexes and one long export at a time; each may cache 4 MiB.
    private static let readerCount = 3

    /// Rows removed in one transaction of a purge, so that writers wait milliseconds.
    static let purgeChunk = 1_000

    /// A store in the file at `path`, which `prepare` creates when there is none; its directory must exist.
    /// `now` gives seconds since the epoch.
    package init(path: String, now: @escaping @Sendable () -> Int = { time(nil) }) {
        let file = SQLiteFile(path: path, schema: .inventory)
        self.now = now
        writer = SQLiteConnection(file: file, role: .writer)
        readers = SQLiteReaders(file: file, count: Self.readerCount)
    }

    package func prepare() async throws(StoreError) {
        let now = now()
        try await writer.perform { (database) throws(SQLiteError) in try ChangeTable.begin(at: now, in: database) }
    }

    package func index(of unit: Unit) async throws(StoreError) -> StoredIndex {
        try await readers.read { (database) throws(SQLiteError) in
            let statement = try database.statement(
                "SELECT sk, resourceType, digest, ttl, createdAt, tags <> '{}' FROM inventory WHERE pk = ?1")
            statement.bind(unit.partitionKey, at: 1)
            defer { statement.reset() }
            var index = StoredIndex()
            var times = TimeReader()
            var type = RepeatedText()
            while try statement.step() {
                let ttl = statement.int(3)
                _ = statement.withText(1) { type.read($0) }
                let digest = statement.withText(2) { HexDigits.digest($0) }
                let createdAt = statement.withText(4) { times.seconds($0) }
                let hasTags = statement.int(5) != 0
                statement.withText(0) { key in
                    index.add(
                        key: key, type: type.text, digest: digest, ttl: ttl,
                        createdAt: createdAt ?? ttl - ResourceRecord.lifetimeInSeconds, hasTags: hasTags)
                }
            }
            return index
        }
    }

    package func write(_ batch: WriteBatch) async throws(StoreError) {
        if batch.isEmpty { return }
        try RecordRules.check(batch)
        let now = now()
        let hasChanges = try await writer.transact { (database) throws(SQLiteError) in
            var rows = try RecordedRowWriter(database: database, batch: batch, now: now)
            for record in batch.puts { try rows.put(record) }
            for record in batch.renewals { try rows.put(record) }
            for touch in batch.touches { try rows.touch(touch) }
            for id in batch.deletes { try rows.delete(id) }
            return rows.hasChanges
        }
        if hasChanges { changeSignal.raise() }
    }

    package func publish(_ metadata: UnitMetadata) async throws(StoreError) {
        try await writer.transact { (database) throws(SQLiteError) in try MetadataRow.write(metadata, to: database) }
    }

    package func metadata(service: String?) async throws(StoreError) -> [UnitMetadata] {
        try await readers.read { (database) throws(SQLiteError) in
            try MetadataRow.read(service: service, from: database)
        }.sorted { $0.unit < $1.unit }
    }

    package func metadata(of unit: Unit) async throws(StoreError) -> UnitMetadata? {
        try await readers.read { (database) throws(SQLiteError) in try MetadataRow.read(unit: unit, from: database) }
    }

    package func list(
        _ filter: ResourceFilter, after cursor: String?, limit: Int
    ) async throws(StoreError) -> ResourcePage {
        precondition(limit > 0, "a page holds at least one resource")
        let query = try ListQuery(filter, after: cursor)
        let now = now()
        let records = try await readers.read { (database) throws(SQLiteError) in
            try query.run(on: database, now: now, limit: limit + 1)
        }
        guard records.count > limit else { return ResourcePage(records: records, cursor: nil) }
        let page = Array(records.prefix(limit))
        return ResourcePage(records: page, cursor: page.last.map { ListCursor(of: $0).text })
    }

    package func get(_ id: String) async throws(StoreError) -> [ResourceRecord] {
        let now = now()
        return try await readers.read { (database) throws(SQLiteError) in
            let statement = try database.statement(
                "SELECT \(InventoryRow.columns) FROM inventory WHERE (sk = ?1 OR arn = ?1 OR name = ?1) AND ttl > ?2 "
                    + "ORDER BY pk, sk LIMIT \(Self.getLimit)")
            statement.bind(id, at: 1)
            statement.bind(now, at: 2)
            return try statement.rows { (row) throws(SQLiteError) in try InventoryRow.record(row) }
        }
    }

    /// A name such as `default` may be that of very many resources; nobody reads more than this.
    static let getLimit = 1_000

    package func purgeExpired(now: Int) async throws(StoreError) -> Int {
        var total = 0
        while true {
            let removed = try await writer.perform { (database) throws(SQLiteError) in
                try database.transaction { () throws(SQLiteError) in
                    try PastRowWriter.expire(now: now, chunk: Self.purgeChunk, in: database)
                }
            }
            total += removed
            if removed < Self.purgeChunk { return total }
        }
    }

    /// A checkpoint flushes the write-ahead log before it moves anything (https://www.sqlite.org/wal.html#performance_considerations).
    package func flush() async throws(StoreError) {
        try await writer.perform { (database) throws(SQLiteError) in
            _ = try database.integer("PRAGMA wal_checkpoint(PASSIVE)")
        }
    }

    package func close() async {
        changeSignal.close()
        await readers.close()
        await writer.close()
    }
}
