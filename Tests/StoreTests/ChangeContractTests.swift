import JSON
import Testing

@testable import Inventory
@testable import Store

/// What every engine's change log promises; each test runs on each engine.
@Suite("The change log's contract")
struct ChangeContractTests {
    private static func batch(
        _ puts: [ResourceRecord] = [], deletes: [String] = [], run: String = "r1", rules: MemberRules? = nil
    ) -> WriteBatch {
        var batch = WriteBatch(unit: Samples.unit())
        (batch.puts, batch.deletes, batch.runID, batch.rules) = (puts, deletes, run, rules)
        return batch
    }

    @Test("Created, updated and deleted rows are told with run, time, names and diff", arguments: Engine.allCases)
    func life(_ engine: Engine) async throws {
        try await engine.withLog { store in
            try await store.write(
                Self.batch([Samples.record("i-1", arn: "arn:1", name: "web", data: #"{"A":1,"B":[1,2]}"#)]))
            try await store.write(
                Self.batch(
                    [Samples.record("i-1", arn: "arn:1", name: "new", data: #"{"A":2,"C":{"D":null}}"#, digest: 2)],
                    run: "r2"))
            try await store.write(Self.batch(deletes: ["i-1", "never-there"], run: "r3"))
            let page = try await store.changes(ChangeFilter(), from: .oldest, limit: 10)
            #expect(page.changes.map(\.sequence) == [1, 2, 3])
            #expect(page.changes.map(\.kind) == [.created, .updated, .deleted])
            #expect(page.changes.map(\.runID) == ["r1", "r2", "r3"])
            #expect(page.changes.map(\.name) == ["web", "new", "new"])
            #expect(page.changes.allSatisfy { $0.arn == "arn:1" && $0.id == "i-1" && $0.type == "ec2/instance" })
            #expect(page.changes.allSatisfy { $0.unit == Samples.unit() && $0.time == Samples.now })
            #expect(
                try JSONValue.parse(page.changes[1].diff) == [
                    ["path": "A", "old": 1, "new": 2], ["path": "B", "old": [1, 2], "new": nil],
                    ["path": "C", "old": nil, "new": ["D": nil]],
                ])
            #expect(page.changes[0].diff == Change.noDiff && page.changes[2].diff == Change.noDiff)
            #expect(page.position == 3 && page.newest == 3 && page.keptSince == Samples.now)
        }
    }

    @Test("What a run has changed is told by listing, without the changes of others", arguments: Engine.allCases)
    func ofRun(_ engine: Engine) async throws {
        try await engine.withLog { store in
            try await store.write(Self.batch([Samples.record("a"), Samples.record("b"), Samples.record("c")]))
            try await store.write(
                Self.batch(
                    [Samples.record("a", data: #"{"A":2}"#, digest: 2), Samples.record("d")], deletes: ["b", "c"],
                    run: "r2"))
            try await store.write(Self.batch([Samples.record("a", data: #"{"A":3}"#, digest: 3)], run: "r2"))
            let changes = try #require(try await store.changes(of: "r2", since: Samples.now, after: nil))
            var counts = ChangeCounts()
            (counts.created, counts.updated, counts.deleted) = (1, 2, 2)
            let listing = Listing(type: "ec2/instance", scope: Samples.unit().scope)
            #expect(changes == RunChanges(counts: [listing: counts], position: 8, isLast: true))
            let later = try await store.changes(of: "r2", since: Samples.now + 1, after: nil)
            #expect(later == RunChanges(position: 8, isLast: true))
            let rest = try #require(try await store.changes(of: "r2", since: 0, after: 7))
            #expect(rest.counts.values.map(\.updated) == [1])
        }
    }

    @Test("A long run's changes are told in steps that together are all of them")
    func stepsOfRun() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/inventory.db"
            let store = SQLiteStore(path: path) { Samples.now }
            try await store.prepare()
            for number in 0..<10 {
                try await store.write(
                    Self.batch([Samples.record("x\(number)")], run: number == 4 ? "other" : "r1"))
            }
            await store.close()
            let database = try SQLiteDatabase(path: path)
            var total = 0
            var position: Int?
            var steps = 0
            while true {
                let step = try ChangeTable.changes(of: "r1", since: 0, after: position, limit: 3, in: database)
                total += step.counts.values.reduce(0) { $0 + $1.created }
                position = step.position
                steps += 1
                if step.isLast { break }
            }
            #expect((total, steps, position) == (9, 4, 10))
        }
    }

    @Test("Renewals, rewrites of the same content and ends of expired rows are no change", arguments: Engine.allCases)
    func noChange(_ engine: Engine) async throws {
        try await engine.withLog { store in
            let old = Samples.now - 2 * ResourceRecord.lifetimeInSeconds
            try await store.write(Self.batch([Samples.record("a"), Samples.record("expired", updatedAt: old)]))
            var batch = Self.batch([Samples.record("a", data: #"{"Moving":7}"#)], deletes: ["expired"])
            batch.renewals = [Samples.record("a")]
            try await store.write(batch)
            #expect(try await store.changes(ChangeFilter(), from: .oldest, limit: 10).changes.count == 2)
            #expect(try await store.index(of: Samples.unit()).count == 1)
        }
    }

    @Test("Volatile members and the order of sets are told neither alone nor beside others", arguments: Engine.allCases)
    func rules(_ engine: Engine) async throws {
        let rules = MemberRules(volatile: [["Moving"]], sets: [["Set"]], redactions: [])
        try await engine.withLog { store in
            try await store.write(
                Self.batch([Samples.record("a", data: #"{"V":1,"Moving":1,"Set":["x","y"]}"#)], rules: rules))
            try await store.write(
                Self.batch([Samples.record("a", data: #"{"V":1,"Moving":2,"Set":["y","x"]}"#, digest: 2)], rules: rules)
            )
            try await store.write(
                Self.batch([Samples.record("a", data: #"{"V":2,"Moving":3,"Set":["x","y"]}"#, digest: 3)], rules: rules)
            )
            let changes = try await store.changes(ChangeFilter(), from: .after(1), limit: 10).changes
            #expect(try changes.map { try JSONValue.parse($0.diff) } == [[["path": "V", "old": 1, "new": 2]]])
        }
    }

    @Test("Pages follow each other, and filters pass over what they do not let through", arguments: Engine.allCases)
    func pages(_ engine: Engine) async throws {
        try await engine.withLog { store in
            for number in 1...9 {
                var batch = WriteBatch(unit: Samples.unit(region: number % 3 == 0 ? "us-east-1" : "eu-west-1"))
                batch.puts = [
                    Samples.record("r-\(number)", type: number % 2 == 0 ? "ec2/vpc" : "ec2/instance", unit: batch.unit)
                ]
                try await store.write(batch)
            }
            var found: [Int] = []
            var position = ChangePosition.oldest
            while true {
                let page = try await store.changes(ChangeFilter(), from: position, limit: 4)
                found += page.changes.map(\.sequence)
                position = .after(page.position)
                if page.position == page.newest { break }
            }
            #expect(found == Array(1...9))
            func ids(_ change: (inout ChangeFilter) -> Void) async throws -> [String] {
                var filter = ChangeFilter()
                change(&filter)
                let page = try await store.changes(filter, from: .oldest, limit: 100)
                #expect(page.position == 9)
                return page.changes.map(\.id)
            }
            #expect(try await ids { $0.region = "us-east-1" } == ["r-3", "r-6", "r-9"])
            #expect(try await ids { $0.type = "ec2/vpc" } == ["r-2", "r-4", "r-6", "r-8"])
            #expect(try await ids { $0.id = "r-7" } == ["r-7"])
            #expect(try await ids { $0.kind = .deleted }.isEmpty)
            #expect(try await ids { $0.service = "s3" }.isEmpty)
            #expect(try await ids { $0.account = Samples.account }.count == 9)
            #expect(try await store.changes(ChangeFilter(), from: .newest, limit: 5).changes.isEmpty)
            #expect(try await store.changes(ChangeFilter(), from: .time(Samples.now), limit: 20).changes.count == 9)
            #expect(try await store.changes(ChangeFilter(), from: .time(Samples.now + 1), limit: 20).changes.isEmpty)
            await #expect(throws: ChangeLogError.unknown(newest: 9)) {
                try await store.changes(ChangeFilter(), from: .after(10), limit: 1)
            }
        }
    }

    @Test("History finds a resource by what it is and was called, and after its end", arguments: Engine.allCases)
    func history(_ engine: Engine) async throws {
        try await engine.withLog { store in
            try await store.write(Self.batch([Samples.record("a", name: "old"), Samples.record("b", name: "other")]))
            try await store.write(Self.batch([Samples.record("a", name: "new", data: "{}", digest: 2)]))
            try await store.write(Self.batch(deletes: ["a"]))
            for id in ["a", "old", "new"] {
                #expect(try await store.history(of: id).map(\.kind) == [.created, .updated, .deleted], "\(id)")
            }
            #expect(try await store.history(of: "b").count == 1)
            #expect(try await store.history(of: "c").isEmpty)
        }
    }

    @Test("Whoever listens is woken by changes, and not by renewals", arguments: Engine.allCases)
    func signal(_ engine: Engine) async throws {
        try await engine.withLog { store in
            var wakes = store.changeSignal.listen().makeAsyncIterator()
            try await store.write(Self.batch([Samples.record("a")]))
            #expect(await wakes.next() != nil)
            var renewal = WriteBatch(unit: Samples.unit())
            renewal.renewals = [Samples.record("a")]
            try await store.write(renewal)
            store.changeSignal.close()
            #expect(await wakes.next() == nil)
        }
    }

    @Test("Forgetting keeps the newest entry and the numbers", arguments: Engine.allCases)
    func prune(_ engine: Engine) async throws {
        try await engine.withLog { store in
            try await store.write(Self.batch((0..<2_500).map { Samples.record("r-\($0)") }))
            #expect(try await store.pruneChanges(before: Samples.now) == 0)
            #expect(try await store.pruneChanges(before: Samples.now + 1) == 2_499)
            let page = try await store.changes(ChangeFilter(), from: .oldest, limit: 10)
            #expect(page.changes.map(\.sequence) == [2_500])
            #expect(page.keptSince == Samples.now + 1)
            await #expect(throws: ChangeLogError.gone(oldest: 2_500)) {
                try await store.changes(ChangeFilter(), from: .after(7), limit: 1)
            }
        }
    }

    @Test("A DynamoDB store says that it does not know the past")
    func unsupported() async throws {
        try await Engine.dynamoDBMap.withLog { store in
            await #expect { try await store.list(ResourceFilter(), at: Samples.now, after: nil, limit: 1) } throws: {
                guard case .unsupported(let reason) = $0 as? ChangeLogError else { return false }
                return reason.contains("Type=sqlite")
            }
        }
    }
}

extension Engine {
    /// Runs `body` with an empty, prepared store that keeps a log.
    func withLog(_ body: (any InventoryStore & ChangeLog) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let store: any InventoryStore & ChangeLog
            switch self {
            case .sqlite: store = SQLiteStore(path: "\(directory)/inventory.db") { Samples.now }
            case .dynamoDBMap: store = try Self.dynamoDB(.map, changes: "\(directory)/changes.db")
            case .dynamoDBText: store = try Self.dynamoDB(.json, changes: "\(directory)/changes.db")
            }
            try await store.prepare()
            do {
                try await body(store)
            } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
    }
}
