import Inventory
import Telemetry
import Testing

@testable import Refresh

/// Listings that lose much at once are not believed before another run shows the same.
@Suite struct ShrinkGuardTests {
    private static let type = "ec2/vpc"

    /// A page of VPCs, some with a tag.
    private static func page(_ ids: some Sequence<Int>, tagged: Bool = true) -> FakeAWS.Answer {
        let items = ids.map { id in
            "<item><vpcId>vpc-\(id)</vpcId>"
                + (tagged ? "<tagSet><item><key>team</key><value>data</value></item></tagSet>" : "") + "</item>"
        }
        return .ok(
            "<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><vpcSet>\(items.joined())</vpcSet>"
                + "</DescribeVpcsResponse>")
    }

    private func refresh(
        _ world: World, _ ids: some Sequence<Int> & Sendable, tagged: Bool = true
    ) async throws -> (run: RunRecord, result: ListingResult) {
        world.clock.advance(60)
        let answer = Self.page(ids, tagged: tagged)
        world.aws.answer { _ in answer }
        let run = try await world.refresh()
        return (run, try #require(try await world.result(run, Self.type)))
    }

    private func ids(_ world: World) async throws -> Set<Int> {
        Set(try await world.rows(type: Self.type).keys.compactMap { Int($0.dropFirst(4)) })
    }

    private func quarantine(_ world: World) async throws -> Quarantine? {
        let unit = Unit(service: "ec2", scope: Scope(account: World.account, region: World.region))
        return try await world.ledger.quarantines(of: unit)[Self.type]
    }

    @Test(
        "a loss of more than the share, of at least ten rows, is held back",
        arguments: [
            (0, 100, false), (9, 9, false), (10, 10, true), (10, 19, true), (10, 20, false), (50, 100, false),
            (51, 100, true), (1_000_000, 1_999_999, true),
        ])
    func limit(lost: Int, total: Int, holds: Bool) {
        #expect(ShrinkGuard().holdsBack(lost, unconfirmed: lost, of: total) == holds)
        #expect(!ShrinkGuard().holdsBack(lost, unconfirmed: min(lost, 9), of: total))
        var off = ShrinkGuard()
        off.limitInPercent = 0
        #expect(!off.holdsBack(lost, unconfirmed: lost, of: total))
    }

    @Test("whoever loses less than the share is never held back, and the decision grows with the loss")
    func monotone() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<20_000 {
            var guarding = ShrinkGuard()
            guarding.limitInPercent = Int.random(in: 1...99, using: &random)
            let total = Int.random(in: 0...2_000, using: &random)
            let lost = Int.random(in: 0...total, using: &random)
            let holds = guarding.holdsBack(lost, unconfirmed: lost, of: total)
            if lost * 100 <= total * guarding.limitInPercent || lost < guarding.minimumCount { #expect(!holds) }
            if holds, lost < total { #expect(guarding.holdsBack(lost + 1, unconfirmed: lost + 1, of: total)) }
        }
    }

    @Test("a sudden loss deletes nothing, is told everywhere, and is believed when the next run shows the same")
    func confirmed() async throws {
        try await World.with { world in
            let first = try await refresh(world, 0..<30)
            #expect(first.run.state == .succeeded)
            let goodAt = world.clock.now

            let second = try await refresh(world, 20..<30)
            #expect(second.result.outcome == .complete)
            #expect(second.result.error?.code == Quarantine.errorCode)
            #expect(second.result.error?.message.contains("20 of 30 live resources") == true)
            #expect(second.result.changes.deleted == 0)
            #expect(second.run.state == .partial)
            #expect(try await ids(world) == Set(0..<30))
            #expect(try await quarantine(world)?.missing.count == 20)
            let unit = try #require(try await world.store.metadata(service: nil).first)
            #expect(unit.status == "partial")
            #expect(unit.lastGoodAt == goodAt)
            #expect(unit.lastAttemptAt == world.clock.now)
            #expect(unit.resourceCount == 30)
            #expect(unit.outcomes.first?.error?.hasPrefix(Quarantine.errorCode) == true)
            #expect(world.log.all.count { $0.id == .listingHeldBack } == 1)

            let third = try await refresh(world, 20..<30)
            #expect(third.result.error == nil)
            #expect(third.result.changes.deleted == 20)
            #expect(third.run.state == .succeeded)
            #expect(try await ids(world) == Set(20..<30))
            #expect(try await quarantine(world) == nil)
            #expect(try await world.store.metadata(service: nil).first?.lastGoodAt == world.clock.now)
            #expect(world.log.all.count { $0.id == .listingReleased } == 1)
        }
    }

    @Test("an empty listing of many rows is held back like any other loss")
    func emptied() async throws {
        try await World.with { world in
            _ = try await refresh(world, 0..<30)
            let second = try await refresh(world, 0..<0)
            #expect(second.result.outcome == .empty)
            #expect(second.result.isQuarantined)
            #expect(try await ids(world).count == 30)
            #expect(try await refresh(world, 0..<0).result.changes.deleted == 30)
        }
    }

    @Test("resources that come back were never gone")
    func recovered() async throws {
        try await World.with { world in
            _ = try await refresh(world, 0..<30)
            _ = try await refresh(world, 25..<30)
            let third = try await refresh(world, 0..<30)
            #expect(third.run.state == .succeeded)
            #expect(third.result.changes.created == 0)
            #expect(third.result.changes.unchanged == 30)
            #expect(try await quarantine(world) == nil)
            // And the next loss is a first one again.
            #expect(try await refresh(world, 25..<30).result.isQuarantined)
        }
    }

    @Test("parts that are shown in turn never confirm each other's loss")
    func flapping() async throws {
        try await World.with { world in
            let parts = [0..<14, 14..<28, 28..<42]
            _ = try await refresh(world, 0..<42)
            for round in 0..<7 {
                let (_, result) = try await refresh(world, parts[round % 3])
                #expect(result.isQuarantined)
                // What was shown by this listing or the one before is there.
                let before = round == 0 ? 0..<42 : parts[(round - 1) % 3]
                #expect(try await ids(world) == Set(parts[round % 3]).union(before))
            }
        }
    }

    @Test("a few more that vanish with the second listing go with the confirmed ones")
    func grown() async throws {
        try await World.with { world in
            _ = try await refresh(world, 0..<100)
            _ = try await refresh(world, 60..<100)
            let third = try await refresh(world, 65..<110)
            #expect(third.result.error == nil)
            #expect(try await ids(world) == Set(65..<110))
        }
    }

    @Test("a failed listing neither confirms nor forgets what is held back")
    func failedBetween() async throws {
        try await World.with { world in
            _ = try await refresh(world, 0..<30)
            _ = try await refresh(world, 20..<30)
            let before = try await quarantine(world)
            world.aws.answer { _ in Dialect.ec2.error(403, "UnauthorizedOperation", "no") }
            try await world.refresh()
            #expect(try await quarantine(world) == before)
            #expect(try await ids(world).count == 30)
            #expect(try await refresh(world, 20..<30).result.changes.deleted == 20)
        }
    }

    @Test("switched off, every complete listing is believed")
    func off() async throws {
        var options = World.Options()
        options.shrinkGuard.limitInPercent = 0
        try await World.with(options) { world in
            _ = try await refresh(world, 0..<30)
            #expect(try await refresh(world, 0..<0).result.changes.deleted == 30)
        }
    }

    @Test("tags that all vanish at once overwrite nothing before another run shows the same", arguments: [12, 900])
    func untagged(count: Int) async throws {
        try await World.with { world in
            _ = try await refresh(world, 0..<count)
            let second = try await refresh(world, 0..<count, tagged: false)
            #expect(second.result.isQuarantined)
            #expect(second.result.error?.message.contains("\(count) of \(count) resources lost all their tags") == true)
            #expect(second.result.changes.updated == 0)
            #expect(second.result.changes.unchanged == count)
            #expect(second.run.state == .partial)
            let tagged = Array("{\"team\":\"data\"}".utf8)
            #expect(try await world.rows().values.allSatisfy { $0.tags == tagged })

            let third = try await refresh(world, 0..<count, tagged: false)
            #expect(third.result.changes.updated == count)
            #expect(third.run.state == .succeeded)
            #expect(try await world.rows().values.allSatisfy { $0.tags == Array("{}".utf8) })
            #expect(try await quarantine(world) == nil)
        }
    }

    @Test("a few tags that vanish are an ordinary change")
    func someUntagged() async throws {
        try await World.with { world in
            _ = try await refresh(world, 0..<8)
            let second = try await refresh(world, 0..<8, tagged: false)
            #expect(second.result.changes.updated == 8)
            #expect(second.run.state == .succeeded)
        }
    }

    @Test("children of parents that are held back are held back with them, however few")
    func children() async throws {
        let arn: @Sendable (String) -> String = { "arn:aws:ecs:me-south-1:111122223333:\($0)" }
        let estate: @Sendable (Range<Int>) -> FakeAWS.Handler = { clusters in
            { call in
                func list(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ",") }
                let names = clusters.map { "c\($0)-" }
                let cluster = names.first { call.body.contains("cluster/" + $0) }
                switch call.operation {
                case "ListClusters": return .ok("{\"clusterArns\":[\(list(names.map { arn("cluster/" + $0) }))]}")
                case "DescribeClusters":
                    let described = names.filter { call.body.contains("cluster/" + $0) }
                    return .ok(
                        "{\"clusters\":["
                            + described.map { "{\"clusterArn\":\"\(arn("cluster/" + $0))\"}" }.joined(separator: ",")
                            + "]}")
                case "ListServices":
                    return .ok("{\"serviceArns\":[\(list(cluster == "c0-" ? [arn("service/web")] : []))]}")
                case "DescribeServices":
                    return .ok("{\"services\":[{\"serviceArn\":\"\(arn("service/web"))\"}]}")
                default: return .ok("{}")
                }
            }
        }
        var options = World.Options()
        options.types = ["ecs/cluster", "ecs/service"]
        try await World.with(options) { world in
            world.aws.answer(estate(0..<20))
            #expect(try await world.refresh().state == .succeeded)
            #expect(try await world.rows(type: "ecs/service").count == 1)
            world.aws.answer(estate(15..<20))
            let second = try await world.refresh()
            #expect(try await world.result(second, "ecs/cluster")?.isQuarantined == true)
            #expect(try await world.result(second, "ecs/service")?.isQuarantined == true)
            #expect(try await world.rows().count == 21)
            let third = try await world.refresh()
            #expect(third.state == .succeeded)
            #expect(try await world.rows().count == 5)
        }
    }

    @Test("no row goes in a run unless it was missing before or the loss was small", arguments: 0..<12)
    func model(seed: UInt64) async throws {
        try await World.with { world in
            var random = SeededGenerator(seed: seed)
            var shown = Set(0..<60)
            _ = try await refresh(world, shown.sorted())
            var missedBefore: Set<Int> = []
            for _ in 0..<8 {
                let before = try await ids(world)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: shown = Set(shown.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
                case 1: shown = Set(shown.filter { _ in Int.random(in: 0..<10, using: &random) > 0 })
                case 2: shown = Set(0..<60)
                default: break
                }
                let (_, result) = try await refresh(world, shown.sorted())
                let after = try await ids(world)
                let missing = before.subtracting(shown)
                let unconfirmed = missing.subtracting(missedBefore)
                let holds = ShrinkGuard().holdsBack(missing.count, unconfirmed: unconfirmed.count, of: before.count)
                #expect(result.isQuarantined == holds)
                #expect(after == shown.union(holds ? unconfirmed : []))
                missedBefore = holds ? unconfirmed : []
            }
        }
    }
}
