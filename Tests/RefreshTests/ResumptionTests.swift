import AWS
import Inventory
import Store
import Synchronization
import Testing

@testable import Refresh

/// Runs whose process ends under them, and the next process that goes on with them.
@Suite struct ResumptionTests {
    /// Two processes on one directory, one after the other; the first ends while AWS does not answer what `isStuck` says.
    static func inTwo(
        _ options: World.Options, stuck isStuck: @escaping @Sendable (FakeAWS.Call) -> Bool,
        answer: @escaping FakeAWS.Handler, boot: String = "first",
        until isReached: @escaping @Sendable (World) async throws -> Bool,
        between: (String) async throws -> Void = { _ in },
        _ body: (World, RunHandle) async throws -> Void
    ) async throws {
        try await TemporaryDirectory.with { path in
            let aws = try FakeAWS()
            defer { aws.stop() }
            var options = options
            options.path = path
            options.aws = aws
            aws.answer { isStuck($0) ? .stall : answer($0) }
            let id = Box<String>()
            try await World.with(options) { world in
                let run = try await world.engine.submit(RefreshRequest(), trigger: .request(uid: 7)).run
                _ = id.fill(run.id)
                while try await !isReached(world) { await Task.yield() }
                // Leaves the run as a process that ends leaves it; what is under way is not recorded.
                await world.engine.stop(within: .zero)
                #expect(await run.finished().state == .running)
            }
            try await between(path)
            aws.answer(answer)
            aws.forgetCalls()
            options.boot = boot
            try await World.with(options) { world in
                let (resumed, interrupted) = try await world.engine.resume()
                #expect(interrupted.isEmpty)
                let run = try #require(resumed.first)
                #expect(run.id == id.value)
                try await body(world, run)
            }
        }
    }

    static func options(_ types: [String], accounts: [String] = [World.account]) -> World.Options {
        var options = World.Options()
        options.types = types
        options.accounts = accounts
        return options
    }

    private func expectAccounted(_ world: World, _ run: RunRecord) async throws {
        #expect(run.planned == run.outcomes.values.reduce(0, +))
        let listings = try await world.planned(run)
        #expect(listings.count == run.planned)
        #expect(listings.allSatisfy { $0.result != nil })
        #expect(try await world.ledger.run(run.id) == run)
    }

    private static let types = ["ec2/vpc", "sns/subscription", "glue/crawler", "lambda/function"]

    static let good: FakeAWS.Handler = { call in
        let dialect = Dialect.all.first { $0.call == call.operation && $0.service == call.service }
        guard let dialect else { return .ok("{}") }
        return dialect.estate([[("aaa", 1), ("bbb", 1)]])(call)
    }

    @Test("a run goes on with its id, its start and what has ended; only the rest is listed, and metadata follow")
    func resumes() async throws {
        let options = Self.options(Self.types, accounts: [World.account, World.other])
        try await Self.inTwo(
            options, stuck: { $0.service == "sns" || $0.account == World.other && $0.service == "glue" },
            answer: Self.good,
            until: { try await $0.ledger.openRuns().first?.record.outcomes == [.complete: 5] }
        ) { world, handle in
            #expect(handle.progress.record.trigger == .request(uid: 7))
            #expect(handle.progress.finished == 5)
            world.clock.advance(50)
            let run = await handle.finished()
            #expect(run.state == .succeeded)
            #expect(run.startedAt == 1_800_000_000)
            #expect(run.outcomes == [.complete: 8])
            #expect(run.resources == 16)
            #expect(run.changes.created == 16)
            #expect(handle.progress.services.values.allSatisfy { $0.planned == 2 && $0.finished == 2 })
            try await expectAccounted(world, run)
            #expect(
                // What all listings of a region share, their tags, is asked again.
                Set(world.aws.calls.filter { $0.service != "tagging" }.map { "\($0.account) \($0.service)" }) == [
                    "\(World.account) sns", "\(World.other) sns", "\(World.other) glue",
                ])
            let metadata = try await world.store.metadata(service: nil)
            #expect(metadata.count == 8)
            #expect(metadata.allSatisfy { $0.runID == run.id && $0.status == "ok" })
        }
    }

    @Test("a listing goes on at the page it stood at, and what it showed before counts as seen", arguments: Dialect.all)
    func pages(_ dialect: Dialect) async throws {
        let pages = (0..<5).map { page in (0..<3).map { (id: "r\(page)-\($0)", content: 1) } }
        let estate = dialect.estate(pages)
        try await Self.inTwo(
            Self.options([dialect.type]), stuck: { $0.operation == dialect.call && dialect.number(of: $0) == 3 },
            answer: estate,
            until: { world in world.aws.calls.contains { dialect.number(of: $0) == 3 } }
        ) { world, handle in
            let run = await handle.finished()
            #expect(run.outcomes == [.complete: 1])
            #expect(run.resources == 15)
            #expect(run.changes.created == 15)
            let asked = world.aws.calls.filter { $0.operation == dialect.call }.map { dialect.number(of: $0) }
            #expect(asked == [3, 4])
            #expect(try await world.rows().count == 15)
            try await expectAccounted(world, run)
        }
    }

    @Test("what is gone is deleted by a listing that went on, and nothing else is")
    func deletes() async throws {
        let dialect = Dialect.ec2
        try await TemporaryDirectory.with { path in
            let aws = try FakeAWS()
            defer { aws.stop() }
            var options = Self.options([dialect.type])
            options.path = path
            options.aws = aws
            aws.answer(dialect.estate([[("a", 1), ("b", 1), ("gone", 1), ("c", 1)]]))
            let later = dialect.estate([[("a", 1)], [("b", 2)], [("c", 1)]])
            let id = Box<String>()
            try await World.with(options) { world in
                try await world.refresh()
                aws.answer { dialect.number(of: $0) == 2 ? .stall : later($0) }
                let run = try await world.engine.submit(RefreshRequest(), trigger: .request(uid: 0)).run
                _ = id.fill(run.id)
                while !aws.calls.contains(where: { dialect.number(of: $0) == 2 }) { await Task.yield() }
                await world.engine.stop(within: .zero)
            }
            aws.answer(later)
            aws.forgetCalls()
            try await World.with(options) { world in
                let handle = try #require(try await world.engine.resume().resumed.first)
                let run = await handle.finished()
                #expect(run.id == id.value)
                #expect(run.outcomes == [.complete: 1])
                #expect(run.resources == 3)
                #expect((run.changes.unchanged, run.changes.updated, run.changes.deleted) == (2, 1, 1))
                #expect(aws.calls.map { dialect.number(of: $0) } == [2])
                #expect(Set(try await world.rows().keys) == ["a", "b", "c"])
            }
        }
    }

    @Test("a token that is no good any more starts the listing from its beginning", arguments: Dialect.all)
    func staleToken(_ dialect: Dialect) async throws {
        let pages = (0..<4).map { page in [(id: "r\(page)", content: 1)] }
        let estate = dialect.estate(pages)
        let isExpired = Mutex(true)
        try await Self.inTwo(
            Self.options([dialect.type]), stuck: { $0.operation == dialect.call && dialect.number(of: $0) == 2 },
            answer: { call in
                guard call.operation == dialect.call, dialect.number(of: call) == 2 else { return estate(call) }
                let isRefused = isExpired.withLock { expired in
                    defer { expired = false }
                    return expired
                }
                return isRefused ? dialect.error(400, "InvalidNextToken", "the token has expired") : estate(call)
            }, until: { world in world.aws.calls.contains { dialect.number(of: $0) == 2 } }
        ) { world, handle in
            let run = await handle.finished()
            #expect(run.outcomes == [.complete: 1])
            #expect(run.resources == 4)
            let asked = world.aws.calls.filter { $0.operation == dialect.call }.map { dialect.number(of: $0) }
            #expect(asked == [2, 0, 1, 2, 3])
            let rows = try await world.rows()
            #expect(rows.count == 4)
        }
    }

    @Test("rows that the store has lost since start their listing from its beginning")
    func lostRows() async throws {
        let dialect = Dialect.ec2
        let estate = dialect.estate((0..<4).map { page in [(id: "r\(page)", content: 1)] })
        try await Self.inTwo(
            Self.options([dialect.type]), stuck: { dialect.number(of: $0) == 3 }, answer: estate,
            until: { world in world.aws.calls.contains { dialect.number(of: $0) == 3 } },
            between: { path in
                let store = SQLiteStore(path: path + "/inventory.db")
                var batch = WriteBatch(
                    unit: Unit(service: "ec2", scope: Scope(account: World.account, region: World.region)))
                batch.deletes = ["r1"]
                try await store.write(batch)
                await store.close()
            }
        ) { world, handle in
            let run = await handle.finished()
            #expect(run.outcomes == [.complete: 1])
            #expect(world.aws.calls.map { dialect.number(of: $0) } == [0, 1, 2, 3])
            let rows = try await world.rows()
            #expect(rows.count == 4)
        }
    }

    private static let unit = Unit(service: "ec2", scope: Scope(account: World.account, region: World.region))

    /// What a loss of power took from the store.
    enum Loss: Sendable {
        case nothing, row, content, deletion, anotherType
    }

    @Test(
        "after a start of the machine a listing that ended holds if the store has all of it, and is made again if not",
        arguments: [
            (Loss.nothing, ["DescribeSubnets"]), (.row, ["DescribeSubnets", "DescribeVpcs"]),
            (.content, ["DescribeSubnets", "DescribeVpcs"]), (.deletion, ["DescribeSubnets", "DescribeVpcs"]),
            (.anotherType, ["DescribeSubnets", "DescribeInternetGateways"]),
        ])
    func reboot(loss: Loss, asked: [String]) async throws {
        let answer: FakeAWS.Handler = { call in
            switch call.operation {
            case "DescribeSubnets":
                .ok("<DescribeSubnetsResponse><requestId>r</requestId><subnetSet/></DescribeSubnetsResponse>")
            case "DescribeInternetGateways":
                .ok(
                    "<DescribeInternetGatewaysResponse><requestId>r</requestId><internetGatewaySet/>"
                        + "</DescribeInternetGatewaysResponse>")
            default: Self.good(call)
            }
        }
        try await Self.inTwo(
            Self.options(["ec2/vpc", "ec2/internet-gateway", "ec2/subnet", "sns/subscription"]),
            stuck: { $0.operation == "DescribeSubnets" }, answer: answer, boot: "second",
            until: { try await $0.ledger.openRuns().first?.record.outcomes == [.complete: 2, .empty: 1] },
            between: { try await Self.lose(loss, $0) }
        ) { world, handle in
            let run = await handle.finished()
            #expect(run.outcomes == [.complete: 2, .empty: 2])
            #expect(run.resources == 4)
            // What is lost here goes with an entry in the log, so that a row is created twice.
            if case .row = loss {
                #expect(run.changes.created == 5)
            } else {
                #expect(run.changes.created == 4)
            }
            try await expectAccounted(world, run)
            #expect(Set(world.aws.calls.map(\.operation)) == Set(asked))
            let vpcs = try await world.rows(type: "ec2/vpc")
            #expect(Set(vpcs.keys) == ["aaa", "bbb"])
            let gateways = try await world.rows(type: "ec2/internet-gateway")
            #expect(gateways.isEmpty)
            let metadata = try await world.store.metadata(of: Self.unit)
            #expect(metadata?.runID == run.id)
        }
    }

    private static func lose(_ loss: Loss, _ path: String) async throws {
        let store = SQLiteStore(path: path + "/inventory.db", now: { 1_800_000_000 })
        var batch = WriteBatch(unit: unit)
        var row = try #require(try await store.get("aaa").first)
        switch loss {
        case .nothing: break
        case .row: batch.deletes = ["aaa"]
        case .content:
            row.digest = Digest(high: 7, low: 7)
            batch.puts = [row]
        case .deletion, .anotherType:
            row.id = "gone"
            if case .anotherType = loss { row.type = "ec2/internet-gateway" }
            batch.puts = [row]
        }
        if !batch.isEmpty { try await store.write(batch) }
        await store.close()
    }

    @Test("after a start of the machine a unit that lacks nothing but its metadata is listed as little as can be")
    func lostMetadata() async throws {
        let answer: FakeAWS.Handler = { call in
            call.operation == "DescribeSubnets"
                ? .ok("<DescribeSubnetsResponse><requestId>r</requestId><subnetSet/></DescribeSubnetsResponse>")
                : Self.good(call)
        }
        try await Self.inTwo(
            Self.options(["ec2/vpc", "ec2/subnet", "sns/subscription"]), stuck: { $0.service == "sns" }, answer: answer,
            boot: "second",
            until: { try await $0.ledger.openRuns().first?.record.outcomes == [.complete: 1, .empty: 1] },
            between: { path in
                let store = SQLiteStore(path: path + "/inventory.db")
                var metadata = try #require(try await store.metadata(of: Self.unit))
                metadata.runID = "an earlier run"
                try await store.publish(metadata)
                await store.close()
            }
        ) { world, handle in
            let run = await handle.finished()
            #expect(run.outcomes == [.complete: 2, .empty: 1])
            #expect(Set(world.aws.calls.map(\.operation)) == ["DescribeSubnets", "ListSubscriptions"])
            let metadata = try await world.store.metadata(of: Self.unit)
            #expect(metadata?.runID == run.id)
            #expect(metadata?.outcomes.count == 2)
        }
    }

    @Test("pages whose checkpoints the ledger would not take are not forgotten by the ones it takes later")
    func refusedCheckpoint() async throws {
        let dialect = Dialect.ec2
        let estate = dialect.estate((0..<5).map { page in [(id: "r\(page)", content: 1)] })
        let recording = Box<RecordingLedger>()
        var options = Self.options([dialect.type])
        options.wrapLedger = { base in
            let ledger = RecordingLedger(base)
            _ = recording.fill(ledger)
            return ledger
        }
        try await Self.inTwo(
            options, stuck: { dialect.number(of: $0) == 4 },
            answer: { call in
                // The second page's checkpoint is refused.
                if dialect.number(of: call) == 1 { recording.value?.refuse(1) }
                return estate(call)
            }, until: { world in world.aws.calls.contains { dialect.number(of: $0) == 4 } }
        ) { world, handle in
            let run = await handle.finished()
            #expect(world.aws.calls.map { dialect.number(of: $0) } == [4])
            #expect(run.resources == 5)
            #expect(run.changes.deleted == 0)
            let rows = try await world.rows()
            #expect(rows.count == 5)
        }
    }

    @Test("after a start of the machine a unit whose metadata the store has lost is listed anew")
    func lostUnit() async throws {
        try await Self.inTwo(
            Self.options(["ec2/vpc", "sns/subscription"]), stuck: { $0.service == "sns" }, answer: Self.good,
            boot: "second",
            until: { try await $0.ledger.openRuns().first?.record.outcomes == [.complete: 1] },
            between: { path in
                let store = SQLiteStore(path: path + "/inventory.db")
                let unit = Unit(service: "ec2", scope: Scope(account: World.account, region: World.region))
                var batch = WriteBatch(unit: unit)
                batch.deletes = ["aaa", "bbb"]
                try await store.write(batch)
                var metadata = try #require(try await store.metadata(of: unit))
                metadata.runID = "an earlier run"
                try await store.publish(metadata)
                await store.close()
            }
        ) { world, handle in
            #expect(handle.progress.record.outcomes == [.complete: 1])
            let run = await handle.finished()
            #expect(run.outcomes == [.complete: 2])
            // The rows went with entries in the log, as nothing does that is lost: created twice.
            #expect(run.changes.created == 6)
            try await expectAccounted(world, run)
            let rows = try await world.rows()
            #expect(rows.count == 4)
        }
    }

    @Test("what is planned no more after the restart ends as interrupted")
    func planChanged() async throws {
        try await TemporaryDirectory.with { path in
            let aws = try FakeAWS()
            defer { aws.stop() }
            var options = Self.options(["ec2/vpc"], accounts: [World.account, World.other])
            options.path = path
            options.aws = aws
            aws.answer { _ in .stall }
            try await World.with(options) { world in
                _ = try await world.engine.submit(RefreshRequest(), trigger: .request(uid: 0)).run
                while try await world.ledger.openRuns().first?.record.planned != 2 { await Task.yield() }
                await world.engine.stop(within: .zero)
            }
            aws.answer(Self.good)
            options.accounts = [World.other]
            try await World.with(options) { world in
                let handle = try #require(try await world.engine.resume().resumed.first)
                let run = await handle.finished()
                #expect(run.outcomes == [.complete: 1, .interrupted: 1])
                #expect(run.state == .partial)
                try await expectAccounted(world, run)
            }
        }
    }

    @Test("a run that has had its time, and one of the foreground, end as interrupted")
    func tooOld() async throws {
        try await World.with(Self.options(["ec2/vpc"])) { world in
            let old = RunRecord(
                id: "old", trigger: .request(uid: 0), request: RefreshRequest(), state: .running,
                startedAt: world.clock.now - 121)
            try await world.ledger.begin(old, plan: [Listing(type: "ec2/vpc", scope: Scope(account: "1", region: "r"))])
            let once = RunRecord(
                id: "once", trigger: .once, request: RefreshRequest(), state: .running, startedAt: world.clock.now)
            try await world.ledger.begin(once, plan: [])
            let (resumed, interrupted) = try await world.engine.resume()
            #expect(resumed.isEmpty)
            #expect(interrupted.map(\.id) == ["old", "once"])
            #expect(interrupted.map(\.state) == [.interrupted, .interrupted])
            #expect(interrupted.first?.outcomes == [.interrupted: 1])
        }
    }

    @Test("a schedule's run whose process ended before its first call goes on")
    func scheduledStart() async throws {
        try await World.with(Self.options(["ec2/vpc"])) { world in
            world.aws.answer(Self.good)
            let id = RunID.scheduled("nightly", at: 1_799_999_940)
            let begun = RunRecord(
                id: id, trigger: .schedule(name: "nightly"), request: RefreshRequest(), state: .running,
                startedAt: world.clock.now)
            try await world.ledger.begin(begun, schedule: "nightly", at: 1_799_999_940)
            let handle = try #require(try await world.engine.resume().resumed.first)
            #expect(handle.id == id)
            #expect(await handle.finished().outcomes == [.complete: 1])
        }
    }

    @Test("a run that was cancelled when the process is asked to stop ends as cancelled")
    func cancelledBeforeStop() async throws {
        try await World.with(Self.options(["ec2/vpc"])) { world in
            world.aws.answer { _ in .stall }
            let handle = try await world.engine.submit(RefreshRequest(), trigger: .request(uid: 0)).run
            while world.aws.calls.isEmpty { await Task.yield() }
            #expect(await world.engine.cancel(handle.id))
            await world.engine.stop(within: .zero)
            #expect(handle.progress.record.state == .cancelled)
            #expect(try await world.ledger.openRuns().isEmpty)
        }
    }
}
