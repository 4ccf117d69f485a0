import Inventory
import Store
import Testing

@testable import Refresh

/// What a run that went on says it has done, against what the change log says.
@Suite struct ResumedCountsTests {
    private static func logged(_ world: World, _ run: RunRecord) async throws -> ChangeCounts {
        let log = try #require(world.store as? any ChangeLog)
        let page = try await log.changes(ChangeFilter(), from: .oldest, limit: 10_000)
        var counts = ChangeCounts()
        for change in page.changes where change.runID == run.id {
            switch change.kind {
            case .created: counts.created += 1
            case .updated: counts.updated += 1
            case .deleted: counts.deleted += 1
            }
        }
        return counts
    }

    /// The write behind which the process ends.
    enum End: Sendable, CaseIterable {
        case firstBatch, secondPage, thirdPage, deletes

        func isReached(_ number: Int, _ batch: WriteBatch) -> Bool {
            switch self {
            case .firstBatch: number == 1
            case .secondPage: batch.puts.contains { $0.id == "r100" }
            case .thirdPage: batch.puts.contains { $0.id == "r219" }
            case .deletes: !batch.deletes.isEmpty
            }
        }
    }

    @Test("what an earlier process wrote and did not note is told as what it was", arguments: End.allCases)
    func counts(end: End) async throws {
        let dialect = Dialect.ec2
        // 50 are gone, 60 are changed, 70 are new.
        let resources = (50..<270).map { (id: "r\($0)", content: $0 < 110 ? 2 : 1) }
        let now = dialect.estate([Array(resources[..<45]), Array(resources[45..<100]), Array(resources[100...])])
        try await TemporaryDirectory.with { path in
            let aws = try FakeAWS()
            defer { aws.stop() }
            var options = ResumptionTests.options([dialect.type])
            options.path = path
            options.aws = aws
            aws.answer(dialect.estate([(0..<200).map { (id: "r\($0)", content: 1) }]))
            try await World.with(options) { try await $0.refresh() }
            aws.answer(now)
            var ending = options
            let store = Box<HangingStore>()
            ending.wrap = { base in
                let hanging = HangingStore(base) { end.isReached($0, $1) }
                _ = store.fill(hanging)
                return hanging
            }
            try await World.with(ending) { world in
                let run = try await world.engine.submit(RefreshRequest(), trigger: .request(uid: 0)).run
                while store.value?.isHanging != true { await Task.yield() }
                await world.engine.stop(within: .zero)
                #expect(await run.finished().state == .running)
            }
            try await World.with(options) { world in
                let handle = try #require(try await world.engine.resume().resumed.first)
                let run = await handle.finished()
                #expect(run.outcomes == [.complete: 1])
                #expect(run.resources == 220)
                let logged = try await Self.logged(world, run)
                #expect((logged.created, logged.updated, logged.deleted) == (70, 60, 50))
                #expect((run.changes.created, run.changes.updated, run.changes.deleted) == (70, 60, 50))
                #expect(run.changes.unchanged == 90)
            }
        }
    }

    @Test("a run's changes are told in steps by listing, without those of other runs")
    func steps() async throws {
        try await World.with(ResumptionTests.options(["ec2/vpc", "sns/subscription"])) { world in
            world.aws.answer(ResumptionTests.good)
            let first = try await world.refresh()
            let scope = Scope(account: World.account, region: World.region)
            let step = try #require(try await world.store.changes(of: first.id, since: first.startedAt, after: nil))
            #expect(step.isLast)
            #expect(
                step.counts.mapValues(\.created) == [
                    Listing(type: "ec2/vpc", scope: scope): 2, Listing(type: "sns/subscription", scope: scope): 2,
                ])
            let later = try await world.store.changes(of: first.id, since: first.startedAt + 1, after: nil)
            #expect(later?.counts == [:])
            let other = try await world.store.changes(of: "another", since: 0, after: nil)
            #expect(other?.counts == [:])
            let rest = try await world.store.changes(of: first.id, since: 0, after: step.position)
            #expect(rest == RunChanges(position: step.position, isLast: true))
        }
    }
}
