import Inventory
import Testing

@testable import Store

@Suite("The run ledger")
struct StateDatabaseTests {
    private let scopes = ["eu-west-1", "us-east-1"].map { Scope(account: Samples.account, region: $0) }

    private func plan(_ types: [String] = ["ec2/instance", "ec2/vpc"]) -> [Listing] {
        types.flatMap { type in scopes.map { Listing(type: type, scope: $0) } }
    }

    private func run(_ id: String = "r1", startedAt: Int = 100, planned: Int = 4) -> RunRecord {
        RunRecord(
            id: id, trigger: .schedule(name: "nightly"), request: RefreshRequest(), state: .running,
            startedAt: startedAt,
            planned: planned)
    }

    private func withLedger(_ body: (StateDatabase, String) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let ledger = StateDatabase(directory: directory)
            try await body(ledger, directory)
            await ledger.close()
        }
    }

    @Test("A run, its plan and its results come back, also after a restart")
    func roundTrip() async throws {
        try await withLedger { ledger, directory in
            var request = RefreshRequest()
            request.services = ["ec2"]
            request.accounts = [Samples.account]
            request.force = true
            var run = run()
            run.trigger = .request(uid: 1_000, name: "alice")
            run.request = request
            try await ledger.begin(run, plan: plan().shuffled())
            var changes = ChangeCounts()
            changes.created = 2
            changes.renewed = 1
            let done = ListingResult(listing: plan()[0], outcome: .complete, count: 3, changes: changes)
            let denied = ListingResult(
                listing: plan()[3], outcome: .denied,
                error: ListingError(operation: "DescribeVpcs", code: "AccessDenied", message: "no", requestID: "q"))
            try await ledger.record([done, denied], run: "r1")

            let reopened = StateDatabase(directory: directory)
            let stored = try #require(try await reopened.run("r1"))
            #expect(stored.trigger == run.trigger && stored.request == request && stored.state == .running)
            #expect(stored.planned == 4 && stored.resources == 3 && stored.changes == changes)
            #expect(stored.outcomes == [.complete: 1, .denied: 1])
            let results = try await reopened.results(run: "r1")
            #expect(results.map(\.listing) == plan())
            #expect(results.map(\.result) == [done, nil, nil, denied])
            await reopened.close()
        }
    }

    @Test("The last word for a listing counts, and one that was not planned is added to the plan")
    func lastWord() async throws {
        try await withLedger { ledger, _ in
            try await ledger.begin(run(planned: 1), plan: [plan()[0]])
            try await ledger.record([ListingResult(listing: plan()[0], outcome: .throttled)], run: "r1")
            try await ledger.record(
                [
                    ListingResult(listing: plan()[0], outcome: .complete, count: 1),
                    ListingResult(listing: plan()[1], outcome: .empty),
                ], run: "r1")
            let stored = try #require(try await ledger.run("r1"))
            #expect(stored.outcomes == [.complete: 1, .empty: 1])
            #expect(stored.planned == 2)
        }
    }

    @Test("Extending adds what is new, once")
    func extend() async throws {
        try await withLedger { ledger, _ in
            try await ledger.begin(run(planned: 2), plan: Array(plan()[0..<2]))
            try await ledger.extend(run: "r1", plan: plan())
            try await ledger.extend(run: "r1", plan: plan())
            #expect(try await ledger.run("r1")?.planned == 4)
            await #expect(throws: StoreError.self) { try await ledger.extend(run: "no-such", plan: plan()) }
        }
    }

    @Test("Beginning a run again forgets what it was")
    func beginAgain() async throws {
        try await withLedger { ledger, _ in
            try await ledger.begin(run(), plan: plan())
            try await ledger.record([ListingResult(listing: plan()[0], outcome: .failed)], run: "r1")
            try await ledger.begin(run(startedAt: 200, planned: 1), plan: [plan()[1]])
            #expect(try await ledger.results(run: "r1").map(\.listing) == [plan()[1]])
            #expect(try await ledger.runs(limit: 10).map(\.startedAt) == [200])
        }
    }

    @Test("A finished run is told as it was recorded; the newest come first")
    func finish() async throws {
        try await withLedger { ledger, _ in
            var last: RunRecord?
            for number in 1...3 {
                var run = run("r\(number)", startedAt: number * 100)
                try await ledger.begin(run, plan: plan())
                run.state = .partial
                run.finishedAt = number * 100 + 50
                run.outcomes = [.complete: 3, .denied: 1]
                run.resources = 12
                run.changes.deleted = 2
                try await ledger.finish(run)
                last = run
            }
            #expect(try await ledger.runs(limit: 2).map(\.id) == ["r3", "r2"])
            #expect(try await ledger.run("r3") == last)
            #expect(try await ledger.run("r9") == nil)
            #expect(try await ledger.results(run: "r9").isEmpty)
        }
    }

    @Test("Runs that a crash left open are interrupted with their open listings, and only those")
    func interrupt() async throws {
        try await withLedger { ledger, _ in
            var finished = run("r0", startedAt: 50)
            try await ledger.begin(finished, plan: plan())
            finished.state = .succeeded
            finished.finishedAt = 60
            try await ledger.finish(finished)
            try await ledger.begin(run(), plan: plan())
            try await ledger.record([ListingResult(listing: plan()[0], outcome: .complete, count: 2)], run: "r1")

            let interrupted = try await ledger.interruptOpenRuns(now: 999)
            #expect(interrupted.map(\.id) == ["r1"])
            #expect(interrupted.first?.outcomes == [.complete: 1, .interrupted: 3])
            #expect(interrupted.first?.resources == 2)
            #expect(try await ledger.run("r1") == interrupted.first)
            #expect(try await ledger.run("r1")?.finishedAt == 999)
            #expect(try await ledger.run("r0") == finished)
            #expect(try await ledger.interruptOpenRuns(now: 1_000).isEmpty)
        }
    }

    @Test("Schedule positions are kept by name")
    func positions() async throws {
        try await withLedger { ledger, _ in
            #expect(try await ledger.schedulePosition("nightly") == nil)
            try await ledger.setSchedulePosition("nightly", to: 5)
            try await ledger.setSchedulePosition("nightly", to: 7)
            try await ledger.setSchedulePosition("hourly", to: 9)
            #expect(try await ledger.schedulePosition("nightly") == 7)
        }
    }

    @Test("Pruning forgets old runs and their listings but keeps the newest run and open ones")
    func prune() async throws {
        try await withLedger { ledger, _ in
            for number in 1...3 {
                var run = run("r\(number)", startedAt: number * 100)
                try await ledger.begin(run, plan: plan())
                if number == 2 { continue }
                run.state = .succeeded
                run.finishedAt = number * 100 + 50
                try await ledger.finish(run)
            }
            try await ledger.prune(before: 10_000)
            #expect(try await ledger.runs(limit: 10).map(\.id) == ["r3", "r2"])
            #expect(try await ledger.results(run: "r1").isEmpty)
            #expect(try await ledger.results(run: "r2").count == 4)
        }
    }

    @Test("A plan of 20,000 listings is written and read whole")
    func bigPlan() async throws {
        try await withLedger { ledger, _ in
            let plan = (0..<20_000).map { number in
                Listing(
                    type: "ec2/t\(number % 50)",
                    scope: Scope(account: "\(100_000_000_000 + number)", region: "eu-west-1"))
            }
            try await ledger.begin(run(planned: plan.count), plan: plan)
            #expect(try await ledger.results(run: "r1").map(\.listing) == plan.sorted())
        }
    }
}
