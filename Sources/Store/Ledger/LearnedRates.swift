import AWS
import Inventory

/// The request limits that throttles have taught, kept between processes.
extension StateDatabase {
    /// Rates are kept in thousandths of a call a second.
    static let ratesMigration = """
        CREATE TABLE rates (
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            service TEXT NOT NULL,
            action TEXT NOT NULL,
            milliRate INTEGER NOT NULL,
            throttledAt INTEGER NOT NULL,
            notedAt INTEGER NOT NULL,
            PRIMARY KEY (account, region, service, action)
        ) STRICT, WITHOUT ROWID;
        """

    /// What `keep` was given last.
    package func learnedRates() async throws(StoreError) -> [LearnedRate] {
        try await read { (database) throws(SQLiteError) in
            let statement = try database.statement(
                "SELECT account, region, service, action, milliRate, throttledAt, notedAt FROM rates")
            return try statement.rows { (row) throws(SQLiteError) in
                let key = RateKey(account: row.text(0), region: row.text(1), service: row.text(2), action: row.text(3))
                return LearnedRate(
                    key: key, rate: Double(row.int(4)) / 1000, throttledAt: row.int(5), notedAt: row.int(6))
            }
        }
    }

    /// Replaces what was kept before. A power failure may bring that back, which only costs learning anew.
    package func keep(_ rates: [LearnedRate]) async throws(StoreError) {
        try await commit(durably: false) { (database) throws(SQLiteError) in
            try database.execute("DELETE FROM rates")
            let statement = try database.statement("INSERT INTO rates VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
            for rate in rates {
                statement.bind(texts: [rate.key.account, rate.key.region, rate.key.service, rate.key.action])
                statement.bind(Int((rate.rate * 1000).rounded()), at: 5)
                statement.bind(rate.throttledAt, at: 6)
                statement.bind(rate.notedAt, at: 7)
                try statement.run()
            }
        }
    }
}
