import Inventory

/// The embedded engine's history: in the inventory's own file and transactions.
extension SQLiteStore: ChangeLog {
    package func changes(
        _ filter: ChangeFilter, from position: ChangePosition, limit: Int
    ) async throws(ChangeLogError) -> ChangePage {
        precondition(limit > 0, "a page holds at least one change")
        return try await ask { (database) throws(SQLiteError) in
            try ChangeTable.page(filter, from: position, limit: limit, in: database)
        }
    }

    package func history(of id: String) async throws(ChangeLogError) -> [Change] {
        try await ask { (database) throws(SQLiteError) in
            .success(
                try ChangeTable.history(
                    of: id, alsoIn: "SELECT pk, sk FROM inventory WHERE ?1 IN (sk, arn, name)", database: database))
        }
    }

    package func list(
        _ filter: ResourceFilter, at time: Int, after cursor: String?, limit: Int
    ) async throws(ChangeLogError) -> ResourcePage {
        precondition(limit > 0, "a page holds at least one resource")
        let query: PastListQuery
        do throws(StoreError) {
            query = try PastListQuery(filter, at: time, after: cursor)
        } catch {
            throw .store(error)
        }
        return try await ask(at: time) { (database) throws(SQLiteError) in
            try query.page(limit: limit, in: database)
        }
    }

    package func get(_ id: String, at time: Int) async throws(ChangeLogError) -> [ResourceRecord] {
        try await ask(at: time) { (database) throws(SQLiteError) in
            try PastListQuery.records(of: id, at: time, limit: Self.getLimit, in: database)
        }
    }

    package func pruneChanges(before time: Int) async throws(StoreError) -> Int {
        var total = 0
        while true {
            let (entries, rows) = try await writer.perform { (database) throws(SQLiteError) in
                try database.transaction { () throws(SQLiteError) in
                    let entries = try ChangeTable.prune(before: time, in: database)
                    return (entries, try PastRowWriter.prune(before: time, chunk: Self.purgeChunk, in: database))
                }
            }
            total += entries
            if entries == 0, rows == 0 { return total }
        }
    }

    /// Reads from one state of the file how it was at `time`, if history reaches so far.
    private func ask<Answer: Sendable>(
        at time: Int, _ body: @Sendable (SQLiteDatabase) throws(SQLiteError) -> Answer
    ) async throws(ChangeLogError) -> Answer {
        try await ask { (database) throws(SQLiteError) in
            let since = try ChangeTable.bounds(in: database).since
            guard time >= since else { return .failure(.before(since: since)) }
            return .success(try body(database))
        }
    }

    /// Reads from one state of the file.
    private func ask<Answer: Sendable>(
        _ body: @Sendable (SQLiteDatabase) throws(SQLiteError) -> Result<Answer, ChangeLogError>
    ) async throws(ChangeLogError) -> Answer {
        let result: Result<Answer, ChangeLogError>
        do throws(StoreError) {
            result = try await readers.read { (database) throws(SQLiteError) in
                try database.snapshot { () throws(SQLiteError) in try body(database) }
            }
        } catch {
            throw .store(error)
        }
        return try result.get()
    }
}
