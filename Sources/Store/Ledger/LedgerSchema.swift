extension SQLiteSchema {
    /// The collector's own state. Times are seconds since the epoch.
    ///
    /// `listings` is kept in the order of its key, which is the order a plan is written and read in; a run may have
    /// 3,000,000.
    static let state = SQLiteSchema(
        name: "a collector's state database",
        applicationID: 0x6953_5441,
        pageSizeInBytes: 4_096,
        migrations: [
            """
            CREATE TABLE runs (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                cause TEXT NOT NULL,
                schedule TEXT,
                uid INTEGER,
                request TEXT NOT NULL,
                state TEXT NOT NULL,
                startedAt INTEGER NOT NULL,
                finishedAt INTEGER,
                planned INTEGER NOT NULL,
                outcomes TEXT NOT NULL,
                resources INTEGER NOT NULL,
                created INTEGER NOT NULL,
                updated INTEGER NOT NULL,
                deleted INTEGER NOT NULL,
                unchanged INTEGER NOT NULL,
                renewed INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX runs_started ON runs (startedAt, number);
            CREATE TABLE listings (
                run INTEGER NOT NULL,
                type TEXT NOT NULL,
                account TEXT NOT NULL,
                region TEXT NOT NULL,
                outcome TEXT,
                resources INTEGER NOT NULL DEFAULT 0,
                created INTEGER NOT NULL DEFAULT 0,
                updated INTEGER NOT NULL DEFAULT 0,
                deleted INTEGER NOT NULL DEFAULT 0,
                unchanged INTEGER NOT NULL DEFAULT 0,
                renewed INTEGER NOT NULL DEFAULT 0,
                operation TEXT,
                code TEXT,
                message TEXT,
                requestID TEXT,
                PRIMARY KEY (run, type, account, region)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE schedules (
                name TEXT PRIMARY KEY,
                position INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            """,
            StateDatabase.ratesMigration,
            quarantines,
            resumption,
            RunRow.callerNameMigration,
            remains,
        ])
}
