import Inventory
import JSON
import Testing

@testable import Store

/// The embedded engine's history against a model, over random writes.
@Suite("The embedded history")
struct HistoryTests {
    /// One random life of a store: the writes, the model beside them, and what to ask at the end.
    private struct Life {
        var random: SeededGenerator
        var model = HistoryModel(now: Samples.now)
        private let keys = (0..<24).map { "k\($0)" }

        init(seed: UInt64) { random = SeededGenerator(seed: seed) }

        mutating func number(_ bounds: ClosedRange<Int>) -> Int { Int.random(in: bounds, using: &random) }

        /// Content decides the digest, as it does in a refresh, but for members that move by themselves.
        mutating func record(_ id: String, content: Int) -> ResourceRecord {
            let text = String(repeating: "größe-\(content)-", count: number(1...4))
            let moving = number(0...9)
            var record = Samples.record(
                id, type: content % 2 == 0 ? "ec2/instance" : "ec2/vpc", arn: content % 3 == 0 ? nil : "arn:\(id)",
                name: content % 4 == 0 ? nil : "n\(content)", tags: #"{"v":"\#(content % 5)"}"#,
                data: #"{"Id":"\#(id)","Text":"\#(text)","Moving":\#(moving),"Tail":[\#(content)]}"#,
                digest: UInt64(content), updatedAt: model.now, createdAt: model.now)
            record.digest = Digest(high: UInt64(content), low: UInt64(text.utf8.count))
            return record
        }

        mutating func batch() -> WriteBatch {
            var batch = WriteBatch(unit: model.unit)
            batch.runID = "run-\(model.entries.count)"
            for id in keys.shuffled(using: &random).prefix(number(1...8)) {
                switch number(0...6) {
                case 0, 1, 2: batch.puts.append(record(id, content: number(1...9)))
                case 3, 4:
                    guard var same = model.rows[id] else { continue }
                    (same.updatedAt, same.ttl) = (model.now, model.now + ResourceRecord.lifetimeInSeconds)
                    batch.renewals.append(same)
                default: batch.deletes.append(id)
                }
            }
            return batch
        }
    }

    @Test(
        "At any time the table is told as it was, and the log has every change once",
        arguments: 1...(40 as UInt64))
    func anyTime(seed: UInt64) async throws {
        var life = Life(seed: seed)
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/inventory.db"
            let clock = StoodClock(life.model.now)
            var store = SQLiteStore(path: path) { clock.now }
            try await store.prepare()
            try adopt(&life, path)
            for _ in 0..<life.number(20...60) {
                life.model.now += [0, 0, 1, 3, 7_200, 20 * 86_400].randomElement(using: &life.random) ?? 0
                clock.now = life.model.now
                switch life.number(0...9) {
                case 0:
                    _ = try await store.purgeExpired(now: clock.now)
                    life.model.purge()
                case 1:
                    await store.close()
                    store = SQLiteStore(path: path) { clock.now }
                    try await store.prepare()
                default:
                    let batch = life.batch()
                    try await store.write(batch)
                    life.model.write(batch)
                }
            }
            try await check(life.model, store, seed)
            try await checkPruned(&life, store, clock)
            await store.close()
        }
    }

    @Test("A batch that fails leaves neither rows nor entries nor a gap", arguments: ["inventory", "changes", "past"])
    func aborted(table: String) async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/inventory.db"
            let store = SQLiteStore(path: path) { Samples.now }
            try await store.prepare()
            try await store.write(Samples.puts([Samples.record("a"), Samples.record("bad")]))
            let database = try SQLiteDatabase(path: path)
            let event = table == "inventory" ? "UPDATE" : "INSERT"
            try database.execute(
                "CREATE TRIGGER fail BEFORE \(event) ON \(table) WHEN new.sk = 'bad' BEGIN SELECT raise(ABORT, 'no'); END"
            )
            let batch = Samples.puts([
                Samples.record("new"), Samples.record("a", data: "{}", digest: 2),
                Samples.record("bad", data: "{}", digest: 2),
            ])
            await #expect(throws: StoreError.self) { try await store.write(batch) }
            #expect(try await store.changes(ChangeFilter(), from: .oldest, limit: 10).newest == 2)
            #expect(try database.integer("SELECT count(*) FROM past") == 0)
            try database.execute("DROP TRIGGER fail")
            try await store.write(batch)
            let page = try await store.changes(ChangeFilter(), from: .oldest, limit: 10)
            #expect(page.changes.map(\.sequence) == [1, 2, 3, 4, 5])
            #expect(page.changes.map(\.id) == ["a", "bad", "new", "a", "bad"])
            await store.close()
        }
    }

    @Test("A store of the first schema gets its log, keeps its rows, and tells only what came after")
    func migrated() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/inventory.db"
            var first = SQLiteSchema.inventory
            first.migrations = Array(first.migrations.prefix(1))
            let database = try SQLiteFile(path: path, schema: first).openWriter()
            try database.execute(
                """
                INSERT INTO inventory (pk, sk, service, accountId, region, resourceId, digest, ttl, updatedAt, data)
                VALUES ('ec2#\(Samples.account)#eu-west-1', 'a', 'ec2', '\(Samples.account)', 'eu-west-1', 'a',
                    '\(Digest(high: 1, low: ~1))', \(Samples.now + 1000), '2026-01-01T00:00:00Z', '{"V":1}')
                """)
            let clock = StoodClock(Samples.now)
            let store = SQLiteStore(path: path) { clock.now }
            try await store.prepare()
            clock.now += 10
            try await store.write(Samples.puts([Samples.record("a", data: #"{"V":2}"#, digest: 2)]))
            let changes = try await store.changes(ChangeFilter(), from: .oldest, limit: 10).changes
            #expect(changes.map(\.kind) == [.updated])
            let past = try await store.get("a", at: Samples.now)
            #expect(past.map(\.data) == [Array(#"{"V":1}"#.utf8)])
            await #expect(throws: ChangeLogError.before(since: Samples.now)) {
                try await store.get("a", at: Samples.now - 1)
            }
            await store.close()
        }
    }

    /// Rows of the replaced system: no type, digest, name, ARN or creation.
    private func adopt(_ life: inout Life, _ path: String) throws {
        let database = try SQLiteDatabase(path: path)
        for id in ["k1", "k2", "old-1", "old-2"] {
            let old = Samples.now - life.number(0...100) * 86_400
            var record = Samples.record(id, type: "", data: #"{"Id":"\#(id)"}"#, updatedAt: old, createdAt: old)
            record.digest = Digest(high: 0, low: 0)
            let statement = try database.statement(
                """
                INSERT INTO inventory (pk, sk, service, accountId, region, resourceId, ttl, updatedAt, data)
                VALUES (?1, ?2, 'ec2', ?3, 'eu-west-1', ?2, ?4, ?5, ?6)
                """)
            statement.bind(texts: [life.model.unit.partitionKey, id, Samples.account])
            statement.bind(record.ttl, at: 4)
            statement.bind(ISOTime.text(old), at: 5)
            try statement.run(utf8: record.data, at: 6)
            life.model.adopt(record)
        }
    }

    private func check(_ model: HistoryModel, _ store: SQLiteStore, _ seed: UInt64) async throws {
        let page = try await store.changes(ChangeFilter(), from: .oldest, limit: 100_000)
        #expect(page.changes.map(\.sequence) == Array(1...model.entries.count), "seed \(seed)")
        let entries = page.changes.map { HistoryModel.Entry(kind: $0.kind, time: $0.time, id: $0.id) }
        #expect(entries == model.entries, "seed \(seed)")
        #expect(page.position == page.newest && page.newest == model.entries.count)
        for time in Set(model.states.flatMap { [$0.time, $0.time + 1] }).sorted() where time <= model.now {
            let found = try await all(store, at: time, pageSize: 5)
            let expected = model.live(at: time)
            #expect(found == expected, "seed \(seed) at \(time): \(found.map(\.id)) not \(expected.map(\.id))")
        }
    }

    /// After entries were forgotten, what is left has no gap and the table is still told as it was since then.
    private func checkPruned(_ life: inout Life, _ store: SQLiteStore, _ clock: StoodClock) async throws {
        let model = life.model
        guard let cut = model.states.randomElement(using: &life.random)?.time else { return }
        _ = try await store.pruneChanges(before: cut)
        let page = try await store.changes(ChangeFilter(), from: .oldest, limit: 100_000)
        let kept = model.entries.enumerated().filter { $0.element.time >= cut || $0.offset == model.entries.count - 1 }
        #expect(page.changes.map(\.sequence) == kept.map { $0.offset + 1 })
        for time in Set(model.states.map(\.time)).sorted() {
            if time < cut {
                await #expect(throws: ChangeLogError.before(since: max(cut, Samples.now))) {
                    try await store.list(ResourceFilter(), at: time, after: nil, limit: 1)
                }
            } else {
                let found = try await all(store, at: time, pageSize: 100)
                #expect(found == model.live(at: time), "at \(time)")
            }
        }
        if let first = kept.first?.offset, first > 0 {
            await #expect(throws: ChangeLogError.gone(oldest: first + 1)) {
                try await store.changes(ChangeFilter(), from: .after(first - 1), limit: 1)
            }
        }
        // Numbers go on where they stood.
        try await store.write(Samples.puts([Samples.record("after-all")]))
        let last = try await store.changes(ChangeFilter(), from: .after(model.entries.count), limit: 10)
        #expect(last.changes.map(\.sequence) == [model.entries.count + 1])
    }

    private func all(_ store: SQLiteStore, at time: Int, pageSize: Int) async throws -> [ResourceRecord] {
        var records: [ResourceRecord] = []
        var cursor: String?
        repeat {
            let page = try await store.list(ResourceFilter(), at: time, after: cursor, limit: pageSize)
            records += page.records
            cursor = page.cursor
        } while cursor != nil
        return records
    }
}
