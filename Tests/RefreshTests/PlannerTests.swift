import Inventory
import Testing

@testable import Refresh

@Suite struct PlannerTests {
    @Test("every type of every offered service is planned once in every region, the regions in turn", arguments: 0..<20)
    func planned(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let services = ["ec2", "iam", "s3", "sns"].filter { _ in Bool.random(using: &random) }
        let types = services.flatMap { service in
            (0..<Int.random(in: 1...4, using: &random)).map { "\(service)/type-\($0)" }
        }
        let regions = ["eu-west-1", "us-east-1", "ap-south-1", Scope.global].shuffled(using: &random)
        let isOffered = { (service: String, region: String) in
            (service == "iam") == (region == Scope.global) && !(service == "sns" && region == "ap-south-1")
        }
        let units = Planner.units(
            PlannedAccount(id: "1", regions: regions, types: types.shuffled(using: &random)), isOffered: isOffered)
        let listings = units.flatMap(\.listings)
        var expected: Set<Listing> = []
        for type in types {
            for region in regions where isOffered(String(type.prefix { $0 != "/" }), region) {
                expected.insert(Listing(type: type, scope: Scope(account: "1", region: region)))
            }
        }
        #expect(listings.count == expected.count)
        #expect(Set(listings) == expected)
        #expect(Set(units.map(\.unit)).count == units.count)
        // In turn: no region starts its next unit before each that has more has had as many.
        var started: [String: Int] = [:]
        let totals = units.reduce(into: [String: Int]()) { $0[$1.unit.scope.region, default: 0] += 1 }
        for unit in units {
            started[unit.unit.scope.region, default: 0] += 1
            let most = started.values.max() ?? 0
            for (region, total) in totals { #expect(started[region] ?? 0 >= min(total, most - 1)) }
        }
    }

    @Test("the queue takes from the group with the fewest pieces under way, up to the limit")
    func queue() {
        var queue = FairQueue<Int>()
        for number in 0..<4 { queue.add(number, group: "slow") }
        #expect(queue.next(limit: 2)?.element == 0)
        #expect(queue.next(limit: 2)?.element == 1)
        #expect(queue.next(limit: 2) == nil)
        for number in 10..<13 { queue.add(number, group: "quick") }
        #expect(queue.next(limit: 2)?.element == 10)
        queue.finish(group: "quick")
        queue.finish(group: "slow")
        #expect(queue.next(limit: 2)?.element == 11)
        #expect(queue.count == 3)
        queue.finish(group: "quick")
        #expect(queue.next(limit: 2)?.element == 12)
        #expect(queue.next(limit: 2)?.element == 2)
        #expect(queue.next(limit: 2) == nil)
        queue.finish(group: "slow")
        #expect(queue.next(limit: 2)?.element == 3)
        #expect(queue.next(limit: 9) == nil)
        #expect(queue.count == 0)
    }

    @Test(
        "partial success is not success, and nothing done is no success",
        arguments: [
            ([.complete: 2, .empty: 1], false, RunState.succeeded),
            ([.complete: 1, .notEnabled: 1], false, .succeeded),
            ([.complete: 1, .denied: 1], false, .partial), ([.denied: 1, .throttled: 2], false, .failed),
            ([:], false, .failed), ([.complete: 1, .cancelled: 1], true, .cancelled), ([:], true, .cancelled),
            ([.complete: 3], true, .succeeded),
        ] as [([Outcome: Int], Bool, RunState)])
    func state(outcomes: [Outcome: Int], isCancelled: Bool, expected: RunState) {
        #expect(RunState.of(outcomes, isCancelled: isCancelled) == expected)
    }

    @Test("locks are given in order of arrival, and a cancelled wait leaves nothing behind")
    func locks() async {
        let locks = UnitLocks()
        let unit = Unit(service: "ec2", scope: Scope(account: "1", region: "eu-west-1"))
        #expect(await locks.lock(unit, force: false)?.results == [])
        let cancelled = Task { await locks.lock(unit, force: false) }
        cancelled.cancel()
        #expect(await cancelled.value == nil)
        let waiting = Task { await locks.lock(unit, force: false) }
        while await locks.count < 2 { await Task.yield() }
        await locks.unlock(unit)
        #expect(await waiting.value?.results == [])
        await locks.unlock(unit)
        #expect(await locks.count == 0)
    }

    @Test("whoever waits for a unit gets what its holder's listings come to meanwhile, unless it wants more of them")
    func sharing() async {
        let locks = UnitLocks()
        let unit = Unit(service: "ec2", scope: Scope(account: "1", region: "eu-west-1"))
        func result(_ type: String, _ outcome: Outcome) -> ListingResult {
            ListingResult(listing: Listing(type: type, scope: unit.scope), outcome: outcome)
        }
        _ = await locks.lock(unit, force: false)
        await locks.share(result("ec2/early", .complete), force: false)
        let waiting = Task { await locks.lock(unit, force: false) }
        while await locks.count < 2 { await Task.yield() }
        await locks.share(result("ec2/vpc", .empty), force: false)
        await locks.share(result("ec2/subnet", .cancelled), force: false)
        await locks.share(result("ec2/volume", .timedOut), force: false)
        await locks.share(result("ec2/image", .denied), force: true)
        await locks.unlock(unit)
        #expect(await waiting.value?.results == [result("ec2/vpc", .empty), result("ec2/image", .denied)])
        let forced = Task { await locks.lock(unit, force: true) }
        while await locks.count < 2 { await Task.yield() }
        await locks.share(result("ec2/vpc", .empty), force: false)
        await locks.share(result("ec2/image", .empty), force: true)
        await locks.unlock(unit)
        #expect(await forced.value?.results == [result("ec2/image", .empty)])
    }
}
