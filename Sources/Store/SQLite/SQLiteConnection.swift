import Inventory

/// A database handle with a thread of its own, so that SQLite's blocking calls never hold up Swift's shared threads.
///
/// Opens the file at the first call. Calls run one after another in the order they came.
actor SQLiteConnection {
    enum Role: Sendable { case writer, reader }

    private let file: SQLiteFile
    private let role: Role
    private let executor: BlockingExecutor
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
