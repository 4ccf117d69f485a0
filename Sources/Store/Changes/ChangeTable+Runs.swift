import Inventory

/// What a run has done, by the table `changes`.
extension ChangeTable {
    /// Entries looked at in one read: tens of milliseconds, and as many listings at most.
    static let runChunk = 50_000

    /// - Parameters:
    ///   - time: when the run began; nothing older is looked at.
    ///   - position: where the chunk before ended.
    static func changes(
        of run: String, since time: Int, after position: Int?, limit: Int = runChunk, in database: SQLiteDatabase
    ) throws(SQLiteError) -> RunChanges {
        let start: Int
        if let position { start = position } else { start = try last(before: time, in: database) }
        let newest = try bounds(in: database).newest
        let end = min(start + limit, newest)
        let statement = try database.statement(
            """
            SELECT pk, resourceType, kind, count(*) FROM changes
            WHERE sequence > ?1 AND sequence <= ?2 AND run = ?3 GROUP BY pk, resourceType, kind
            """)
        statement.bind(start, at: 1)
        statement.bind(end, at: 2)
        statement.bind(run, at: 3)
        defer { statement.reset() }
        var changes = RunChanges(position: end, isLast: end >= newest)
        while try statement.step() {
            guard let unit = ChangeRow.unit(partitionKey: statement.text(0)) else { continue }
            let listing = Listing(type: statement.text(1), scope: unit.scope)
            switch ChangeKind(rawValue: statement.text(2)) {
            case .created: changes.counts[listing, default: ChangeCounts()].created += statement.int(3)
            case .updated: changes.counts[listing, default: ChangeCounts()].updated += statement.int(3)
            case .deleted: changes.counts[listing, default: ChangeCounts()].deleted += statement.int(3)
            case nil: continue
            }
        }
        return changes
    }
}

extension SQLiteStore {
    package func changes(
        of run: String, since time: Int, after position: Int?
    ) async throws(StoreError) -> RunChanges? {
        try await readers.read { (database) throws(SQLiteError) in
            try database.snapshot { () throws(SQLiteError) in
                try ChangeTable.changes(of: run, since: time, after: position, in: database)
            }
        }
    }
}

extension DynamoDBStore {
    package func changes(
        of run: String, since time: Int, after position: Int?
    ) async throws(StoreError) -> RunChanges? {
        try await recorded?.journal.read { (database) throws(SQLiteError) in
            try ChangeTable.changes(of: run, since: time, after: position, in: database)
        }
    }
}
