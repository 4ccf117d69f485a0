import Inventory

/// The distributed engine's history: what this collector wrote, in a file beside its other state.
extension DynamoDBStore: ChangeLog {
    package func changes(
        _ filter: ChangeFilter, from position: ChangePosition, limit: Int
    ) async throws(ChangeLogError) -> ChangePage {
        precondition(limit > 0, "a page holds at least one change")
        let result: Result<ChangePage, ChangeLogError> = try await ask { (database) throws(SQLiteError) in
            try ChangeTable.page(filter, from: position, limit: limit, in: database)
        }
        return try result.get()
    }

    package func history(of id: String) async throws(ChangeLogError) -> [Change] {
        try await ask { (database) throws(SQLiteError) in
            try ChangeTable.history(of: id, alsoIn: nil, database: database)
        }
    }

    /// Never answers: only the embedded engine can tell the past.
    package func list(
        _ filter: ResourceFilter, at time: Int, after cursor: String?, limit: Int
    ) async throws(ChangeLogError) -> ResourcePage { throw Self.noPast }

    /// Never answers: only the embedded engine can tell the past.
    package func get(_ id: String, at time: Int) async throws(ChangeLogError) -> [ResourceRecord] { throw Self.noPast }

    package func pruneChanges(before time: Int) async throws(StoreError) -> Int {
        guard let recorded else { return 0 }
        try await recorded.settled()
        await recorded.settleOpen()
        var total = 0
        while true {
            let count = try await recorded.journal.prune(before: time)
            if count == 0 { return total }
            total += count
        }
    }

    private static let noPast = ChangeLogError.unsupported(
        "a DynamoDB store does not keep what resources were like before; the embedded store (Type=sqlite) does")

    private func ask<Answer: Sendable>(
        _ body: @Sendable (SQLiteDatabase) throws(SQLiteError) -> Answer
    ) async throws(ChangeLogError) -> Answer {
        guard let recorded else { throw .unsupported("this store was opened without a change log") }
        do throws(StoreError) {
            return try await recorded.journal.read(body)
        } catch {
            throw .store(error)
        }
    }
}
