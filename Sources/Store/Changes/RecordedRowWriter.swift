import Inventory

/// Writes the rows of one batch and what they change, inside one transaction: the table and its log never disagree.
struct RecordedRowWriter {
    private let database: SQLiteDatabase
    private let unit: Unit
    private let now: Int
    private let rules: MemberRules?
    private var rows: InventoryRowWriter
    private var changes: ChangeRowWriter
    private let past: PastRowWriter
    private let begin: Int

    /// Rows that expired by `now` were not seen by readers: their end is no change.
    init(database: SQLiteDatabase, batch: WriteBatch, now: Int) throws(SQLiteError) {
        self.database = database
        self.now = now
        unit = batch.unit
        rules = batch.rules
        rows = try InventoryRowWriter(database: database, unit: batch.unit)
        changes = try ChangeRowWriter(
            database: database, unit: batch.unit, runID: batch.runID,
            now: max(now, PastRowWriter.newest(in: database)))
        past = try PastRowWriter(database: database, unit: batch.unit, time: changes.time)
        begin = changes.newest
    }

    /// Whether entries were added to the log.
    var hasChanges: Bool { changes.newest > begin }

    mutating func put(_ record: ResourceRecord) throws(SQLiteError) {
        if try rows.insert(record, born: changes.newest + 1) {
            return try changes.append(
                .created, id: record.id, type: record.type, arn: record.arn, name: record.name)
        }
        guard let old = try PastRow.current(unit.partitionKey, record.id, in: database) else {
            throw .corrupt("\(record.id.prefix(200)) in \(unit) can neither be added nor read")
        }
        try past.change(old, id: record.id, tags: record.tags, data: record.data)
        try rows.update(record)
        // Renewed, or written again unchanged by request: not a change.
        guard old.digest != record.digest.description,
            let diff = DocumentDiff.json(old: old.data, new: record.data, rules: rules)
        else { return }
        try changes.append(
            .updated, id: record.id, type: record.type, arn: record.arn, name: record.name, diff: diff)
    }

    /// Renews a row as it stands; not a change.
    func touch(_ touch: WriteBatch.Touch) throws(SQLiteError) {
        guard let old = try PastRow.current(unit.partitionKey, touch.id, in: database) else { return }
        try past.change(old, id: touch.id, tags: old.tags, data: old.data)
        try rows.touch(touch)
    }

    mutating func delete(_ id: String) throws(SQLiteError) {
        guard let old = try PastRow.current(unit.partitionKey, id, in: database) else { return }
        try past.remove(id)
        try rows.delete(id)
        guard old.ttl > now else { return }
        try changes.append(.deleted, id: id, type: old.type, arn: old.arn, name: old.name)
    }
}
