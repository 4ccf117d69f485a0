/// The tables of the change log.
enum ChangeSchema {
    /// What readers see. `sequence` has no gaps: it is given out inside the transaction that adds the entry, entries go
    /// from the old end only, and the newest never goes. `time` never falls.
    ///
    /// `change_horizon` has one row: history is whole since then. There is no index but the sequence's own, because a
    /// first fill writes an entry for every row and questions by resource are rare: a scan reads a million small entries
    /// a second.
    static let changes = """
        CREATE TABLE changes (
            sequence INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            kind TEXT NOT NULL,
            run TEXT NOT NULL,
            pk TEXT NOT NULL,
            sk TEXT NOT NULL,
            resourceType TEXT NOT NULL,
            arn TEXT,
            name TEXT,
            diff TEXT
        ) STRICT;
        CREATE TABLE change_horizon (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            since INTEGER NOT NULL
        ) STRICT;

        """

    /// What rows of `inventory` were before a write changed or removed them, so that the table can be told as it was at
    /// any time: a row as it stands, with the records of `past` that are younger applied backwards.
    ///
    /// Of a changed row `data` holds the bytes between the `prefix` and the `suffix` that both documents share, and `tags`
    /// are NULL when they stayed the same; of a removed one (`isWhole`) everything. `born` is the sequence of the row's
    /// `created` entry, NULL for rows older than the log: a creation needs no record here.
    static let past = """
        ALTER TABLE inventory ADD COLUMN born INTEGER;
        CREATE TABLE past (
            id INTEGER PRIMARY KEY,
            until INTEGER NOT NULL,
            pk TEXT NOT NULL,
            sk TEXT NOT NULL,
            isWhole INTEGER NOT NULL,
            born INTEGER,
            resourceType TEXT NOT NULL,
            digest TEXT,
            ttl INTEGER NOT NULL,
            createdAt TEXT,
            updatedAt TEXT NOT NULL,
            arn TEXT,
            name TEXT,
            tags TEXT,
            prefix INTEGER NOT NULL DEFAULT 0,
            suffix INTEGER NOT NULL DEFAULT 0,
            data TEXT NOT NULL
        ) STRICT;
        CREATE INDEX past_key ON past (pk, sk, until);
        """
}
