import Inventory

/// A database handle with a thread of its own, so that SQLite's blocking calls never hold up Swift's shared threads.
///
/// Opens the file at the first call. Calls run one after another in the order they came.
actor SQLiteConnection {
    enum Role: Sendable { case writer, reader }

    private let file: SQLiteFile
    private let role: Role
    private let executor: BlockingExecutor
    private let shared = SharedTransactions()
    private var database: SQLiteDatabase?
    private var isClosed = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(file: SQLiteFile, role: Role) {
        self.file = file
        self.role = role
        executor = BlockingExecutor(label: "sqlite.\(role)")
    }

    /// Runs `body` on the connection's thread. Not interrupted once begun: made for transactions, which are short.
    func perform<Result: Sendable>(
        _ body: @Sendable (SQLiteDatabase) throws(SQLiteError) -> Result
    ) throws(StoreError) -> Result {
        if Task.isCancelled { throw .cancelled }
        let database = try open()
        do { return try body(database) } catch { throw error.storeError(path: file.path) }
    }

    /// Runs `body` in a transaction, which it shares with others that wait for the connection at the time; returns when
    /// that is committed. `body` may be run a second time, when one of the others fails.
    ///
    /// - Parameter bringsPosted: everything that was posted before is made before it.
    nonisolated func transact<Result: Sendable>(
        bringsPosted: Bool = false, _ body: @escaping @Sendable (SQLiteDatabase) throws(SQLiteError) -> Result
    ) async throws(StoreError) -> Result {
        if Task.isCancelled { throw .cancelled }
        let result: Swift.Result<Result, StoreError> = await withCheckedContinuation { continuation in
            let member = SharedTransactions.Member(body) { continuation.resume(returning: $0) }
            if shared.add(member, bringsPosted: bringsPosted) { startSharing() }
        }
        return try result.get()
    }

    /// The same for what nobody waits for: when some have been posted, or with a `transact` that brings them. `end` is told
    /// what became of it.
    nonisolated func post(
        _ body: @escaping @Sendable (SQLiteDatabase) throws(SQLiteError) -> Void,
        end: @escaping @Sendable (Result<Void, StoreError>) -> Void
    ) {
        if shared.post(SharedTransactions.Member(body, end: end)) { startSharing() }
    }

    private nonisolated func startSharing() {
        // Unstructured: the transaction is for all who wait, so it must not end with the one that began it.
        Task { await share() }
    }

    private func share() {
        let members = shared.take()
        do throws(StoreError) {
            shared.run(members, in: try open(), path: file.path)
        } catch {
            for member in members { member.fail(error) }
        }
        // Others who wait for the connection come in between.
        if shared.isLeft() { startSharing() }
    }

    /// Runs `body`, which only reads, and gives up at once when the task is cancelled.
    nonisolated func read<Result: Sendable>(
        _ body: @Sendable (SQLiteDatabase) throws(SQLiteError) -> Result
    ) async throws(StoreError) -> Result {
        let interrupter = SQLiteInterrupter()
        let result: Swift.Result<Result, StoreError> = await withTaskCancellationHandler {
            do throws(StoreError) {
                return .success(
                    try await perform { (database) throws(SQLiteError) in
                        try database.interruptible(by: interrupter) { () throws(SQLiteError) in try body(database) }
                    })
            } catch {
                return .failure(error)
            }
        } onCancel: {
            interrupter.interrupt()
        }
        return try result.get()
    }

    /// Releases the handle; the last connection of a file also empties its log. Later calls fail.
    func close() {
        isClosed = true
        database = nil
    }

    private func open() throws(StoreError) -> SQLiteDatabase {
        if let database { return database }
        guard !isClosed else { throw .unavailable("\(file.path): the store is closed") }
        let opened = role == .writer ? try file.openWriter() : try file.openReader()
        database = opened
        return opened
    }
}
