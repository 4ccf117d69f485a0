import Inventory
import Synchronization

/// The run ledger in `state.db`: what was planned, how it ended, where the schedules stand.
///
/// What must outlive a power failure (a run's begin and end, schedule positions) is flushed to the disk before the call
/// returns; results are safe from a crash of the process at once and reach the disk with the next flush.
package final class StateDatabase: RunLedger {
    private let writer: SQLiteConnection
    private let readers: SQLiteReaders
    /// Which start of the machine this is.
    let boot: String
    /// Set once the writer has opened the file: a reader cannot create it.
    private let isPrepared = Atomic(false)

    /// One, because status calls are short and few.
    private static let readerCount = 1

    /// The ledger in `directory`, which must exist; the file is created at the first call.
    ///
    /// - Parameter boot: differs after each start of the machine, so that what a power failure took is not relied on.
    package init(directory: String, boot: String = MachineStart.id) {
        self.boot = boot
        let file = SQLiteFile(path: "\(directory)/state.db", schema: .state)
        writer = SQLiteConnection(file: file, role: .writer)
        readers = SQLiteReaders(file: file, count: Self.readerCount)
    }

    /// Creates or migrates the file, so that a wrong directory or a newer schema shows itself at start.
    package func prepare() async throws(StoreError) {
        try await writer.perform { (_) throws(SQLiteError) in }
        isPrepared.store(true, ordering: .relaxed)
    }

    package func begin(_ run: RunRecord, plan: [Listing]) async throws(StoreError) {
        try await commit(durably: true) { (database) throws(SQLiteError) in
            let number = try begin(run, in: database)
            _ = try ListingRow.plan(plan, run: number, in: database)
        }
    }

    package func begin(_ run: RunRecord, schedule: String, at instant: Int) async throws(StoreError) {
        try await commit(durably: true) { (database) throws(SQLiteError) in
            _ = try begin(run, in: database)
            try Self.move(schedule, to: instant, in: database)
        }
    }

    package func extend(run: String, plan: [Listing]) async throws(StoreError) {
        try await commit(durably: false) { (database) throws(SQLiteError) in
            let number = try Self.number(of: run, in: database)
            try Self.add(ListingRow.plan(plan, run: number, in: database), toPlanOf: number, in: database)
        }
    }

    package func record(
        _ results: [ListingResult], checkpoints: [ListingCheckpoint], parents: [ParentPage], run: String
    ) async throws(StoreError) {
        if results.isEmpty, checkpoints.isEmpty, parents.isEmpty { return }
        try await commit(durably: false) { (database) throws(SQLiteError) in
            let number = try Self.number(of: run, in: database)
            try CheckpointRow.add(checkpoints, run: number, to: database)
            try ParentRow.add(parents, run: number, to: database)
            try CheckpointRow.forget(results.map(\.listing), run: number, in: database)
            try Self.add(ListingRow.record(results, run: number, in: database), toPlanOf: number, in: database)
            try ParentRow.forgetDone(results.map(\.listing), run: number, in: database)
        }
    }

    package func finish(_ run: RunRecord) async throws(StoreError) -> RunRecord {
        try await commit(durably: true) { (database) throws(SQLiteError) in
            let number = try Self.number(of: run.id, in: database)
            var run = run
            let open = try ListingRow.interrupt(run: number, in: database)
            if open > 0, run.state == .succeeded { run.state = .partial }
            try ListingRow.summarize(&run, number: number, from: database)
            try CheckpointRow.forget(run: number, in: database)
            try ParentRow.forget(run: number, in: database)
            _ = try RunRow.write(run, to: database)
            return run
        }
    }

    package func runs(limit: Int) async throws(StoreError) -> [RunRecord] {
        try await read { (database) throws(SQLiteError) in
            let statement = try database.statement(
                "SELECT \(RunRow.columns) FROM runs ORDER BY startedAt DESC, number DESC LIMIT ?1")
            statement.bind(max(limit, 0), at: 1)
            return try statement.rows { (row) throws(SQLiteError) in try RunRow.record(row).run }
        }
    }

    package func run(_ id: String) async throws(StoreError) -> RunRecord? {
        try await read { (database) throws(SQLiteError) in
            let statement = try database.statement("SELECT \(RunRow.columns) FROM runs WHERE id = ?1")
            statement.bind(id, at: 1)
            return try Self.runs(of: statement, in: database).first
        }
    }

    package func schedulePosition(_ schedule: String) async throws(StoreError) -> Int? {
        try await read { (database) throws(SQLiteError) in
            let statement = try database.statement("SELECT position FROM schedules WHERE name = ?1")
            statement.bind(schedule, at: 1)
            return try statement.rows { (row) throws(SQLiteError) in row.int(0) }.first
        }
    }

    package func setSchedulePosition(_ schedule: String, to instant: Int) async throws(StoreError) {
        try await commit(durably: true) { (database) throws(SQLiteError) in
            try Self.move(schedule, to: instant, in: database)
        }
    }

    package func prune(before instant: Int) async throws(StoreError) {
        let old = try await read { (database) throws(SQLiteError) in
            let statement = try database.statement(
                """
                SELECT number FROM runs WHERE finishedAt < ?1
                    AND number <> (SELECT number FROM runs ORDER BY startedAt DESC, number DESC LIMIT 1)
                """)
            statement.bind(instant, at: 1)
            return try statement.rows { (row) throws(SQLiteError) in row.int(0) }
        }
        // One run a transaction, so that results of the run under way need not wait for all of them.
        for number in old {
            try await commit(durably: false) { (database) throws(SQLiteError) in
                try Self.forgetListings(of: number, in: database)
                let statement = try database.statement("DELETE FROM runs WHERE number = ?1")
                statement.bind(number, at: 1)
                try statement.run()
            }
        }
    }

    package func close() async {
        await readers.close()
        await writer.close()
    }
}

extension StateDatabase {
    func commit<Result: Sendable>(
        durably: Bool, _ body: @Sendable (SQLiteDatabase) throws(SQLiteError) -> Result
    ) async throws(StoreError) -> Result {
        try await writer.perform { (database) throws(SQLiteError) in
            // In WAL mode FULL flushes the log at the commit, with everything that came before.
            try database.execute("PRAGMA synchronous = \(durably ? "FULL" : "NORMAL")")
            return try database.transaction { () throws(SQLiteError) in try body(database) }
        }
    }

    /// Reads from one state of the file, created first where needed.
    func read<Result: Sendable>(
        _ body: @Sendable (SQLiteDatabase) throws(SQLiteError) -> Result
    ) async throws(StoreError) -> Result {
        if !isPrepared.load(ordering: .relaxed) { try await prepare() }
        return try await readers.read { (database) throws(SQLiteError) in
            try database.snapshot { () throws(SQLiteError) in try body(database) }
        }
    }

    static func find(_ run: String, in database: SQLiteDatabase) throws(SQLiteError) -> Int? {
        let statement = try database.statement("SELECT number FROM runs WHERE id = ?1")
        statement.bind(run, at: 1)
        return try statement.rows { (row) throws(SQLiteError) in row.int(0) }.first
    }

    static func number(of run: String, in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        guard let number = try find(run, in: database) else { throw .corrupt("there is no run \(run)") }
        return number
    }

    private func begin(_ run: RunRecord, in database: SQLiteDatabase) throws(SQLiteError) -> Int {
        let number = try RunRow.write(run, to: database)
        try mark(number, in: database)
        try Self.forgetListings(of: number, in: database)
        return number
    }

    /// Notes that what is written for the run is written in this start of the machine.
    func mark(_ number: Int, in database: SQLiteDatabase) throws(SQLiteError) {
        let statement = try database.statement("UPDATE runs SET boot = ?2 WHERE number = ?1")
        statement.bind(number, at: 1)
        statement.bind(boot, at: 2)
        try statement.run()
    }

    private static func move(
        _ schedule: String, to instant: Int, in database: SQLiteDatabase
    ) throws(SQLiteError) {
        let statement = try database.statement("INSERT OR REPLACE INTO schedules (name, position) VALUES (?1, ?2)")
        statement.bind(schedule, at: 1)
        statement.bind(instant, at: 2)
        try statement.run()
    }

    private static func add(_ count: Int, toPlanOf number: Int, in database: SQLiteDatabase) throws(SQLiteError) {
        if count == 0 { return }
        let statement = try database.statement("UPDATE runs SET planned = planned + ?2 WHERE number = ?1")
        statement.bind(number, at: 1)
        statement.bind(count, at: 2)
        try statement.run()
    }

    private static func forgetListings(of number: Int, in database: SQLiteDatabase) throws(SQLiteError) {
        try CheckpointRow.forget(run: number, in: database)
        try ParentRow.forget(run: number, in: database)
        let statement = try database.statement("DELETE FROM listings WHERE run = ?1")
        statement.bind(number, at: 1)
        try statement.run()
    }

    /// A run under way is told as its listings stand, a finished one as it was recorded.
    static func runs(
        of statement: SQLiteStatement, in database: SQLiteDatabase
    ) throws(SQLiteError) -> [RunRecord] {
        var runs: [RunRecord] = []
        for (number, record) in try statement.rows({ (row) throws(SQLiteError) in try RunRow.record(row) }) {
            var run = record
            if run.state == .running { try ListingRow.summarize(&run, number: number, from: database) }
            runs.append(run)
        }
        return runs
    }
}
