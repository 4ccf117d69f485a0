extension SQLiteSchema {
    /// What a run needs to go on after the end of its process.
    ///
    /// `listings` is put into the order in which a run is planned and worked on, account by account: in the order of types
    /// each account of 10,000 touched every part of a tree of 3,000,000 listings. `boot` tells whether the machine is still
    /// the one that wrote a run's results. `checkpoints` gets a row for each page that is followed by another, and loses
    /// them all when the listing ends; `seen` holds pairs of 64-bit numbers.
    static let resumption = """
        CREATE TABLE listings_by_account (
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
            PRIMARY KEY (run, account, region, type)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO listings_by_account SELECT * FROM listings ORDER BY run, account, region, type;
        DROP TABLE listings;
        ALTER TABLE listings_by_account RENAME TO listings;
        ALTER TABLE runs ADD COLUMN boot TEXT;
        CREATE TABLE checkpoints (
            number INTEGER PRIMARY KEY,
            run INTEGER NOT NULL,
            type TEXT NOT NULL,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            position TEXT NOT NULL,
            seen BLOB NOT NULL
        ) STRICT;
        CREATE INDEX checkpoints_listing ON checkpoints (run, account, region, type, number);
        """
}
