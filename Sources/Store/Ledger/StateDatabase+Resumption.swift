import Inventory

/// What a run needs to go on in another process.
extension StateDatabase {
    package func results(
        run: String, after last: Listing?, limit: Int
    ) async throws(StoreError) -> [PlannedListing] {
        try await read { (database) throws(SQLiteError) in
            guard let number = try Self.find(run, in: database) else { return [] }
            return try ListingRow.read(run: number, after: last, limit: max(limit, 0), from: database)
        }
    }

    package func results(run: String, of listings: [Listing]) async throws(StoreError) -> [PlannedListing] {
        try await read { (database) throws(SQLiteError) in
            guard let number = try Self.find(run, in: database) else { return [] }
            return try ListingRow.read(listings, run: number, from: database)
        }
    }

    package func openRuns() async throws(StoreError) -> [OpenRun] {
        let boot = boot
        return try await read { (database) throws(SQLiteError) in
            let boots = try database.statement("SELECT number, boot FROM runs WHERE state = ?1")
            boots.bind(RunState.running.rawValue, at: 1)
            let written = try boots.rows { (row) throws(SQLiteError) in (row.int(0), row.optionalText(1)) }
            let bootOf = Dictionary(written) { first, _ in first }
            let open = try database.statement(
                "SELECT \(RunRow.columns) FROM runs WHERE state = ?1 ORDER BY startedAt, number")
            open.bind(RunState.running.rawValue, at: 1)
            var runs: [OpenRun] = []
            for (number, record) in try open.rows({ (row) throws(SQLiteError) in try RunRow.record(row) }) {
                var run = record
                try ListingRow.summarize(&run, number: number, from: database)
                runs.append(
                    OpenRun(
                        record: run, services: try ListingRow.shares(run: number, from: database),
                        isAfterReboot: bootOf[number] != boot))
            }
            return runs
        }
    }

    package func reopen(_ listings: [Listing], run: String) async throws(StoreError) {
        if listings.isEmpty { return }
        try await commit(durably: false) { (database) throws(SQLiteError) in
            let number = try Self.number(of: run, in: database)
            try ListingRow.reopen(listings, run: number, in: database)
        }
    }

    package func trust(run: String) async throws(StoreError) {
        // Durable: the listings that were taken back must not come back without the note that they count again.
        try await commit(durably: true) { (database) throws(SQLiteError) in
            try mark(try Self.number(of: run, in: database), in: database)
        }
    }

    package func remains(of listing: Listing, run: String) async throws(StoreError) -> ListingRemains {
        try await read { (database) throws(SQLiteError) in
            guard let number = try Self.find(run, in: database) else { return ListingRemains() }
            return ListingRemains(
                checkpoint: try CheckpointRow.read(listing, run: number, from: database),
                parent: try ParentRow.read(listing, run: number, from: database))
        }
    }

    package func interrupt(_ run: String, now: Int) async throws(StoreError) -> RunRecord {
        try await commit(durably: true) { (database) throws(SQLiteError) in
            let number = try Self.number(of: run, in: database)
            let statement = try database.statement("SELECT \(RunRow.columns) FROM runs WHERE number = ?1")
            statement.bind(number, at: 1)
            let rows = try statement.rows { (row) throws(SQLiteError) in try RunRow.record(row).run }
            guard var record = rows.first else { throw .corrupt("there is no run \(run)") }
            _ = try ListingRow.interrupt(run: number, in: database)
            try ListingRow.summarize(&record, number: number, from: database)
            try CheckpointRow.forget(run: number, in: database)
            try ParentRow.forget(run: number, in: database)
            record.state = .interrupted
            record.finishedAt = now
            _ = try RunRow.write(record, to: database)
            return record
        }
    }
}
