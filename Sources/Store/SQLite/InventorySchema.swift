extension SQLiteSchema {
    /// The inventory's tables. Columns are named as DynamoDB's attributes; the small ones come first, so that a unit's
    /// index is read without touching a document's overflow pages.
    ///
    /// The index on `ttl` makes a purge cost what it removes; new rows go to its end. Look-ups by ARN, name or an id of
    /// unknown unit have no index: two more would cost each write more than a scan of 300,000 rows costs now and then.
    static let inventory = SQLiteSchema(
        name: "an inventory store",
        applicationID: 0x6941_5753,
        // Rows of about 2.5 KB: six to a page, so that few rows need overflow pages.
        pageSizeInBytes: 16_384,
        migrations: [
            """
            CREATE TABLE inventory (
                pk TEXT NOT NULL,
                sk TEXT NOT NULL,
                service TEXT NOT NULL,
                accountId TEXT NOT NULL,
                region TEXT NOT NULL,
                resourceId TEXT NOT NULL,
                resourceType TEXT NOT NULL DEFAULT '',
                digest TEXT,
                ttl INTEGER NOT NULL,
                createdAt TEXT,
                updatedAt TEXT NOT NULL,
                arn TEXT,
                name TEXT,
                tags TEXT NOT NULL DEFAULT '{}',
                data TEXT NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX inventory_key ON inventory (pk, sk);
            CREATE INDEX inventory_ttl ON inventory (ttl);
            CREATE TABLE metadata (
                service TEXT NOT NULL,
                accountRegion TEXT NOT NULL,
                accountId TEXT NOT NULL,
                region TEXT NOT NULL,
                updatedAt TEXT,
                resourceCount INTEGER NOT NULL,
                status TEXT NOT NULL,
                lastAttemptAt TEXT NOT NULL,
                lastGoodAt TEXT,
                outcomes TEXT NOT NULL,
                runId TEXT NOT NULL,
                digest TEXT,
                PRIMARY KEY (service, accountRegion)
            ) STRICT;
            CREATE INDEX metadata_account ON metadata (accountId, region);
            """,
            ChangeSchema.changes + ChangeSchema.past,
        ])
}
