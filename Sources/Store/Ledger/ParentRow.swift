import Inventory
import JSON

extension SQLiteSchema {
    /// What a restart needs of listings that have ended, and of parents.
    ///
    /// `parents` gets a row for each page of a parent's listing and one at its end, and loses them when the unit's
    /// listings have ended; `items` is `ParentRow`'s. `stored` says which rows of the type the store held when the
    /// listing had ended, as a `MarkSum`; NULL where nobody can tell.
    static let remains = """
        CREATE TABLE parents (
            number INTEGER PRIMARY KEY,
            run INTEGER NOT NULL,
            type TEXT NOT NULL,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            position TEXT NOT NULL,
            items TEXT NOT NULL
        ) STRICT;
        CREATE INDEX parents_listing ON parents (run, account, region, type, number);
        ALTER TABLE listings ADD COLUMN stored BLOB;
        """
}

/// How the items of parents' listings are kept in the table `parents`, page by page, the last page's position counts.
///
/// An item is a line with four numbers (indices of input and parent, bytes of identifier and document), then identifier
/// and document.
enum ParentRow {
    static func add(_ pages: [ParentPage], run: Int, to database: SQLiteDatabase) throws(SQLiteError) {
        let statement = try database.statement(
            "INSERT INTO parents (run, type, account, region, position, items) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        for page in pages {
            if page.isFirst { try forget(page.listing, run: run, in: database) }
            statement.bind(run, at: 1)
            CheckpointRow.bind(page.listing, to: statement)
            statement.bind(utf8: CheckpointRow.json(page.position).serialized, at: 5)
            statement.bind(utf8: text(page.items), at: 6)
            try statement.run()
        }
    }

    /// The listing's pages as one; `nil` when there is none, or something that this version cannot read.
    static func read(
        _ listing: Listing, run: Int, from database: SQLiteDatabase
    ) throws(SQLiteError) -> ParentPage? {
        let statement = try database.statement(
            """
            SELECT position, items FROM parents WHERE run = ?1 AND type = ?2 AND account = ?3 AND region = ?4
            ORDER BY number
            """)
        statement.bind(run, at: 1)
        CheckpointRow.bind(listing, to: statement)
        defer { statement.reset() }
        var last: [UInt8] = []
        var items: [KeptItem] = []
        while try statement.step() {
            last = statement.bytes(0)
            guard statement.withText(1, { append($0, to: &items) }) else { return nil }
        }
        guard let place = try? JSONValue.parse(last), let position = CheckpointRow.position(place) else { return nil }
        return ParentPage(listing: listing, position: position, items: items, isFirst: false)
    }

    private static func forget(_ listing: Listing, run: Int, in database: SQLiteDatabase) throws(SQLiteError) {
        let statement = try database.statement(
            "DELETE FROM parents WHERE run = ?1 AND type = ?2 AND account = ?3 AND region = ?4")
        statement.bind(run, at: 1)
        CheckpointRow.bind(listing, to: statement)
        try statement.run()
    }

    static func forget(run: Int, in database: SQLiteDatabase) throws(SQLiteError) {
        let statement = try database.statement("DELETE FROM parents WHERE run = ?1")
        statement.bind(run, at: 1)
        try statement.run()
    }

    /// Forgets the items of units in which no listing is open any more; `listings` have just ended.
    static func forgetDone(_ listings: [Listing], run: Int, in database: SQLiteDatabase) throws(SQLiteError) {
        let isKept = try database.statement(
            """
            SELECT EXISTS (SELECT 1 FROM parents WHERE run = ?1 AND account = ?2 AND region = ?3
                AND type >= ?4 AND type < ?5)
            """)
        let isOpen = try database.statement(
            """
            SELECT EXISTS (SELECT 1 FROM listings WHERE run = ?1 AND account = ?2 AND region = ?3
                AND type >= ?4 AND type < ?5 AND outcome IS NULL)
            """)
        let delete = try database.statement(
            "DELETE FROM parents WHERE run = ?1 AND account = ?2 AND region = ?3 AND type >= ?4 AND type < ?5")
        for unit in Set(listings.map(\.unit)) {
            for statement in [isKept, isOpen, delete] {
                statement.bind(run, at: 1)
                statement.bind(unit.account, at: 2)
                statement.bind(unit.scope.region, at: 3)
                // "0" follows "/": every type of the service and no other.
                statement.bind(unit.service + "/", at: 4)
                statement.bind(unit.service + "0", at: 5)
            }
            guard try isTrue(isKept), try !isTrue(isOpen) else { continue }
            try delete.run()
        }
    }

    private static func isTrue(_ statement: SQLiteStatement) throws(SQLiteError) -> Bool {
        try statement.rows { (row) throws(SQLiteError) in row.int(0) }.first == 1
    }

    // MARK: Items

    private static func text(_ items: [KeptItem]) -> [UInt8] {
        var text: [UInt8] = []
        for item in items {
            let id = Array(item.id.utf8)
            text += "\(item.input) \(item.parent) \(id.count) \(item.document.count)\n".utf8
            text += id
            text += item.document
        }
        return text
    }

    /// `false` when the text is not what `text` writes.
    private static func append(_ text: Span<UInt8>, to items: inout [KeptItem]) -> Bool {
        var index = 0
        while index < text.count {
            guard let input = number(text, &index, end: " "), let parent = number(text, &index, end: " "),
                let idCount = number(text, &index, end: " "), let documentCount = number(text, &index, end: "\n"),
                text.count - index >= idCount, text.count - index - idCount >= documentCount
            else { return false }
            let id = bytes(text, index..<index + idCount)
            index += idCount
            let document = bytes(text, index..<index + documentCount)
            index += documentCount
            items.append(
                KeptItem(input: input, parent: parent, id: String(decoding: id, as: UTF8.self), document: document))
        }
        return true
    }

    /// At most ten digits and what ends them.
    private static func number(_ text: Span<UInt8>, _ index: inout Int, end: Unicode.Scalar) -> Int? {
        var value = 0
        for position in index..<min(index + 11, text.count) {
            guard text[position] != UInt8(ascii: end) else {
                defer { index = position + 1 }
                return position > index ? value : nil
            }
            guard text[position] >= UInt8(ascii: "0"), text[position] <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(text[position] - UInt8(ascii: "0"))
        }
        return nil
    }

    private static func bytes(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        text.extracting(range).withUnsafeBufferPointer { Array($0) }
    }
}
