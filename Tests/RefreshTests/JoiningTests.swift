import Inventory
import Synchronization
import Testing

@testable import Refresh

/// Runs that want the same listings at the same time.
@Suite struct JoiningTests {
    private static let page = Dialect.ec2.page([("a", 1), ("b", 1)], nil)

    private static let options: World.Options = {
        var options = World.Options()
        options.types = ["ec2/vpc", "ec2/subnet"]
        return options
    }()

    /// Two runs of which the second waits for the unit that the first has under way; AWS answers when the gate is open.
    private static func overlapping(
        _ options: World.Options = options, force: Bool = false,
        _ body: (World, _ first: RunHandle, _ second: RunHandle, Gate) async throws -> Void
    ) async throws {
        try await World.with(options) { world in
            let gate = Gate()
            defer { gate.open() }
            world.aws.answer { Self.answer($0, .after(gate, page)) }
            let first = try await world.engine.submit(RefreshRequest(), trigger: .once).run
            while !world.aws.calls.contains(where: { $0.operation == "DescribeVpcs" }) { await Task.yield() }
            var request = RefreshRequest()
            request.types = ["ec2/vpc"]
            request.force = force
            let (second, joined) = try await world.engine.submit(request, trigger: .request(uid: 7))
            #expect(!joined)
            while await world.engine.locks.count < 2 { await Task.yield() }
            // The gate holds the first call; later ones are answered at once.
            world.aws.answer { Self.answer($0, .ok(page)) }
            try await body(world, first, second, gate)
        }
    }

    private static func answer(_ call: FakeAWS.Call, _ vpcs: FakeAWS.Answer) -> FakeAWS.Answer {
        call.operation == "DescribeVpcs"
            ? vpcs : .ok("<DescribeSubnetsResponse><requestId>r</requestId><subnetSet/></DescribeSubnetsResponse>")
    }

    private static func calls(_ world: World) -> Int {
        world.aws.calls.count { $0.operation == "DescribeVpcs" }
    }

    @Test("a listing that another run has in flight is not made twice; both runs have its result")
    func joins() async throws {
        try await Self.overlapping { world, first, second, gate in
            gate.open()
            let runs = (await first.finished(), await second.finished())
            #expect(runs.0.outcomes == [.complete: 1, .empty: 1])
            #expect(runs.1.outcomes == [.complete: 1])
            #expect(runs.1.resources == 2)
            #expect(Self.calls(world) == 1)
            let results = (try await world.result(runs.0, "ec2/vpc"), try await world.result(runs.1, "ec2/vpc"))
            #expect(results.0 != nil && results.0 == results.1)
            #expect(try await world.store.metadata(service: "ec2").first?.outcomes.count == 2)
            #expect(await world.engine.locks.count == 0)
        }
    }

    @Test("the engine is idle when the last of several runs has ended, and tells it each time")
    func idle() async throws {
        final class Idle: Sendable {
            let times = Atomic(0)
        }
        let idle = Idle()
        let counts = { @Sendable in idle.times.load(ordering: .relaxed) }
        var options = Self.options
        options.whenIdle = { _ = idle.times.add(1, ordering: .relaxed) }
        try await Self.overlapping(options) { world, first, second, gate in
            // The second ends first: the first goes on.
            #expect(await world.engine.cancel(second.id))
            _ = await second.finished()
            #expect(counts() == 0)
            gate.open()
            _ = await first.finished()
            while counts() < 1 { await Task.yield() }
            try await world.refresh()
            while counts() < 2 { await Task.yield() }
            #expect(await world.engine.running.isEmpty)
        }
        #expect(counts() == 2)
    }

    @Test("a run that wants everything written does not take over a listing that writes what has changed")
    func forced() async throws {
        try await Self.overlapping(force: true) { world, first, second, gate in
            gate.open()
            #expect(await first.finished().changes.created == 2)
            #expect(await second.finished().changes.unchanged == 2)
            #expect(Self.calls(world) == 2)
        }
    }

    @Test("when the run that is waited for is cancelled, the other lists by itself")
    func holderCancelled() async throws {
        try await Self.overlapping { world, first, second, gate in
            #expect(await world.engine.cancel(first.id))
            #expect(await first.finished().state == .cancelled)
            gate.open()
            let run = await second.finished()
            #expect(run.state == .succeeded)
            #expect(run.resources == 2)
            #expect(Self.calls(world) == 2)
        }
    }

    /// Two runs of which the first is cancelled at `stuck`, while the second waits for it.
    private static func givenUp(
        _ types: [String], stuck isStuck: @escaping @Sendable (FakeAWS.Call) -> Bool,
        answer: @escaping FakeAWS.Handler, second asked: [String]? = nil, force: Bool = false,
        _ body: (World, RunRecord) async throws -> Void
    ) async throws {
        var options = World.Options()
        options.types = types
        try await World.with(options) { world in
            world.aws.answer { isStuck($0) ? .stall : answer($0) }
            let first = try await world.engine.submit(RefreshRequest(), trigger: .once).run
            while !world.aws.calls.contains(where: isStuck) { await Task.yield() }
            var request = RefreshRequest()
            request.types = asked ?? types
            request.force = force
            let second = try await world.engine.submit(request, trigger: .request(uid: 7)).run
            while await world.engine.locks.count < 2 { await Task.yield() }
            world.aws.answer(answer)
            #expect(await world.engine.cancel(first.id))
            #expect(await first.finished().state == .cancelled)
            let run = await second.finished()
            #expect(run.state == .succeeded)
            try await body(world, run)
        }
    }

    @Test("whoever waited for a run that was cancelled goes on where it stood", arguments: [false, true])
    func holderGaveUp(force: Bool) async throws {
        let dialect = Dialect.ec2
        let estate = dialect.estate((0..<5).map { page in [(id: "r\(page)", content: 1)] })
        try await Self.givenUp(
            ["ec2/vpc"], stuck: { dialect.number(of: $0) == 3 }, answer: estate, force: force
        ) { world, run in
            let asked = world.aws.calls.map { dialect.number(of: $0) }
            #expect(asked == [0, 1, 2, 3] + (force ? [0, 1, 2, 3, 4] : [3, 4]))
            #expect(run.resources == 5)
            #expect((run.changes.created, run.changes.unchanged, run.changes.deleted) == (2, 3, 0))
            let rows = try await world.rows()
            #expect(rows.count == 5)
        }
    }

    @Test("children are gone on with too, from the items of parents that were complete")
    func holderGaveUpChildren() async throws {
        let buses = Buses(buses: 3, rules: 3)
        let stuck = Buses.Page("ListRules", "b1", 2)
        try await Self.givenUp(
            ["events/event-bus", "events/rule"], stuck: { Buses.page($0) == stuck }, answer: { buses.answer($0) },
            second: ["events/rule"]
        ) { world, run in
            let pages = world.aws.calls.compactMap { Buses.page($0) }
            #expect(pages.count { $0 == stuck } == 2)
            #expect(Set(pages).count == pages.count - 1)
            #expect(run.resources == 9)
            let rows = try await world.rows(type: "events/rule")
            #expect(rows.count == 9)
        }
    }

    @Test("when the run that waits is cancelled, the other goes on")
    func waiterCancelled() async throws {
        try await Self.overlapping { world, first, second, gate in
            #expect(await world.engine.cancel(second.id))
            #expect(await second.finished().outcomes == [.cancelled: 1])
            gate.open()
            #expect(await first.finished().state == .succeeded)
            #expect(Self.calls(world) == 1)
        }
    }

    @Test("a refresh of one type in one account calls, writes and tells nothing else")
    func narrow() async throws {
        let counting = Box<CountingStore>()
        var options = Self.options
        options.types = ["ec2/vpc", "sns/subscription", "glue/crawler"]
        options.accounts = [World.account, World.other]
        options.regions = .listed([World.region, "eu-west-1"])
        options.wrap = { counting.fill(CountingStore($0)) }
        try await World.with(options) { world in
            let good: FakeAWS.Handler = { call in
                let dialect = Dialect.all.first { $0.call == call.operation && $0.service == call.service }
                return dialect?.estate([[("aaa", 1), ("bbb", 1)]])(call) ?? .ok("{}")
            }
            world.aws.answer(good)
            try await world.refresh()
            let before = try await world.store.metadata(service: nil)
            world.aws.forgetCalls()
            counting.value?.forget()
            world.clock.advance(60)
            var request = RefreshRequest()
            request.types = ["ec2/vpc"]
            request.accounts = [World.other]
            request.regions = [World.region]
            let run = try await world.refresh(request)
            #expect(run.outcomes == [.complete: 1])
            #expect(
                world.aws.calls.map { "\($0.account) \($0.region) \($0.operation)" } == [
                    "\(World.other) \(World.region) DescribeVpcs"
                ])
            let unit = Unit(service: "ec2", scope: Scope(account: World.other, region: World.region))
            #expect(counting.value?.events.map(\.unit) == [unit])
            let after = try await world.store.metadata(service: nil)
            #expect(before.filter { $0.unit != unit } == after.filter { $0.unit != unit })
        }
    }
}
