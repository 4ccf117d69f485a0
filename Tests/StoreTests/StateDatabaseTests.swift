import Inventory
import Testing

@testable import Store

@Suite("The run ledger")
struct StateDatabaseTests {
    private let scopes = ["eu-west-1", "us-east-1"].map { Scope(account: Samples.account, region: $0) }

    private func plan(_ types: [String] = ["ec2/instance", "ec2/vpc"]) -> [Listing] {
        scopes.flatMap { scope in types.map { Listing(type: $0, scope: scope) } }
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
            try await ledger.record([done, denied], checkpoints: [], parents: [], run: "r1")

            let reopened = StateDatabase(directory: directory)
            let stored = try #require(try await reopened.run("r1"))
            #expect(stored.trigger == run.trigger && stored.request == request && stored.state == .running)
            #expect(stored.planned == 4 && stored.resources == 3 && stored.changes == changes)
            #expect(stored.outcomes == [.complete: 1, .denied: 1])
            let results = try await reopened.results(run: "r1", after: nil, limit: 100_000)
            #expect(results.map(\.listing) == plan())
            #expect(results.map(\.result) == [done, nil, nil, denied])
            await reopened.close()
        }
    }

    @Test("The last word for a listing counts, and one that was not planned is added to the plan")
    func lastWord() async throws {
        try await withLedger { ledger, _ in
            try await ledger.begin(run(planned: 1), plan: [plan()[0]])
            try await ledger.record(
                [ListingResult(listing: plan()[0], outcome: .throttled)], checkpoints: [], parents: [], run: "r1")
            try await ledger.record(
                [
                    ListingResult(listing: plan()[0], outcome: .complete, count: 1),
                    ListingResult(listing: plan()[1], outcome: .empty),
                ], checkpoints: [], parents: [], run: "r1")
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
            try await ledger.record(
                [ListingResult(listing: plan()[0], outcome: .failed)], checkpoints: [], parents: [], run: "r1")
            try await ledger.begin(run(startedAt: 200, planned: 1), plan: [plan()[1]])
            #expect(try await ledger.results(run: "r1", after: nil, limit: 100_000).map(\.listing) == [plan()[1]])
            #expect(try await ledger.runs(limit: 10).map(\.startedAt) == [200])
        }
    }

    @Test("A finished run is told as its listings ended, and has no open ones; the newest come first")
    func finish() async throws {
        try await withLedger { ledger, _ in
            var last: RunRecord?
            for number in 1...3 {
                var run = run("r\(number)", startedAt: number * 100)
                try await ledger.begin(run, plan: plan())
                var changes = ChangeCounts()
                changes.deleted = 2
                let results = plan().dropLast(number == 3 ? 1 : 0).map {
                    ListingResult(listing: $0, outcome: .complete, count: 3, changes: changes)
                }
                try await ledger.record(Array(results), checkpoints: [], parents: [], run: run.id)
                run.state = .succeeded
                run.finishedAt = number * 100 + 50
                last = try await ledger.finish(run)
                #expect(last?.state == (number == 3 ? .partial : .succeeded))
            }
            #expect(last?.outcomes == [.complete: 3, .interrupted: 1])
            #expect(last?.planned == 4 && last?.resources == 9 && last?.changes.deleted == 6)
            #expect(try await ledger.runs(limit: 2).map(\.id) == ["r3", "r2"])
            #expect(try await ledger.run("r3") == last)
            #expect(try await ledger.run("r9") == nil)
            #expect(try await ledger.results(run: "r9", after: nil, limit: 10).isEmpty)
        }
    }

    @Test("A run that a crash left open is told with what has ended, and ends as interrupted when it is given up")
    func interrupt() async throws {
        try await withLedger { ledger, directory in
            var finished = run("r0", startedAt: 50)
            try await ledger.begin(finished, plan: plan())
            finished.state = .succeeded
            _ = try await ledger.finish(finished)
            try await ledger.begin(run(), plan: plan())
            try await ledger.record(
                [ListingResult(listing: plan()[0], outcome: .complete, count: 2)], checkpoints: [], parents: [],
                run: "r1")

            let open = try await ledger.openRuns()
            #expect(open.map(\.record.id) == ["r1"])
            #expect(open.first?.record.outcomes == [.complete: 1])
            #expect(open.first?.record.planned == 4)
            #expect(open.first?.services == ["ec2": OpenRun.Share(planned: 4, finished: 1)])
            #expect(open.first?.isAfterReboot == false)

            let interrupted = try await ledger.interrupt("r1", now: 999)
            #expect(interrupted.outcomes == [.complete: 1, .interrupted: 3])
            #expect(interrupted.resources == 2)
            #expect(try await ledger.run("r1") == interrupted)
            #expect(try await ledger.run("r1")?.finishedAt == 999)
            #expect(try await ledger.openRuns().isEmpty)
        }
    }

    @Test("After a start of the machine an open run is known to be of an earlier one, until it is trusted again")
    func reboot() async throws {
        try await TemporaryDirectory.with { directory in
            let before = StateDatabase(directory: directory, boot: "one")
            try await before.begin(run(), plan: plan())
            try await before.record(
                [ListingResult(listing: plan()[0], outcome: .complete, count: 2)], checkpoints: [], parents: [],
                run: "r1")
            #expect(try await before.openRuns().first?.isAfterReboot == false)
            await before.close()
            let after = StateDatabase(directory: directory, boot: "two")
            #expect(try await after.openRuns().first?.isAfterReboot == true)
            try await after.reopen([plan()[0]], run: "r1")
            #expect(try await after.run("r1")?.outcomes == [:])
            #expect(try await after.run("r1")?.planned == 4)
            try await after.trust(run: "r1")
            #expect(try await after.openRuns().first?.isAfterReboot == false)
            await after.close()
        }
    }

    @Test("Checkpoints of a listing come back as one, in another process, and are gone when it has ended")
    func checkpoints() async throws {
        try await withLedger { ledger, directory in
            try await ledger.begin(run(), plan: plan())
            #expect(try await ledger.remains(of: plan()[0], run: "r1").checkpoint == nil)
            var position = ListingPosition(plan: .max, input: 1, parent: 2, token: [.init("NextToken", "t/\"1\"")])
            var changes = ChangeCounts()
            changes.created = 1
            let first = ListingCheckpoint(
                listing: plan()[0], position: position, changes: changes, seen: [SeenMark(key: .max, digest: 1)],
                isFirst: true)
            position.token = []
            position.failure = ListingFailure(
                outcome: .denied, error: ListingError(operation: "GetX", code: "No", message: "no", requestID: "q"))
            changes.renewed = 7
            let second = ListingCheckpoint(
                listing: plan()[0], position: position, changes: changes,
                seen: [SeenMark(key: 2, digest: .max), SeenMark(key: 3, digest: 4)], isFirst: false)
            let other = ListingCheckpoint(
                listing: plan()[1], position: position, changes: changes, seen: [], isFirst: false)
            try await ledger.record([], checkpoints: [first, other], parents: [], run: "r1")
            try await ledger.record([], checkpoints: [second], parents: [], run: "r1")

            let reopened = StateDatabase(directory: directory)
            let known = try await reopened.remains(of: plan()[0], run: "r1").checkpoint
            #expect(known?.position == position && known?.changes == changes)
            #expect(known?.seen == first.seen + second.seen)
            await reopened.close()
            try await ledger.record(
                [ListingResult(listing: plan()[0], outcome: .complete)], checkpoints: [], parents: [], run: "r1")
            #expect(try await ledger.remains(of: plan()[0], run: "r1").checkpoint == nil)
            #expect(try await ledger.remains(of: plan()[1], run: "r1").checkpoint == other)
            _ = try await ledger.finish(run())
            #expect(try await ledger.remains(of: plan()[1], run: "r1").checkpoint == nil)
        }
    }

    @Test("Items of a parent come back as one, in another process, until the unit's listings have ended")
    func parents() async throws {
        try await withLedger { ledger, directory in
            let plan = ["events/event-bus", "events/rule", "ec2/vpc"].map { Listing(type: $0, scope: scopes[0]) }
            try await ledger.begin(run(), plan: plan)
            #expect(try await ledger.remains(of: plan[0], run: "r1").parent == nil)
            let items = [
                KeptItem(input: 0, parent: 0, id: "a b\n", document: Array("{\"N\":\"ä 1 2\\n\"}".utf8)),
                KeptItem(input: 12, parent: 345_678, id: "", document: Array("null".utf8)),
                KeptItem(input: 1, parent: 0, id: "ü", document: Array("\"arn\"".utf8)),
            ]
            var position = ListingPosition(plan: 5, input: 0, parent: 0, token: [.init("NextToken", "t")])
            func page(_ items: ArraySlice<KeptItem>, isFirst: Bool) -> ParentPage {
                ParentPage(listing: plan[0], position: position, items: Array(items), isFirst: isFirst)
            }
            let old = page(items[1...], isFirst: true)
            try await ledger.record([], checkpoints: [], parents: [old], run: "r1")
            let first = page(items[..<1], isFirst: true)
            position.parent = 1
            position.token = []
            position.failure = ListingFailure(
                outcome: .denied, error: ListingError(operation: "GetX", code: "No", message: "no"))
            let second = page(items[1...], isFirst: false)
            try await ledger.record([], checkpoints: [], parents: [first, second], run: "r1")
            let whole = page(items[...], isFirst: false)

            let reopened = StateDatabase(directory: directory)
            #expect(try await reopened.remains(of: plan[0], run: "r1").parent == whole)
            #expect(try await reopened.remains(of: plan[1], run: "r1").parent == nil)
            await reopened.close()
            func end(_ listing: Listing) async throws {
                try await ledger.record(
                    [ListingResult(listing: listing, outcome: .complete)], checkpoints: [], parents: [], run: "r1")
            }
            try await end(plan[0])
            #expect(try await ledger.remains(of: plan[0], run: "r1").parent == whole)
            try await end(plan[1])
            // The unit of the third listing is another.
            #expect(try await ledger.remains(of: plan[0], run: "r1").parent == nil)
            try await ledger.record([], checkpoints: [], parents: [whole], run: "r1")
            _ = try await ledger.finish(run())
            #expect(try await ledger.remains(of: plan[0], run: "r1").parent == nil)
        }
    }

    @Test("A listing's first checkpoint takes the place of all that an earlier beginning left")
    func beginsAnew() async throws {
        try await withLedger { ledger, _ in
            try await ledger.begin(run(), plan: plan())
            func checkpoint(_ key: UInt64, isFirst: Bool) -> ListingCheckpoint {
                ListingCheckpoint(
                    listing: plan()[0], position: ListingPosition(plan: 1, input: 0, parent: Int(key)),
                    changes: ChangeCounts(), seen: [SeenMark(key: key, digest: 0)], isFirst: isFirst)
            }
            for (key, isFirst) in [(1, true), (2, false), (3, true), (4, false)] as [(UInt64, Bool)] {
                try await ledger.record(
                    [], checkpoints: [checkpoint(key, isFirst: isFirst)], parents: [], run: "r1")
            }
            let known = try await ledger.remains(of: plan()[0], run: "r1").checkpoint
            #expect(known?.seen.map(\.key) == [3, 4])
        }
    }

    @Test(
        "What the store held after a listing comes back with its result, and goes with it",
        arguments: [nil, MarkSum(), MarkSum(count: 3, low: .max, high: 1 << 63)])
    func stored(sum: MarkSum?) async throws {
        try await withLedger { ledger, _ in
            try await ledger.begin(run(), plan: plan())
            let result = ListingResult(listing: plan()[0], outcome: .complete, stored: sum)
            try await ledger.record([result], checkpoints: [], parents: [], run: "r1")
            #expect(try await ledger.results(run: "r1", of: [plan()[0]]).first?.result == result)
            try await ledger.reopen([plan()[0]], run: "r1")
            try await ledger.record(
                [ListingResult(listing: plan()[0], outcome: .failed)], checkpoints: [], parents: [], run: "r1")
            #expect(try await ledger.results(run: "r1", of: [plan()[0]]).first?.result?.stored == nil)
        }
    }

    @Test("A schedule moves together with the record of its run, or not at all")
    func scheduledBegin() async throws {
        try await withLedger { ledger, _ in
            try await ledger.begin(run("nightly-1"), schedule: "nightly", at: 1_000)
            #expect(try await ledger.schedulePosition("nightly") == 1_000)
            #expect(try await ledger.openRuns().map(\.record.id) == ["nightly-1"])
        }
    }

    @Test("A run's listings are read page by page, each once, by account")
    func pages() async throws {
        try await withLedger { ledger, _ in
            try await ledger.begin(run(), plan: plan(["ec2/vpc", "ec2/instance", "s3/bucket"]))
            var pages: [[Listing]] = []
            var last: Listing?
            repeat {
                let page = try await ledger.results(run: "r1", after: last, limit: 4).map(\.listing)
                pages.append(page)
                last = page.last
            } while pages.last?.isEmpty == false
            #expect(pages.map(\.count) == [4, 2, 0])
            let all = pages.flatMap { $0 }
            #expect(all.map(\.scope.region) == ["eu-west-1", "us-east-1"].flatMap { Array(repeating: $0, count: 3) })
            #expect(Set(all).count == 6)
            let some = try await ledger.results(run: "r1", of: [all[1], Listing(type: "no/such", scope: all[1].scope)])
            #expect(some == [PlannedListing(listing: all[1], result: nil)])
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
                _ = try await ledger.finish(run)
            }
            try await ledger.prune(before: 10_000)
            #expect(try await ledger.runs(limit: 10).map(\.id) == ["r3", "r2"])
            #expect(try await ledger.results(run: "r1", after: nil, limit: 100_000).isEmpty)
            #expect(try await ledger.results(run: "r2", after: nil, limit: 100_000).count == 4)
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
            var read: [Listing] = []
            try await ledger.forEachResult(run: "r1") { read.append($0.listing) }
            #expect(read == plan.sorted { ($0.scope, $0.type) < ($1.scope, $1.type) })
        }
    }

    @Test("What is held back of a listing comes back after a restart, by unit, until it is taken away")
    func quarantines() async throws {
        try await withLedger { ledger, directory in
            let scope = scopes[0]
            let unit = Unit(service: "ec2", scope: scope)
            #expect(try await ledger.quarantines(of: unit) == [:])
            let listings = ["ec2/vpc", "ec2/instance", "ec2-other/vpc", "eb/x"].map { Listing(type: $0, scope: scope) }
            var all = listings.map {
                Quarantine(listing: $0, run: "r1", since: 7, missing: [0, 1, .max, 1 << 63], untagged: [5])
            }
            for quarantine in all { try await ledger.setQuarantine(quarantine, of: quarantine.listing) }
            all[0].missing = [3]
            all[0].run = "r2"
            try await ledger.setQuarantine(all[0], of: listings[0])
            await ledger.close()

            let again = StateDatabase(directory: directory)
            #expect(try await again.quarantines(of: unit) == ["ec2/vpc": all[0], "ec2/instance": all[1]])
            #expect(try await again.quarantines(of: Unit(service: "ec2", scope: scopes[1])) == [:])
            try await again.setQuarantine(nil, of: listings[0])
            try await again.setQuarantine(nil, of: listings[0])
            #expect(try await again.quarantines(of: unit) == ["ec2/instance": all[1]])
            await again.close()
        }
    }
}
