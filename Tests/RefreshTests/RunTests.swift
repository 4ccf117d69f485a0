import Inventory
import Synchronization
import Testing

@testable import Refresh

/// Whole runs: what is planned, what becomes of it, and who waits for whom.
@Suite struct RunTests {
    private static let types = ["ec2/vpc", "sns/subscription", "glue/crawler", "lambda/function"]

    /// Two resources of every type of `types`.
    private static let good: FakeAWS.Handler = { call in
        let dialect = Dialect.all.first { $0.call == call.operation && $0.service == call.service }
        guard let dialect else { return .ok("{}") }
        return dialect.estate([[("aaa", 1), ("bbb", 1)]])(call)
    }

    private static func options(_ types: [String] = types, accounts: [String] = [World.account, World.other])
        -> World.Options
    {
        var options = World.Options()
        options.types = types
        options.accounts = accounts
        return options
    }

    /// Every planned listing has one outcome, and the ledger says the same.
    private func expectAccounted(_ world: World, _ run: RunRecord) async throws {
        #expect(run.planned == run.outcomes.values.reduce(0, +))
        let listings = try await world.planned(run)
        #expect(listings.count == run.planned)
        #expect(Set(listings.map(\.listing)).count == run.planned)
        var counts: [Outcome: Int] = [:]
        for listing in listings {
            if let result = listing.result { counts[result.outcome, default: 0] += 1 }
        }
        #expect(counts == run.outcomes)
        #expect(try await world.ledger.run(run.id)?.state == run.state)
    }

    @Test("a good run accounts for everything, and a second one writes nothing but metadata")
    func good() async throws {
        let counting = Box<CountingStore>()
        var options = Self.options()
        options.wrap = { counting.fill(CountingStore($0)) }
        try await World.with(options) { world in
            world.aws.answer(Self.good)
            let run = try await world.refresh()
            #expect(run.state == .succeeded)
            #expect(run.outcomes == [.complete: 8])
            #expect(run.changes.created == 16)
            try await expectAccounted(world, run)
            let store = try #require(counting.value)
            for unit in Set(store.events.map(\.unit)) {
                #expect(store.events.filter { $0.unit == unit }.map(\.event) == [.puts(2), .metadata])
            }
            store.forget()
            let again = try await world.refresh()
            #expect(again.changes.unchanged == 16)
            #expect(store.rows == (puts: 0, renewals: 0, deletes: 0))
            #expect(store.events.count == 8)
            var request = RefreshRequest()
            request.force = true
            let forced = try await world.refresh(request)
            #expect(forced.changes.unchanged == 16)
            #expect(store.rows.puts == 16)
        }
    }

    @Test("in each unit puts come before deletes and the metadata last")
    func order() async throws {
        let counting = Box<CountingStore>()
        var options = Self.options(["ec2/vpc"], accounts: [World.account])
        options.wrap = { counting.fill(CountingStore($0)) }
        try await World.with(options) { world in
            world.aws.answer(Dialect.ec2.estate([[("a", 1), ("b", 1)]]))
            try await world.refresh()
            let store = try #require(counting.value)
            store.forget()
            world.aws.answer(Dialect.ec2.estate([[("b", 2), ("c", 1)]]))
            try await world.refresh()
            #expect(store.events.map(\.event) == [.puts(2), .deletes(1), .metadata])
            let metadata = try #require(try await world.store.metadata(service: "ec2").first)
            #expect(metadata.resourceCount == 2)
            #expect(metadata.status == "ok")
        }
    }

    @Test("rows of the replaced system are adopted, counted once, and never deleted")
    func legacy() async throws {
        try await World.with(Self.options(["ec2/vpc"], accounts: [World.account])) { world in
            let unit = Unit(service: "ec2", scope: Scope(account: World.account, region: World.region))
            var batch = WriteBatch(unit: unit)
            for id in ["aaa", "elsewhere"] {
                batch.puts.append(
                    ResourceRecord(
                        type: "", unit: unit, id: id, arn: nil, name: nil, tags: Array("{}".utf8),
                        data: Array("{}".utf8), digest: Digest(high: 1, low: 1), updatedAt: world.clock.now,
                        createdAt: 17, ttl: world.clock.now + 1000))
            }
            try await world.store.write(batch)
            world.aws.answer(Self.good)
            try await world.refresh()
            let rows = try await world.rows()
            #expect(Set(rows.keys) == ["aaa", "bbb", "elsewhere"])
            #expect(rows["aaa"]?.type == "ec2/vpc")
            #expect(rows["aaa"]?.createdAt == 17)
            let metadata = try await world.store.metadata(of: unit)
            #expect(metadata?.resourceCount == 3)
        }
    }

    @Test("an account without a way in ends its listings so and harms no other")
    func refusedAccount() async throws {
        var options = Self.options()
        options.refusedAccounts = [World.account]
        try await World.with(options) { world in
            world.aws.answer(Self.good)
            let run = try await world.refresh()
            #expect(run.outcomes == [.credentials: 4, .complete: 4])
            #expect(run.state == .partial)
            try await expectAccounted(world, run)
        }
    }

    @Test(
        "an account whose regions cannot be asked is accounted for, in the regions asked for", arguments: [true, false])
    func regionsDenied(asksForRegion: Bool) async throws {
        var options = Self.options()
        options.regions = .enabled
        try await World.with(options) { world in
            world.aws.answer { call in
                guard call.operation == "DescribeRegions" else { return Self.good(call) }
                if call.account == World.account { return Dialect.ec2.error(403, "UnauthorizedOperation", "no") }
                return .ok(
                    "<DescribeRegionsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><regionInfo>"
                        + "<item><regionName>eu-west-1</regionName></item><item><regionName>us-east-1</regionName></item>"
                        + "</regionInfo></DescribeRegionsResponse>")
            }
            var request = RefreshRequest()
            if asksForRegion { request.regions = ["eu-west-1"] }
            let run = try await world.refresh(request)
            #expect(run.outcomes == [.denied: 4, .complete: asksForRegion ? 4 : 8])
            #expect(run.state == .partial)
            try await expectAccounted(world, run)
            let regions = Set(try await world.results(run).filter { $0.outcome == .denied }.map(\.listing.scope.region))
            #expect(regions == [asksForRegion ? "eu-west-1" : "us-east-1"])
        }
    }

    @Test("an organisation that cannot be asked fails for itself; configured accounts are refreshed")
    func organizationDenied() async throws {
        var options = Self.options(accounts: [World.account])
        options.organization = OrganizationTarget(
            roleARN: nil, memberRoleName: "Read", externalID: nil, sessionName: "test", excludedAccounts: [],
            includedUnits: [], excludedUnits: [])
        try await World.with(options) { world in
            world.aws.answer { call in
                call.service == "organizations"
                    ? Dialect.json.error(400, "AccessDeniedException", "no") : Self.good(call)
            }
            let run = try await world.refresh()
            #expect(run.outcomes == [.denied: 4, .complete: 4])
            #expect(run.state == .partial)
            try await expectAccounted(world, run)
            var request = RefreshRequest()
            request.accounts = [World.account]
            #expect(try await world.refresh(request).state == .succeeded)
        }
    }

    @Test("a region asked for that the account does not have is an outcome, not silence")
    func regionNotEnabled() async throws {
        try await World.with(Self.options(accounts: [World.account])) { world in
            world.aws.answer(Self.good)
            var request = RefreshRequest()
            request.regions = ["eu-west-1", World.region]
            let run = try await world.refresh(request)
            #expect(run.outcomes == [.notEnabled: 4, .complete: 4])
            try await expectAccounted(world, run)
        }
    }

    @Test("filters restrict what is listed; a type that is named is listed though it is not selected")
    func filters() async throws {
        try await World.with(Self.options()) { world in
            world.aws.answer(Self.good)
            var request = RefreshRequest()
            request.services = ["ec2", "sns"]
            request.accounts = [World.other]
            let run = try await world.refresh(request)
            let listings = try await world.results(run).map(\.listing)
            #expect(listings.map(\.type) == ["ec2/vpc", "sns/subscription"])
            #expect(Set(listings.map(\.scope.account)) == [World.other])
            request = RefreshRequest()
            request.types = ["kms/alias"]
            request.accounts = [World.account]
            let named = try await world.refresh(request)
            #expect(try await world.results(named).map(\.listing.type) == ["kms/alias"])
        }
    }

    @Test("what cannot be refreshed is refused with its name")
    func problems() async throws {
        try await World.with(Self.options()) { world in
            func problem(_ change: (inout RefreshRequest) -> Void) async -> RequestProblem? {
                var request = RefreshRequest()
                change(&request)
                do throws(RequestProblem) {
                    _ = try await world.engine.submit(request, trigger: .once)
                    return nil
                } catch {
                    return error
                }
            }
            #expect(await problem { $0.services = ["ec3"] } == .noSuchService("ec3", suggestion: "ec2"))
            #expect(await problem { $0.types = ["ec2/vpcc"] } == .noSuchType("ec2/vpcc", suggestion: "ec2/vpc"))
            #expect(await problem { $0.accounts = ["999999999999"] } == .noSuchAccount("999999999999"))
            #expect(await problem { $0.regions = ["moon-1"] } == .noSuchRegion("moon-1"))
            #expect(await problem { $0.services = ["kms"] } == .nothingSelected)
            #expect(await world.engine.running.isEmpty)
        }
    }

    @Test("a store that cannot tell or take a unit's rows fails that unit alone", arguments: [true, false])
    func storeFails(reading: Bool) async throws {
        let counting = Box<CountingStore>()
        var options = Self.options()
        options.wrap = { counting.fill(CountingStore($0)) }
        try await World.with(options) { world in
            world.aws.answer(Self.good)
            let store = try #require(counting.value)
            var refusal = CountingStore.Refusal()
            if reading {
                refusal.index = { $0.service == "ec2" ? .corrupt("a page cannot be read") : nil }
            } else {
                refusal.write = { _, batch in batch.unit.service == "ec2" ? .exhausted("no space left") : nil }
            }
            store.refuse(refusal)
            let run = try await world.refresh()
            #expect(run.outcomes == [.failed: 2, .complete: 6])
            #expect(run.state == .partial)
            #expect(run.changes.created == 12)
            try await expectAccounted(world, run)
        }
    }

    @Test("metadata that cannot be read is not written over")
    func metadataUnreadable() async throws {
        let counting = Box<CountingStore>()
        var options = Self.options(["ec2/vpc"], accounts: [World.account])
        options.wrap = { counting.fill(CountingStore($0)) }
        try await World.with(options) { world in
            world.aws.answer(Self.good)
            try await world.refresh()
            let before = try await world.store.metadata(service: "ec2")
            let store = try #require(counting.value)
            store.refuse(.init(readMetadata: { _ in .unavailable("locked") }))
            world.clock.advance(100)
            world.aws.answer { _ in Dialect.ec2.error(403, "AccessDenied", "no") }
            try await world.refresh()
            store.refuse(.init())
            #expect(try await world.store.metadata(service: "ec2") == before)
            #expect(world.log.all.contains { $0.id == .conditionBegan && $0.message.contains("locked") })
        }
    }

    @Test("a ledger that takes nothing stops no run")
    func ledgerFails() async throws {
        let ledger = Box<RecordingLedger>()
        var options = Self.options()
        options.wrapLedger = { ledger.fill(RecordingLedger($0)) }
        try await World.with(options) { world in
            ledger.value?.refuse(1000)
            world.aws.answer(Self.good)
            let run = try await world.refresh()
            #expect(run.state == .succeeded)
            #expect(run.outcomes == [.complete: 8])
            ledger.value?.refuse(0)
        }
    }

    // MARK: Time

    @Test("a listing that takes too long is timed out; the others go on")
    func listingTimeout() async throws {
        var options = Self.options()
        options.listingTimeout = .seconds(2)
        try await World.with(options) { world in
            world.aws.answer { call in
                call.service == "sns" && call.account == World.account ? .stall : Self.good(call)
            }
            let run = try await world.refresh()
            // On a machine that is busy some of the others may be late too.
            #expect(Set(run.outcomes.keys) == [.timedOut, .complete])
            let stalled = try await world.result(run, "sns/subscription")
            #expect(stalled?.outcome == .timedOut)
            #expect(stalled?.error?.code == "ListingTimeout")
            #expect(run.state == .partial)
            try await expectAccounted(world, run)
        }
    }

    @Test("a run that takes too long ends what is left as timed out")
    func runTimeout() async throws {
        var options = Self.options()
        options.runTimeout = .seconds(2)
        options.workers = 2
        try await World.with(options) { world in
            world.aws.answer { call in call.account == World.account ? .stall : Self.good(call) }
            let run = try await world.refresh()
            // On a machine that is busy some of the others may be late too.
            #expect(Set(run.outcomes.keys).isSubset(of: [.timedOut, .complete]))
            #expect(run.outcomes[.timedOut] ?? 0 >= 4)
            #expect(run.state == RunState.of(run.outcomes, isCancelled: false))
            let codes = Set(try await world.results(run).compactMap { $0.error?.code })
            #expect(codes == ["RunTimeout"])
            try await expectAccounted(world, run)
        }
    }

    @Test("a cancelled run accounts for everything and keeps what it has stored")
    func cancel() async throws {
        try await World.with(Self.options()) { world in
            world.aws.answer { call in call.account == World.account ? .stall : Self.good(call) }
            let handle = try await world.engine.submit(RefreshRequest(), trigger: .once).run
            for await progress in handle.follow() where progress.record.outcomes[.complete] == 4 { break }
            #expect(await world.engine.cancel(handle.id))
            let run = await handle.finished()
            #expect(run.state == .cancelled)
            #expect(run.outcomes == [.complete: 4, .cancelled: 4])
            try await expectAccounted(world, run)
            #expect(try await world.rows(account: World.other).count == 8)
            #expect(await !world.engine.cancel(handle.id))
            // Nothing is left behind: the same can run at once.
            world.aws.answer(Self.good)
            #expect(try await world.refresh().state == .succeeded)
        }
    }

    @Test("identical requests join the run under way, however they are worded; others and cancelled ones do not")
    func joining() async throws {
        try await World.with(Self.options()) { world in
            world.aws.answer { _ in .stall }
            func submit(_ services: [String]) async throws -> (run: RunHandle, joined: Bool) {
                var request = RefreshRequest()
                request.services = services
                return try await world.engine.submit(request, trigger: .once)
            }
            let first = try await submit(["ec2", "sns"])
            let same = try await submit(["sns", "ec2", "sns"])
            #expect(!first.joined && same.joined)
            #expect(first.run.id == same.run.id)
            let other = try await submit(["ec2"])
            #expect(!other.joined)
            #expect(other.run.id != first.run.id)
            #expect(await world.engine.cancel(first.run.id))
            let fresh = try await submit(["ec2", "sns"])
            #expect(!fresh.joined)
            for run in [other.run, fresh.run] { #expect(await world.engine.cancel(run.id)) }
            for run in [first.run, other.run, fresh.run] {
                #expect(await run.finished().state == .cancelled)
            }
        }
    }

    @Test("a run that waits for a unit that another run holds can be cancelled")
    func cancelWaiting() async throws {
        try await World.with(Self.options(["ec2/vpc"], accounts: [World.account])) { world in
            world.aws.answer { _ in .stall }
            let holder = try await world.engine.submit(RefreshRequest(), trigger: .once).run
            while world.aws.calls.isEmpty { await Task.yield() }
            var request = RefreshRequest()
            request.services = ["ec2"]
            let waiter = try await world.engine.submit(request, trigger: .once).run
            for await progress in waiter.follow() where progress.record.planned == 1 { break }
            #expect(await world.engine.cancel(waiter.id))
            #expect(await waiter.finished().outcomes == [.cancelled: 1])
            #expect(await world.engine.running.map(\.id) == [holder.id])
            #expect(await world.engine.cancel(holder.id))
            _ = await holder.finished()
        }
    }

    @Test("stopping waits for runs under way and takes no new ones; when the grace is over it leaves them open")
    func stop() async throws {
        try await World.with(Self.options(["ec2/vpc"], accounts: [World.account])) { world in
            let gate = Gate()
            let page = Dialect.ec2.page([("a", 1)], nil)
            world.aws.answer { _ in .after(gate, page) }
            let handle = try await world.engine.submit(RefreshRequest(), trigger: .once).run
            while world.aws.calls.isEmpty { await Task.yield() }
            async let stopped: Void = world.engine.stop(within: .seconds(60))
            while (try? await world.engine.submit(RefreshRequest(), trigger: .once)) != nil { await Task.yield() }
            gate.open()
            await stopped
            #expect(handle.progress.record.state == .succeeded)
        }
        try await World.with(Self.options(["ec2/vpc"], accounts: [World.account])) { world in
            world.aws.answer { _ in .stall }
            let handle = try await world.engine.submit(RefreshRequest(), trigger: .once).run
            while world.aws.calls.isEmpty { await Task.yield() }
            await world.engine.stop(within: .milliseconds(20))
            #expect(await handle.finished().state == .running)
            let open = try await world.ledger.openRuns()
            #expect(open.map(\.record.id) == [handle.id])
            #expect(open.first?.record.planned == 1)
            #expect(open.first?.record.outcomes == [:])
        }
    }

    @Test("an account that does not answer holds back no other", .timeLimit(.minutes(1)), arguments: [2, 4, 8])
    func slowAccount(workers: Int) async throws {
        var options = Self.options(Self.types + ["ec2/subnet", "ec2/internet-gateway", "ec2/route-table", "kms/alias"])
        options.workers = workers
        // Longer than the test may take: nobody is freed by a call that times out.
        options.idle = .seconds(300)
        options.regions = .listed(["eu-west-1", "us-east-1", "me-south-1", "eu-central-1"])
        try await World.with(options) { world in
            world.aws.answer { call in
                if call.account == World.account { return .stall }
                switch call.operation {
                case "ListAliases": return .ok("{\"Aliases\":[]}")
                case "DescribeSubnets", "DescribeInternetGateways", "DescribeRouteTables":
                    let list = ["Subnets": "subnetSet", "InternetGateways": "internetGatewaySet"]
                    let name = list[String(call.operation.dropFirst("Describe".count))] ?? "routeTableSet"
                    return .ok(
                        "<\(call.operation)Response><requestId>r</requestId><\(name)/></\(call.operation)Response>")
                default: return Self.good(call)
                }
            }
            let handle = try await world.engine.submit(RefreshRequest(), trigger: .once).run
            var isDone = false
            for await progress in handle.follow() {
                isDone = (progress.record.outcomes[.complete] ?? 0) + (progress.record.outcomes[.empty] ?? 0) == 32
                if isDone { break }
            }
            #expect(isDone)
            #expect(await world.engine.cancel(handle.id))
            let run = await handle.finished()
            #expect(run.outcomes[.cancelled] == 32)
            try await expectAccounted(world, run)
        }
    }

    @Test("resources that the store never takes are named; the others of all pages are written and nothing is deleted")
    func unstorable() async throws {
        let counting = Box<CountingStore>()
        var options = World.Options()
        options.wrap = { counting.fill(CountingStore($0)) }
        try await World.with(options) { world in
            world.aws.answer(Dialect.ec2.estate([[("big", 1), ("gone", 1)]]))
            #expect(try await world.refresh().state == .succeeded)
            var refusal = CountingStore.Refusal()
            refusal.write = { _, batch in
                let big = batch.puts.filter { $0.id.contains("big") }
                guard !big.isEmpty else { return nil }
                return .unstorable(big.map { UnstorableResource(id: $0.id, reason: "\($0.id) of 500000 bytes") })
            }
            try #require(counting.value).refuse(refusal)
            let pages = (0..<4).map { page in [("big\(page == 0 ? "" : "-\(page)")", 2), ("fine-\(page)", 1)] }
            world.aws.answer(Dialect.ec2.estate(pages))
            let run = try await world.refresh()
            let result = try #require(try await world.result(run, "ec2/vpc"))
            #expect(result.outcome == .failed)
            #expect(result.error?.code == "NotStorable")
            let message = result.error?.message ?? ""
            #expect(message.contains("big of 500000 bytes; 3 more like it"), "\(message)")
            #expect(result.count == 8)
            #expect(result.changes.created == 4)
            #expect(result.changes.updated == 0)
            let rows = try await world.rows()
            #expect(rows.count == 6)
            #expect(rows.keys.contains { $0.hasSuffix("gone") })
            let unit = try #require(try await world.store.metadata(service: nil).first)
            #expect(unit.resourceCount == 6)
            #expect(unit.status == "failed")
        }
    }
}

/// Hands a value out of a closure that makes it.
final class Box<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    var value: Value? { kept.withLock { $0 } }

    func fill(_ value: Value) -> Value {
        kept.withLock { $0 = value }
        return value
    }
}
