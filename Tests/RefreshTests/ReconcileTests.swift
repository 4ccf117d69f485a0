import Inventory
import JSON
import Store
import Testing

@testable import Inventory
@testable import Refresh

/// The writer against a model of itself, over random stored states and random listings, on a real store.
@Suite struct ReconcileTests {
    private static let now = 1_800_000_000
    private static let scope = Scope(account: World.account, region: "eu-west-1")
    private static let unit = Unit(service: "ec2", scope: scope)
    private static let type = "ec2/vpc"
    private static let day = 86_400

    /// A row as it stands in the store.
    private struct Row: Equatable {
        var type: String
        var content: Int
        var ttl: Int
        var createdAt: Int
    }

    /// A resource as a listing shows it.
    private struct Shown {
        var key: String
        var content: Int
        var isIncomplete = false
    }

    private struct Trial {
        var stored: [String: Row] = [:]
        var shown: [Shown] = []
        var isProof = true
        var force = false

        init(seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            for number in 0..<Int.random(in: 0...120, using: &random) {
                let age = Int.random(in: 0...100, using: &random) * day + Int.random(in: 0..<day, using: &random)
                let type =
                    [ReconcileTests.type, ReconcileTests.type, ReconcileTests.type, "", "ec2/subnet"]
                    .randomElement(using: &random) ?? ""
                stored["k\(number)"] = Row(
                    type: type, content: Int.random(in: 1...3, using: &random), ttl: now - age + 90 * day,
                    createdAt: now - age - 1000)
            }
            isProof = Bool.random(using: &random)
            force = Int.random(in: 0..<4, using: &random) == 0
            for number in 0..<140 where Bool.random(using: &random) {
                let key = "k\(number)"
                guard stored[key]?.type != "ec2/subnet" else { continue }
                // A failed follow-up call is no proof.
                let isIncomplete = !isProof && Int.random(in: 0..<5, using: &random) == 0
                shown.append(
                    Shown(key: key, content: Int.random(in: 1...3, using: &random), isIncomplete: isIncomplete))
            }
            shown.shuffle(using: &random)
        }
    }

    /// What the trial should come to.
    private struct Expected {
        var rows: [String: Row]
        var changes = ChangeCounts()
        var forced = 0
        var expired = 0

        init(_ trial: Trial, _ digest: (String, Int) -> Digest) {
            rows = trial.stored
            for shown in trial.shown {
                let before = trial.stored[shown.key]
                let fresh = Row(
                    type: type, content: shown.content, ttl: now + 90 * day, createdAt: before?.createdAt ?? now)
                guard let before, before.type == type else {
                    if before == nil { changes.created += 1 } else { changes.updated += 1 }
                    rows[shown.key] = fresh
                    continue
                }
                if before.content != shown.content {
                    if shown.isIncomplete {
                        let known = digest(shown.key, before.content)
                        if RenewalPolicy().isDue(ttl: before.ttl, now: now, digest: known) {
                            changes.renewed += 1
                            rows[shown.key]?.ttl = now + 90 * day
                        } else {
                            changes.unchanged += 1
                        }
                    } else {
                        changes.updated += 1
                        rows[shown.key] = fresh
                    }
                } else if trial.force {
                    changes.unchanged += 1
                    forced += 1
                    rows[shown.key] = fresh
                } else if RenewalPolicy().isDue(ttl: before.ttl, now: now, digest: digest(shown.key, shown.content)) {
                    changes.renewed += 1
                    rows[shown.key] = fresh
                } else {
                    changes.unchanged += 1
                }
            }
            guard trial.isProof else { return }
            let keys = Set(trial.shown.map(\.key))
            for (key, row) in trial.stored where row.type == type && !keys.contains(key) {
                rows[key] = nil
                if row.ttl > now { changes.deleted += 1 } else { expired += 1 }
            }
        }
    }

    private struct Bench {
        let store: CountingStore
        let reader: TypeReader

        init(_ path: String) async throws {
            store = CountingStore(SQLiteStore(path: path + "/inventory.db", now: { now }))
            try await store.prepare()
            reader = TypeReader(type: try World.catalogue.get().type(type), redacts: true)
        }

        func document(_ key: String, _ content: Int) -> [UInt8] {
            Array("{\"VpcId\":\"\(key)\",\"CidrBlock\":\"10.\(content).0.0/16\"}".utf8)
        }

        func digest(_ key: String, _ content: Int) -> Digest { reader.digest(of: document(key, content).span) }

        func fill(_ rows: [String: Row]) async throws {
            var batch = WriteBatch(unit: unit)
            for (key, row) in rows {
                batch.puts.append(
                    ResourceRecord(
                        type: row.type, unit: unit, id: key, arn: nil, name: nil, tags: Array("{}".utf8),
                        data: document(key, row.content), digest: digest(key, row.content),
                        updatedAt: row.ttl - 90 * day, createdAt: row.createdAt, ttl: row.ttl))
            }
            try await store.write(batch)
            store.forget()
        }

        func writer(force: Bool = false) async throws -> ListingWriter {
            let index = try await store.index(of: unit)
            return ListingWriter(
                store: store, listing: Listing(type: type, scope: scope), table: index.table(of: type),
                legacy: index.table(of: ""), renewal: RenewalPolicy(), shrinkGuard: Self.believing, earlier: nil,
                writesUnchanged: force, now: { now })
        }

        /// The model believes every listing.
        private static let believing: ShrinkGuard = {
            var believing = ShrinkGuard()
            believing.limitInPercent = 0
            return believing
        }()

        func accept(_ shown: Shown, _ writer: inout ListingWriter) throws {
            let document = document(shown.key, shown.content)
            let key = Array(shown.key.utf8)
            try writer.accept(
                CollectedResource(
                    key: key.span, id: key.span, document: IndexedDocument(document.span),
                    item: IndexedDocument(document.span),
                    digest: reader.digest(of: document.span), isIncomplete: shown.isIncomplete),
                reader: reader, context: ItemContext(scope: scope, region: scope.region))
        }

        /// Every row, expired ones too.
        func rows() async throws -> [String: Row] {
            var rows: [String: Row] = [:]
            for (type, table) in try await store.index(of: unit).tables {
                for (position, entry) in table.entries.enumerated() {
                    let key = table.key(position)
                    let content = (1...3).first { digest(key, $0) == entry.digest } ?? 0
                    rows[key] = Row(type: type, content: content, ttl: entry.ttl, createdAt: entry.createdAt)
                }
            }
            return rows
        }
    }

    @Test("stored rows become what the listing shows, and nothing else is written", arguments: 0..<60)
    func model(seed: UInt64) async throws {
        let trial = Trial(seed: seed)
        try await TemporaryDirectory.with { path in
            let bench = try await Bench(path)
            try await bench.fill(trial.stored)
            var writer = try await bench.writer(force: trial.force)
            var random = SeededGenerator(seed: seed &+ 1_000_000)
            var page: [Shown] = []
            writer.beginPage(isRestart: false)
            for shown in trial.shown {
                try bench.accept(shown, &writer)
                page.append(shown)
                switch Int.random(in: 0..<20, using: &random) {
                case 0:
                    page = []
                    writer.beginPage(isRestart: false)
                case 1:
                    // The page broke off and is read from its start.
                    writer.beginPage(isRestart: true)
                    for again in page { try bench.accept(again, &writer) }
                case 2: try await writer.flush()
                default: break
                }
            }
            try await writer.finish(isProof: trial.isProof)

            let expected = Expected(trial, bench.digest)
            #expect(try await bench.rows() == expected.rows)
            #expect(writer.changes == expected.changes)
            #expect(writer.count == trial.shown.count)
            let live = expected.rows.values.count { $0.type == Self.type && $0.ttl > Self.now }
            #expect(writer.liveCount == live)
            let written = bench.store.rows
            #expect(written.puts == expected.changes.created + expected.changes.updated + expected.forced)
            #expect(written.renewals == expected.changes.renewed)
            #expect(written.deletes == expected.changes.deleted + expected.expired)
            await bench.store.close()
        }
    }

    @Test("what the store refuses is not counted, and nothing is deleted after it", arguments: 1...3)
    func refusal(write: Int) async throws {
        try await TemporaryDirectory.with { path in
            let bench = try await Bench(path)
            try await bench.fill(["gone": Row(type: Self.type, content: 1, ttl: Self.now + 80 * Self.day, createdAt: 5)]
            )
            bench.store.refuse(
                .init(write: { number, _ in number == write + 1 ? .exhausted("no space left") : nil }))
            var writer = try await bench.writer()
            let failure = await #expect(throws: ListingFailure.self) {
                for number in 0..<250 {
                    try bench.accept(Shown(key: "k\(number)", content: 1), &writer)
                    try await writer.flush()
                }
                try await writer.finish(isProof: true)
            }
            #expect(failure?.error.code == "StoreExhausted")
            #expect(writer.changes.created == (write - 1) * ListingWriter.batchCount)
            #expect(writer.liveCount == (write - 1) * ListingWriter.batchCount + 1)
            #expect(try await bench.rows()["gone"] != nil)
            await bench.store.close()
        }
    }

    @Test("two resources with one key are told, the first is kept, nothing is deleted", arguments: [true, false])
    func collision(isStored: Bool) async throws {
        try await TemporaryDirectory.with { path in
            let bench = try await Bench(path)
            var stored = ["gone": Row(type: Self.type, content: 1, ttl: Self.now + 80 * Self.day, createdAt: 5)]
            if isStored {
                stored["twin"] = Row(type: Self.type, content: 3, ttl: Self.now + 80 * Self.day, createdAt: 5)
            }
            try await bench.fill(stored)
            var writer = try await bench.writer()
            for content in [1, 2, 1] {
                writer.beginPage(isRestart: false)
                try bench.accept(Shown(key: "twin", content: content), &writer)
            }
            let failure = await #expect(throws: ListingFailure.self) { try await writer.finish(isProof: true) }
            #expect(failure?.outcome == .failed)
            #expect(failure?.error.code == "KeyCollision")
            #expect(failure?.error.message.contains("twin") == true)
            #expect(failure?.error.message.contains(Self.type) == true)
            let rows = try await bench.rows()
            #expect(rows["twin"]?.content == 1)
            #expect(rows["gone"] != nil)
            #expect(writer.count == 1)
            await bench.store.close()
        }
    }

    @Test("a page that is read again may show changed content; the newest is kept", arguments: [0, 1, 2])
    func restart(stored content: Int) async throws {
        try await TemporaryDirectory.with { path in
            let bench = try await Bench(path)
            if content > 0 {
                try await bench.fill([
                    "a": Row(type: Self.type, content: content, ttl: Self.now + 80 * Self.day, createdAt: 5)
                ])
            }
            var writer = try await bench.writer()
            writer.beginPage(isRestart: false)
            try bench.accept(Shown(key: "a", content: 1), &writer)
            writer.beginPage(isRestart: true)
            try bench.accept(Shown(key: "a", content: 2), &writer)
            try bench.accept(Shown(key: "b", content: 1), &writer)
            try await writer.finish(isProof: true)
            let rows = try await bench.rows()
            #expect(rows["a"]?.content == 2)
            #expect(rows["a"]?.createdAt == (content > 0 ? 5 : Self.now))
            #expect(rows.count == 2)
            #expect(writer.liveCount == 2)
            #expect(writer.count == 2)
            await bench.store.close()
        }
    }

    @Test("a row whose document stays incomplete keeps its content and never expires while it is seen")
    func incomplete() async throws {
        try await TemporaryDirectory.with { path in
            let bench = try await Bench(path)
            for (remaining, isRenewed) in [(89, false), (46, false), (14, true), (1, true)] {
                try await bench.fill([
                    "a": Row(type: Self.type, content: 1, ttl: Self.now + remaining * Self.day, createdAt: 5)
                ])
                var writer = try await bench.writer()
                writer.beginPage(isRestart: false)
                try bench.accept(Shown(key: "a", content: 2, isIncomplete: true), &writer)
                try await writer.finish(isProof: false)
                let row = try #require(try await bench.rows()["a"])
                #expect(row.content == 1)
                #expect(row.ttl == Self.now + (isRenewed ? 90 : remaining) * Self.day)
                #expect(writer.changes.renewed == (isRenewed ? 1 : 0))
                #expect(writer.changes.unchanged == (isRenewed ? 0 : 1))
            }
            await bench.store.close()
        }
    }

    @Test("a key that no store takes is told with its resource; the others are written and what is gone is deleted")
    func keyTooLong() async throws {
        try await TemporaryDirectory.with { path in
            let bench = try await Bench(path)
            try await bench.fill(["gone": Row(type: Self.type, content: 1, ttl: Self.now + 80 * Self.day, createdAt: 5)]
            )
            var writer = try await bench.writer()
            writer.beginPage(isRestart: false)
            try bench.accept(Shown(key: "a", content: 1), &writer)
            try bench.accept(Shown(key: "long" + String(repeating: "x", count: 1_100), content: 1), &writer)
            try bench.accept(Shown(key: String(repeating: "y", count: 1_024), content: 1), &writer)
            let failure = await #expect(throws: ListingFailure.self) { try await writer.finish(isProof: true) }
            #expect(failure?.error.code == "KeyTooLong")
            #expect(failure?.error.message.contains("longxxx") == true)
            #expect(Set(try await bench.rows().keys) == ["a", String(repeating: "y", count: 1_024)])
            await bench.store.close()
        }
    }

    @Test("renewal is due well before a row expires and never while it is young")
    func renewal() {
        let policy = RenewalPolicy()
        var random = SeededGenerator(seed: 7)
        for _ in 0..<10_000 {
            let digest = Digest(high: random.next(), low: random.next())
            #expect(policy.isDue(ttl: Self.now + 15 * Self.day, now: Self.now, digest: digest))
            #expect(!policy.isDue(ttl: Self.now + 45 * Self.day + 1, now: Self.now, digest: digest))
        }
    }
}
