import Inventory
import JSON
import Synchronization

/// The change log of a store that is elsewhere: a file of its own in the state directory.
///
/// A batch's changes are noted as pending before it is written there, and become entries of the log after it has been.
/// What is left pending by a crash or a failed write is settled by looking at what the store holds now.
final class ChangeJournal: Sendable {
    private let writer: SQLiteConnection
    private let readers: SQLiteReaders
    private let now: @Sendable () -> Int
    /// Of the last ticket: a number means one batch for as long as the process lives, also when no row has it any more.
    private let lastNumber = Atomic(0)

    /// One, because questions to the log are few.
    private static let readerCount = 1

    /// Pending changes of one batch.
    struct Ticket: Sendable, Equatable {
        var number: Int
        var unit: Unit
    }

    /// The log in the file at `path`, whose directory must exist; `begin` creates it.
    init(path: String, now: @escaping @Sendable () -> Int) {
        let file = SQLiteFile(path: path, schema: .changes)
        writer = SQLiteConnection(file: file, role: .writer)
        readers = SQLiteReaders(file: file, count: Self.readerCount)
        self.now = now
    }

    /// Opens the file; answers what an earlier process left pending.
    func begin() async throws(StoreError) -> [Ticket] {
        let now = now()
        let tickets = try await writer.perform { (database) throws(SQLiteError) in
            try ChangeTable.begin(at: now, in: database)
            let statement = try database.statement("SELECT number, pk FROM batches ORDER BY number")
            return try statement.rows { (row) throws(SQLiteError) in
                guard let unit = ChangeRow.unit(partitionKey: row.text(1)) else {
                    throw .corrupt("a pending change of \(row.text(1)) cannot be read")
                }
                return Ticket(number: row.int(0), unit: unit)
            }
        }
        _ = lastNumber.max(tickets.last?.number ?? 0, ordering: .relaxed)
        return tickets
    }

    /// What a ticket stands for.
    struct Pending: Sendable {
        /// Ids of rows that are created: what else there is to say of them stands in the rows.
        var created: [String]
        /// What else changes.
        var changes: [PendingChange]
    }

    /// Notes what is about to be written.
    func note(_ changes: [PendingChange], unit: Unit, runID: String) async throws(StoreError) -> Ticket {
        // By index, here and below: changes are read where they are, not copied.
        var ids = ByteBuffer(capacity: 64 * changes.count + 16)
        ids.append("[")
        for index in changes.indices where changes[index].kind == .created {
            if ids.count > 1 { ids.append(",") }
            ids.append(quoted: changes[index].id)
        }
        ids.append("]")
        let created = ids.bytes()
        let ticket = Ticket(number: lastNumber.wrappingAdd(1, ordering: .relaxed).newValue, unit: unit)
        try await writer.transact { (database) throws(SQLiteError) in
            let batch = try database.statement("INSERT INTO batches (number, pk, run, created) VALUES (?1, ?2, ?3, ?4)")
            batch.bind(ticket.number, at: 1)
            batch.lend(unit.partitionKey, at: 2)
            batch.lend(runID, at: 3)
            try batch.run(utf8: created, at: 4)
            for index in changes.indices where changes[index].kind != .created {
                try Self.insert(changes[index], ticket, into: database)
            }
        }
        return ticket
    }

    private static func insert(
        _ change: PendingChange, _ ticket: Ticket, into database: SQLiteDatabase
    ) throws(SQLiteError) {
        let statement = try database.statement(
            """
            INSERT INTO pending (batch, kind, sk, resourceType, arn, name, digest, diff)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
        statement.bind(ticket.number, at: 1)
        statement.bind(change.kind.rawValue, at: 2)
        statement.bind(change.id, at: 3)
        statement.bind(change.type, at: 4)
        statement.bind(change.arn, at: 5)
        statement.bind(change.name, at: 6)
        statement.bind(change.digest?.description, at: 7)
        statement.bind(change.diff.map { String(decoding: $0, as: UTF8.self) }, at: 8)
        try statement.run()
    }

    /// What a ticket stands for; nothing when it is settled.
    func pending(_ ticket: Ticket) async throws(StoreError) -> Pending {
        try await writer.perform { (database) throws(SQLiteError) in
            let batch = try database.statement("SELECT created FROM batches WHERE number = ?1")
            batch.bind(ticket.number, at: 1)
            let lists = try batch.rows { (row) throws(SQLiteError) in row.bytes(0) }
            let created = lists.first.flatMap { try? JSONValue.parse($0).strings }
            return Pending(created: created ?? [], changes: try Self.read(ticket, in: database))
        }
    }

    /// Makes entries of the changes that have happened and forgets the ticket, in one transaction. Settling a ticket again
    /// does nothing.
    func settle(_ ticket: Ticket, happened: [PendingChange]) async throws(StoreError) {
        try await writer.transact(bringsPosted: true, settlement(ticket, happened))
    }

    /// The same without waiting: together with others, at the latest when `settled` is called. `end` is told what became of
    /// it.
    func settleSoon(
        _ ticket: Ticket, happened: [PendingChange], end: @escaping @Sendable (Result<Void, StoreError>) -> Void
    ) {
        writer.post(settlement(ticket, happened), end: end)
    }

    /// Returns when everything that is to be settled soon has been.
    func settled() async throws(StoreError) {
        try await writer.transact(bringsPosted: true) { (_) throws(SQLiteError) in }
    }

    private func settlement(
        _ ticket: Ticket, _ happened: [PendingChange]
    ) -> @Sendable (SQLiteDatabase) throws(SQLiteError) -> Void {
        let now = now()
        return { (database) throws(SQLiteError) in
            let run = try database.statement("SELECT run FROM batches WHERE number = ?1")
            run.bind(ticket.number, at: 1)
            guard let runID = try run.rows({ (row) throws(SQLiteError) in row.text(0) }).first else { return }
            var rows = try ChangeRowWriter(database: database, unit: ticket.unit, runID: runID, now: now)
            try Self.append(happened, to: &rows)
            for sql in ["DELETE FROM pending WHERE batch = ?1", "DELETE FROM batches WHERE number = ?1"] {
                let forget = try database.statement(sql)
                forget.bind(ticket.number, at: 1)
                try forget.run()
            }
        }
    }

    private static func append(
        _ changes: [PendingChange], to rows: inout ChangeRowWriter
    ) throws(SQLiteError) {
        var index = 0
        while index < changes.count {
            let end = index + ChangeRowWriter.several
            if end <= changes.count, (index..<end).allSatisfy({ changes[$0].kind == .created }) {
                try rows.appendCreated(changes, from: index)
                index = end
                continue
            }
            try rows.append(
                changes[index].kind, id: changes[index].id, type: changes[index].type, arn: changes[index].arn,
                name: changes[index].name, diff: changes[index].diff)
            index += 1
        }
    }

    private static func read(
        _ ticket: Ticket, in database: SQLiteDatabase
    ) throws(SQLiteError) -> [PendingChange] {
        let statement = try database.statement(
            """
            SELECT kind, sk, resourceType, arn, name, digest, diff FROM pending WHERE batch = ?1 ORDER BY id
            """)
        statement.bind(ticket.number, at: 1)
        return try statement.rows { (row) throws(SQLiteError) in
            guard let kind = ChangeKind(rawValue: row.text(0)) else {
                throw .corrupt("a pending change of \(ticket.unit) cannot be read")
            }
            return PendingChange(
                kind: kind, id: row.text(1), type: row.text(2), arn: row.optionalText(3), name: row.optionalText(4),
                digest: row.optionalText(5).flatMap { Digest($0) }, diff: row.isNull(6) ? nil : row.bytes(6))
        }
    }

    /// Reads from one state of the file, in which everything that is to be settled soon has been.
    func read<Answer: Sendable>(
        _ body: @Sendable (SQLiteDatabase) throws(SQLiteError) -> Answer
    ) async throws(StoreError) -> Answer {
        // What cannot be settled stays pending, and the entries that are there can be read.
        do throws(StoreError) { try await settled() } catch let failure { _ = failure }
        return try await readers.read { (database) throws(SQLiteError) in
            try database.snapshot { () throws(SQLiteError) in try body(database) }
        }
    }

    /// Forgets a chunk of entries before `time`; answers how many.
    func prune(before time: Int) async throws(StoreError) -> Int {
        try await writer.perform { (database) throws(SQLiteError) in
            try database.transaction { () throws(SQLiteError) in try ChangeTable.prune(before: time, in: database) }
        }
    }

    func close() async {
        await readers.close()
        await writer.close()
    }
}

extension SQLiteSchema {
    /// The change log of a store that is elsewhere.
    static let changes = SQLiteSchema(
        name: "a change log",
        applicationID: 0x6943_484C,
        pageSizeInBytes: 8_192,
        migrations: [
            ChangeSchema.changes + """
                CREATE TABLE batches (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    pk TEXT NOT NULL,
                    run TEXT NOT NULL,
                    created TEXT NOT NULL
                ) STRICT;
                CREATE TABLE pending (
                    id INTEGER PRIMARY KEY,
                    batch INTEGER NOT NULL,
                    kind TEXT NOT NULL,
                    sk TEXT NOT NULL,
                    resourceType TEXT NOT NULL,
                    arn TEXT,
                    name TEXT,
                    digest TEXT,
                    diff TEXT
                ) STRICT;
                CREATE INDEX pending_batch ON pending (batch);
                """,
            // Without AUTOINCREMENT, which writes a page more with every batch: the process counts.
            """
            ALTER TABLE batches RENAME TO counted;
            CREATE TABLE batches (
                number INTEGER PRIMARY KEY,
                pk TEXT NOT NULL,
                run TEXT NOT NULL,
                created TEXT NOT NULL
            ) STRICT;
            INSERT INTO batches SELECT number, pk, run, created FROM counted;
            DROP TABLE counted;
            """,
        ])
}
