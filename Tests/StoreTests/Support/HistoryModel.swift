import Inventory
import JSON
import Store
import Synchronization

/// What a store and its log should hold after any sequence of writes, kept the plain way: every state, whole.
struct HistoryModel {
    struct Entry: Equatable {
        var kind: ChangeKind
        var time: Int
        var id: String
    }

    let unit = Samples.unit()
    var now: Int
    /// Every row, expired ones too.
    private(set) var rows: [String: ResourceRecord] = [:]
    /// All rows as they were at the end of each second in which something was written.
    private(set) var states: [(time: Int, rows: [String: ResourceRecord])] = []
    private(set) var entries: [Entry] = []
    /// Rows of the replaced system, whose creation nobody knows: the last write stands for it.
    private var legacy: Set<String> = []

    init(now: Int) { self.now = now }

    /// Rows that are live at `time`, in key order.
    func live(at time: Int) -> [ResourceRecord] {
        let rows = states.last { $0.time <= time }?.rows ?? [:]
        return rows.values.filter { $0.ttl > time }.sorted { $0.id < $1.id }
    }

    /// A row that was there before the log.
    mutating func adopt(_ record: ResourceRecord) {
        rows[record.id] = record
        legacy.insert(record.id)
        keep()
    }

    mutating func write(_ batch: WriteBatch) {
        for record in batch.puts + batch.renewals { put(record) }
        for id in batch.deletes {
            guard let old = rows.removeValue(forKey: id) else { continue }
            legacy.remove(id)
            if old.ttl > now { entries.append(Entry(kind: .deleted, time: now, id: id)) }
        }
        keep()
    }

    private mutating func put(_ record: ResourceRecord) {
        var record = record
        if let old = rows[record.id] {
            record.createdAt = legacy.contains(record.id) ? record.updatedAt : old.createdAt
            if old.digest != record.digest, old.data != record.data {
                entries.append(Entry(kind: .updated, time: now, id: record.id))
            }
        } else {
            entries.append(Entry(kind: .created, time: now, id: record.id))
        }
        rows[record.id] = record
    }

    mutating func purge() {
        rows = rows.filter { $0.value.ttl > now }
        legacy.formIntersection(rows.keys)
        keep()
    }

    private mutating func keep() {
        if states.last?.time == now { states.removeLast() }
        states.append((now, rows))
    }
}

/// A clock that stands where it is put.
final class StoodClock: Sendable {
    private let state: Mutex<Int>

    init(_ now: Int) { state = Mutex(now) }

    var now: Int {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }
}
