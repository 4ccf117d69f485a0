import Inventory
import JSON
import Testing

@testable import Store

/// What every engine promises; each test runs on each engine.
@Suite("The store contract")
struct StoreContractTests {
    @Test("A put resource comes back as it was written", arguments: Engine.allCases)
    func roundTrip(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let record = Samples.record(
                "i-1", arn: "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", name: "wéb – 東京 \"1\"",
                tags: #"{"Name":"wéb – 東京 \"1\"","empty":""}"#,
                data:
                    #"{"S":"a\"\\\n\u0001ü😀","N":-12.5e3,"Big":123456789012345678901234567890,"Z":0,"T":true,"F":false,"#
                    + #""U":null,"E":"","L":[],"M":{},"D":{"a":[{"b":[1,2,[3]]}]}}"#)
            try await store.store([record], in: record.unit)
            let found = try #require(try await store.get("i-1").first)
            #expect(try Comparable(found) == Comparable(record))
            #expect(try await store.listAll().map(Comparable.init) == [Comparable(record)])
        }
    }

    @Test("A resource without ARN, name and tags comes back without them", arguments: Engine.allCases)
    func absentParts(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let unit = Samples.unit("iam", region: Scope.global)
            try await store.store([Samples.record("r", type: "iam/role", unit: unit)], in: unit)
            let found = try #require(try await store.get("r").first)
            #expect(found.arn == nil && found.name == nil)
            #expect(found.tags == Array("{}".utf8))
            #expect(found.unit.scope.region == Scope.global)
            #expect(found.unit.partitionKey == "iam#111122223333#global")
        }
    }

    @Test("The index holds key, type, digest and times of one unit, expired rows included", arguments: Engine.allCases)
    func index(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let unit = Samples.unit()
            let old = Samples.now - 2 * ResourceRecord.lifetimeInSeconds
            try await store.write(
                Samples.puts([
                    Samples.record("a", digest: 7),
                    Samples.record("b", type: "ec2/vpc", digest: 8, createdAt: 1_700_000_000),
                    Samples.record("c", updatedAt: old),
                ]))
            let other = Samples.unit(region: "eu-west-2")
            try await store.write(Samples.puts([Samples.record("d", unit: other)], in: other))
            let index = try await store.index(of: unit)
            #expect(index.count == 3)
            let b = try #require(index.row("b"))
            #expect(b.type == "ec2/vpc")
            #expect(b.entry.digest == Digest(high: 8, low: ~8))
            #expect(b.entry.createdAt == 1_700_000_000)
            #expect(b.entry.ttl == Samples.now + ResourceRecord.lifetimeInSeconds)
            #expect(index.row("c")?.entry.ttl == old + ResourceRecord.lifetimeInSeconds)
            #expect(try await store.index(of: Samples.unit("sqs")).count == 0)
        }
    }

    @Test("A second put replaces, a renewal moves the TTL, a delete removes", arguments: Engine.allCases)
    func writes(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let unit = Samples.unit()
            try await store.store(["a", "b", "c"].map { Samples.record($0) }, in: unit)
            var batch = WriteBatch(unit: unit)
            batch.puts = [Samples.record("a", data: #"{"v":2}"#, digest: 2, updatedAt: Samples.now + 10)]
            batch.renewals = [Samples.record("b", updatedAt: Samples.now + 20)]
            batch.deletes = ["c", "never-there"]
            try await store.write(batch)
            let rows = try await store.listAll()
            #expect(rows.map(\.id) == ["a", "b"])
            #expect(rows.map(\.ttl) == [10, 20].map { Samples.now + $0 + ResourceRecord.lifetimeInSeconds })
            #expect(String(decoding: rows[0].data, as: UTF8.self) == #"{"v":2}"#)
            #expect(rows[0].digest == Digest(high: 2, low: ~2))
            #expect(rows.allSatisfy { $0.createdAt == Samples.now - 60 })
        }
    }

    @Test("A touch moves the TTL of a row and nothing else, and brings no row about", arguments: Engine.allCases)
    func touches(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let unit = Samples.unit()
            try await store.store(["a", "b"].map { Samples.record($0) }, in: unit)
            let before = try await store.listAll()
            var batch = WriteBatch(unit: unit)
            let ttl = Samples.now + 77 + ResourceRecord.lifetimeInSeconds
            batch.touches = ["a", "never-there"].map { .init(id: $0, updatedAt: Samples.now + 77, ttl: ttl) }
            try await store.write(batch)
            var expected = before
            expected[0].ttl = ttl
            expected[0].updatedAt = Samples.now + 77
            #expect(try await store.listAll() == expected)
        }
    }

    @Test(
        "A key that is put, renewed and deleted in one batch is gone; put twice, the last counts",
        arguments: Engine.allCases)
    func sameKeys(_ engine: Engine) async throws {
        try await engine.withStore { store in
            var batch = Samples.puts([
                Samples.record("a"), Samples.record("b", digest: 1), Samples.record("b", digest: 2),
            ])
            batch.renewals = [Samples.record("a")]
            batch.deletes = ["a", "a"]
            try await store.write(batch)
            try await store.publish(Samples.metadata(batch.unit))
            let rows = try await store.listAll()
            #expect(rows.map(\.id) == ["b"])
            #expect(rows.first?.digest == Digest(high: 2, low: ~2))
        }
    }

    @Test("Expired rows are not listed and not got", arguments: Engine.allCases)
    func expired(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let lifetime = ResourceRecord.lifetimeInSeconds
            let records = [
                Samples.record("gone", updatedAt: Samples.now - lifetime),
                Samples.record("last-second", updatedAt: Samples.now - lifetime + 1),
            ]
            try await store.store(records, in: Samples.unit())
            #expect(try await store.listAll().map(\.id) == ["last-second"])
            #expect(try await store.get("gone").isEmpty)
            #expect(try await store.index(of: Samples.unit()).count == 2)
        }
    }

    @Test("Awkward ids are keys like any other", arguments: Engine.allCases)
    func awkwardKeys(_ engine: Engine) async throws {
        let ids = [
            "a#b/c", "ec2#111122223333#eu-west-1", "ü", "u\u{308}", "日本", "😀", " ", "'; DROP TABLE inventory; --",
            "%_*?",
            "a\"b", "\\", "line\nbreak", "\u{1}", "\u{FFFF}", String(repeating: "k", count: 1_024),
        ]
        try await engine.withStore { store in
            try await store.store(ids.map { Samples.record($0) }, in: Samples.unit())
            let found = try await store.listAll(pageSize: 2).map { Array($0.id.utf8) }
            let isExpected = found == ids.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
            #expect(isExpected)
            let index = try await store.index(of: Samples.unit())
            for id in ids { #expect(index.row(id) != nil, "\(id)") }
            var batch = WriteBatch(unit: Samples.unit())
            batch.deletes = ids
            try await store.write(batch)
            #expect(try await store.listAll().isEmpty)
        }
    }

    @Test(
        "Ids that no engine can keep are refused and nothing is written", arguments: Engine.allCases,
        ["", "a\u{0}b", String(repeating: "k", count: 1_025)])
    func refusedKeys(_ engine: Engine, id: String) async throws {
        try await engine.withStore { store in
            let error = await #expect(throws: StoreError.self) {
                try await store.write(Samples.puts([Samples.record("fine"), Samples.record(id)]))
            }
            #expect(error?.parts.kind == "refused")
            let left = try await store.index(of: Samples.unit()).count
            #expect(left == 0)
        }
    }

    @Test("Pages follow each other in key order without a gap or a repeat", arguments: Engine.allCases)
    func pages(_ engine: Engine) async throws {
        try await engine.withStore { store in
            var expected: [String] = []
            for region in ["eu-west-1", "us-east-1"] {
                let unit = Samples.unit(region: region)
                let ids = (0..<60).map { "r-\(100 + $0)" }
                try await store.store(ids.shuffled().map { Samples.record($0, unit: unit) }, in: unit)
                expected += ids.map { "\(region) \($0)" }
            }
            for size in [1, 7, 60, 120, 500] where size > 1 || engine == .sqlite {
                let found = try await store.listAll(pageSize: size).map { "\($0.unit.storedRegion) \($0.id)" }
                #expect(found == expected, "pages of \(size)")
            }
            let last = try await store.list(ResourceFilter(), after: nil, limit: 120)
            #expect(last.records.count == 120)
            if let cursor = last.cursor {
                #expect(try await store.list(ResourceFilter(), after: cursor, limit: 5).records.isEmpty)
            }
        }
    }

    @Test("A cursor that no store gave out is refused", arguments: Engine.allCases, ["", "x", "[]", "[1,2]"])
    func badCursor(_ engine: Engine, cursor: String) async throws {
        try await engine.withStore { store in
            await #expect(throws: StoreError.self) {
                try await store.list(ResourceFilter(), after: cursor, limit: 1)
            }
        }
    }

    @Test("Filters restrict by every part", arguments: Engine.allCases)
    func filters(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let home = Samples.unit()
            try await store.store(
                [
                    Samples.record("i-1", name: "web", tags: #"{"env":"prod","team":"a"}"#),
                    Samples.record("i-2", name: "db", tags: #"{"env":"test"}"#), Samples.record("v-1", type: "ec2/vpc"),
                ], in: home)
            for unit in [
                Samples.unit(region: "us-east-1"), Samples.unit(account: "444455556666"), Samples.unit("ec2x"),
                Samples.unit("s3", region: Scope.global),
            ] {
                try await store.store([Samples.record("o", type: "\(unit.service)/other", unit: unit)], in: unit)
            }
            func count(_ change: (inout ResourceFilter) -> Void) async throws -> Int {
                var filter = ResourceFilter()
                change(&filter)
                return try await store.listAll(filter, pageSize: 2).count
            }
            #expect(try await count { _ in } == 7)
            #expect(try await count { $0.service = "ec2" } == 5)
            #expect(try await count { $0.service = "ec" } == 0)
            #expect(try await count { $0.type = "ec2/vpc" } == 1)
            #expect(
                try await count {
                    $0.service = "s3"; $0.type = "ec2/vpc"
                } == 0)
            #expect(try await count { $0.account = "444455556666" } == 1)
            #expect(try await count { $0.region = "global" } == 1)
            #expect(try await count { $0.region = "us-east-1" } == 1)
            #expect(
                try await count {
                    $0.service = "ec2"; $0.account = Samples.account; $0.region = "eu-west-1"
                } == 3)
            #expect(try await count { $0.name = "web" } == 1)
            #expect(try await count { $0.tags = ["env": "prod"] } == 1)
            #expect(try await count { $0.tags = ["env": "prod", "team": "b"] } == 0)
            #expect(try await count { $0.tags = ["no-such": ""] } == 0)
        }
    }

    @Test("A resource is found by id, ARN or name, in every unit that has it", arguments: Engine.allCases)
    func get(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let other = Samples.unit(region: "us-east-1")
            try await store.store([Samples.record("x-1", arn: "arn:aws:x", name: "shared")], in: Samples.unit())
            try await store.store([Samples.record("x-2", unit: other, name: "shared")], in: other)
            #expect(try await store.get("x-1").map(\.id) == ["x-1"])
            #expect(try await store.get("arn:aws:x").map(\.id) == ["x-1"])
            #expect(try await store.get("shared").map(\.id) == ["x-1", "x-2"])
            #expect(try await store.get("x-").isEmpty)
        }
    }

    @Test("Metadata comes back as published, sorted, and the last one counts", arguments: Engine.allCases)
    func metadata(_ engine: Engine) async throws {
        try await engine.withStore { store in
            var ec2 = Samples.metadata(Samples.unit(), count: 3)
            ec2.outcomes.append(.init(type: "ec2/vpc", outcome: .denied, count: 0, error: "AccessDenied: \"no\""))
            ec2.status = "partial"
            ec2.lastGoodAt = Samples.now - 86_400
            let iam = UnitMetadata(
                unit: Samples.unit("iam", region: Scope.global), resourceCount: 0, updatedAt: nil,
                lastAttemptAt: Samples.now, lastGoodAt: nil, status: "failed", outcomes: [], runID: "r2")
            try await store.publish(iam)
            try await store.publish(Samples.metadata(Samples.unit(), count: 9))
            try await store.publish(ec2)
            #expect(try await store.metadata(service: nil) == [ec2, iam])
            #expect(try await store.metadata(service: "iam") == [iam])
            #expect(try await store.metadata(service: "rds").isEmpty)
            #expect(try await store.metadata(of: iam.unit) == iam)
            #expect(try await store.metadata(of: ec2.unit) == ec2)
            #expect(try await store.metadata(of: Samples.unit("rds")) == nil)
        }
    }

    @Test("Thousands of rows in one batch are all there and can all be deleted", arguments: Engine.allCases)
    func manyRows(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let ids = (0..<(engine == .sqlite ? 5_000 : 400)).map { "r-\($0)" }
            try await store.store(ids.map { Samples.record($0) }, in: Samples.unit())
            #expect(try await store.index(of: Samples.unit()).count == ids.count)
            #expect(try await store.listAll(pageSize: 333).count == ids.count)
            var batch = WriteBatch(unit: Samples.unit())
            batch.deletes = ids
            try await store.write(batch)
            #expect(try await store.index(of: Samples.unit()).count == 0)
        }
    }

    @Test("A big document comes back whole", arguments: Engine.allCases)
    func bigRecord(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let text = String(repeating: "0123456789", count: 35_000)
            let record = Samples.record("big", data: #"{"Text":"\#(text)"}"#)
            try await store.store([record, Samples.record("small")], in: record.unit)
            #expect(try await store.get("big").first?.data == record.data)
            #expect(try await store.listAll().map(\.id) == ["big", "small"])
        }
    }

    @Test("prepare may be called again and keeps what is stored", arguments: Engine.allCases)
    func prepareTwice(_ engine: Engine) async throws {
        try await engine.withStore { store in
            try await store.store([Samples.record("a")], in: Samples.unit())
            try await store.prepare()
            #expect(try await store.listAll().count == 1)
        }
    }

    @Test("A cancelled task writes nothing and says so", arguments: Engine.allCases)
    func cancelled(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let result = await Task {
                withUnsafeCurrentTask { $0?.cancel() }
                do throws(StoreError) {
                    try await store.write(Samples.puts([Samples.record("a")]))
                    return StoreError?.none
                } catch {
                    return error
                }
            }.value
            #expect(result == .cancelled)
            let left = try await store.index(of: Samples.unit()).count
            #expect(left == 0)
        }
    }
}

/// A record with its documents parsed: engines may change the order of members and the spelling of numbers.
private struct Comparable: Equatable {
    let record: ResourceRecord
    let documents: [JSONValue]

    init(_ record: ResourceRecord) throws {
        var bare = record
        bare.tags = []
        bare.data = []
        self.record = bare
        documents = try [record.tags, record.data].map { try Self.normal(JSONValue.parse($0)) }
    }

    private static func normal(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            .object(members.map { .init($0.key, normal($0.value)) }.sorted { $0.key < $1.key })
        case .array(let elements): .array(elements.map(normal))
        case .decimal(let text): .decimal(Double(text).map { "\($0)" } ?? text)
        case .integer(let number): .decimal("\(Double(number))")
        default: value
        }
    }
}
