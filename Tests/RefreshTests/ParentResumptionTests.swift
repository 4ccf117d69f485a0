import AWS
import Glibc
import Inventory
import Store
import Synchronization
import Testing

@testable import Refresh

/// Listings with children whose process ends under them: parents go on like others, and complete ones are not asked again.
@Suite struct ParentResumptionTests {
    private static let all = ["events/event-bus", "events/rule", "events/rule-target"]

    private static func pages(_ world: World) -> [Buses.Page] { world.aws.calls.compactMap { Buses.page($0) } }

    /// The pages asked for before and after the end of the first process, which ends while `stuck` is asked for.
    private static func pages(
        of types: [String], _ buses: Buses, stuck: Buses.Page, boot: String = "first"
    ) async throws -> (before: [Buses.Page], after: [Buses.Page]) {
        let before = Box<[Buses.Page]>()
        let after = Box<[Buses.Page]>()
        try await ResumptionTests.inTwo(
            ResumptionTests.options(types), stuck: { Buses.page($0) == stuck }, answer: { buses.answer($0) },
            boot: boot,
            until: { world in
                guard pages(world).contains(stuck) else { return false }
                _ = before.fill(pages(world))
                return true
            }
        ) { world, handle in
            let run = await handle.finished()
            _ = after.fill(pages(world))
            #expect(run.outcomes == [.complete: types.count])
            let counts = [
                "events/event-bus": buses.rules.count, "events/rule": buses.rules.values.reduce(0) { $0 + $1.count },
                "events/rule-target": buses.rules.values.reduce(0) { $0 + $1.count } * buses.targets.count,
            ]
            for type in types {
                #expect(try await world.rows(type: type).count == counts[type])
                #expect(try await world.result(run, type)?.count == counts[type])
            }
            let metadata = try await world.store.metadata(service: "events")
            #expect(metadata.map(\.runID) == [run.id])
        }
        return (try #require(before.value), try #require(after.value))
    }

    @Test(
        "whatever page the process ends at, no page but that one is asked for again, and none is left out",
        arguments: [
            Buses.Page("ListEventBuses", "", 0), Buses.Page("ListEventBuses", "", 4),
            Buses.Page("ListRules", "b0", 0), Buses.Page("ListRules", "b1", 2), Buses.Page("ListRules", "b4", 0),
            Buses.Page("ListTargetsByRule", "b0/b0-r0", 0), Buses.Page("ListTargetsByRule", "b3/b3-r2", 2),
            Buses.Page("ListTargetsByRule", "b4/b4-r2", 2),
        ], [all, ["events/rule-target"], ["events/event-bus", "events/rule-target"]])
    func once(stuck: Buses.Page, types: [String]) async throws {
        let buses = Buses(buses: 5, rules: 3)
        let (before, after) = try await Self.pages(of: types, buses, stuck: stuck)
        #expect(Set(before).count == before.count && Set(after).count == after.count)
        #expect(Set(before).intersection(after) == [stuck])
        #expect(Set(before).union(after) == buses.pages)
    }

    @Test("after a loss of power the same holds where the databases have kept everything")
    func reboot() async throws {
        let buses = Buses(buses: 5, rules: 3)
        let stuck = Buses.Page("ListTargetsByRule", "b3/b3-r2", 2)
        let (before, after) = try await Self.pages(of: Self.all, buses, stuck: stuck, boot: "second")
        #expect(Set(before).intersection(after) == [stuck])
        #expect(Set(before).union(after) == buses.pages)
    }

    @Test("a parent whose token is no good any more begins anew, and each child is listed once")
    func staleToken() async throws {
        let buses = Buses(buses: 5, rules: 1)
        let stuck = Buses.Page("ListEventBuses", "", 4)
        let isExpired = Mutex(true)
        try await ResumptionTests.inTwo(
            ResumptionTests.options(["events/event-bus", "events/rule"]), stuck: { Buses.page($0) == stuck },
            answer: { call in
                let isRefused =
                    Buses.page(call) == stuck
                    && isExpired.withLock { expired in
                        defer { expired = false }
                        return expired
                    }
                return isRefused ? Dialect.json.error(400, "InvalidNextToken", "expired") : buses.answer(call)
            }, until: { Self.pages($0).contains(stuck) }
        ) { world, handle in
            #expect(await handle.finished().outcomes == [.complete: 2])
            let asked = Self.pages(world)
            #expect(asked.filter { $0.operation == "ListEventBuses" }.map(\.start) == [4, 0, 2, 4])
            let rules = asked.filter { $0.operation == "ListRules" }.map(\.parent)
            #expect(rules == ["b0", "b1", "b2", "b3", "b4"])
        }
    }

    @Test("what is kept of parents is gone when the unit's listings have ended, while the run goes on")
    func forgotten() async throws {
        let buses = Buses(buses: 3, rules: 1)
        let answer: FakeAWS.Handler = { $0.service == "events" ? buses.answer($0) : ResumptionTests.good($0) }
        let options = ResumptionTests.options(["events/event-bus", "events/rule", "sns/subscription"])
        try await World.with(options) { world in
            let gate = Gate()
            defer { gate.open() }
            world.aws.answer { call in
                if call.service == "sns" { return .stall }
                guard Buses.page(call) == Buses.Page("ListRules", "b1"), case .ok(let text) = answer(call) else {
                    return answer(call)
                }
                return .after(gate, text)
            }
            let handle = try await world.engine.submit(RefreshRequest(), trigger: .once).run
            while !Self.pages(world).contains(Buses.Page("ListRules", "b1")) { await Task.yield() }
            let bus = Listing(
                type: "events/event-bus", scope: Scope(account: World.account, region: World.region))
            let kept = try await world.ledger.remains(of: bus, run: handle.id)
            #expect(kept.checkpoint == nil)
            #expect(kept.parent?.items.map(\.id) == ["b0", "b1", "b2"])
            #expect(kept.parent?.items.first?.document == Array("{\"Name\":\"b0\"}".utf8))
            gate.open()
            while handle.progress.services["events"]?.finished != 2 { await Task.yield() }
            // The last listing of a unit is recorded behind its metadata.
            while try await world.ledger.remains(of: bus, run: handle.id).parent != nil { await Task.yield() }
            #expect(handle.progress.record.state == .running)
        }
    }

    @Test("a parent whose children need what is declared redacted is listed anew, and nothing of it is written down")
    func redacted() async throws {
        let buses = Buses(buses: 5, rules: 3, prefix: "hidden")
        let stuck = Buses.Page("ListRules", "hidden1", 2)
        try await TemporaryDirectory.with { directory in
            let file = try #require(fopen(directory + "/redacted.json", "w"))
            fputs(#"{"services":{"events":{"types":{"event-bus":{"redact":["Name"]}}}}}"#, file)
            fclose(file)
            var options = ResumptionTests.options(["events/rule"])
            let (catalogue, problems) = try World.catalogue.get().overridden(by: directory)
            #expect(problems.isEmpty)
            options.catalogue = catalogue
            try await ResumptionTests.inTwo(
                options, stuck: { Buses.page($0) == stuck }, answer: { buses.answer($0) },
                until: { Self.pages($0).contains(stuck) },
                between: { path in
                    for name in ["state.db", "state.db-wal"] {
                        guard let file = fopen("\(path)/\(name)", "r") else { continue }
                        defer { fclose(file) }
                        var bytes = [UInt8](repeating: 0, count: 1 << 20)
                        let count = fread(&bytes, 1, bytes.count, file)
                        #expect(!String(decoding: bytes[..<count], as: UTF8.self).contains("hidden"))
                    }
                }
            ) { world, handle in
                #expect(await handle.finished().outcomes == [.complete: 1])
                let asked = Self.pages(world)
                #expect(asked.prefix(3).map(\.operation) == Array(repeating: "ListEventBuses", count: 3))
                #expect(asked[3] == stuck)
                let rows = try await world.rows(type: "events/rule")
                #expect(rows.count == 15)
            }
        }
    }

    @Test("children of a parent that was held back before the restart lose nothing after it")
    func heldBack() async throws {
        let many = Buses(buses: 30, rules: 1)
        var few = many
        few.rules = many.rules.filter { ["b0", "b1"].contains($0.key) }
        let shown = few
        try await TemporaryDirectory.with { path in
            let aws = try FakeAWS()
            defer { aws.stop() }
            var options = ResumptionTests.options(["events/event-bus", "events/rule"])
            options.path = path
            options.aws = aws
            // Only the buses' loss is large enough: of the rules any number may go.
            aws.answer { many.answer($0) }
            try await World.with(options) { world in
                try await world.refresh()
                let stuck = Buses.Page("ListRules", "b1")
                aws.answer { Buses.page($0) == stuck ? .stall : shown.answer($0) }
                aws.forgetCalls()
                _ = try await world.engine.submit(RefreshRequest(), trigger: .request(uid: 0))
                while !Self.pages(world).contains(stuck) { await Task.yield() }
                await world.engine.stop(within: .zero)
            }
            aws.answer { shown.answer($0) }
            aws.forgetCalls()
            options.shrinkGuard.minimumCount = 1_000
            try await World.with(options) { world in
                let handle = try #require(try await world.engine.resume().resumed.first)
                let run = await handle.finished()
                #expect(run.changes.deleted == 0)
                #expect(Self.pages(world) == [Buses.Page("ListRules", "b1")])
                #expect(try await world.rows(type: "events/rule").count == 30)
            }
        }
    }
}
