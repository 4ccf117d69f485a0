import Inventory
import Telemetry
import Testing

@testable import Refresh

/// Troubles of all listings at once are told once, not for each.
@Suite struct ConditionTests {
    @Test("a condition is told when it begins, once an hour while it lasts, and when it ends")
    func changes() {
        var condition = Condition(threshold: 3, interval: 100)
        #expect(condition.succeed(at: 9) == nil)
        #expect(condition.fail(at: 10) == nil)
        #expect(condition.fail(at: 11) == nil)
        #expect(condition.succeed(at: 12) == nil)
        for instant in 20...21 { #expect(condition.fail(at: instant) == nil) }
        #expect(!condition.isActive)
        #expect(condition.fail(at: 22) == .began)
        #expect(condition.isActive)
        for instant in 23..<122 { #expect(condition.fail(at: instant) == nil) }
        #expect(condition.fail(at: 122) == .lasts(since: 20, failures: 103))
        #expect(condition.fail(at: 123) == nil)
        #expect(condition.succeed(at: 124) == .ended(since: 20, failures: 104))
        #expect(condition.succeed(at: 125) == nil)
        #expect(condition.fail(at: 200) == nil)
    }

    @Test("a condition that ended a moment ago does not begin again, and does when its pause is over")
    func pause() {
        var condition = Condition(threshold: 2, pause: 60)
        #expect(condition.fail(at: 10) == nil)
        #expect(condition.fail(at: 10) == .began)
        #expect(condition.succeed(at: 20) == .ended(since: 10, failures: 2))
        for instant in 20..<80 { #expect(condition.fail(at: instant) == nil) }
        #expect(!condition.isActive)
        #expect(condition.fail(at: 80) == .began)
        #expect(condition.succeed(at: 90) == .ended(since: 20, failures: 61))
        // A clock that was set back.
        #expect(condition.fail(at: 5) == nil)
        #expect(condition.fail(at: 5) == .began)
    }

    @Test("a store that is full is told once for all listings and runs, and again when it is not")
    func store() async throws {
        let counting = Box<CountingStore>()
        var options = World.Options()
        options.types = ["ec2/vpc", "sns/subscription", "glue/crawler", "lambda/function"]
        options.accounts = [World.account, World.other]
        options.wrap = { counting.fill(CountingStore($0)) }
        try await World.with(options) { world in
            world.aws.answer { call in
                let dialect = Dialect.all.first { $0.call == call.operation && $0.service == call.service }
                return dialect?.estate([[("aaa", 1), ("bbb", 1)]])(call) ?? .ok("{}")
            }
            let store = try #require(counting.value)
            var refusal = CountingStore.Refusal()
            refusal.write = { _, _ in .exhausted("no space left") }
            refusal.publish = { _ in .exhausted("no space left") }
            store.refuse(refusal)
            for _ in 0..<3 {
                let run = try await world.refresh()
                #expect(run.outcomes == [.failed: 8])
                for result in try await world.results(run) { #expect(result.error?.code == "StoreExhausted") }
            }
            #expect(world.log.all.count { $0.id == .conditionBegan } == 1)
            #expect(world.log.all.count { $0.level == .warning && $0.id == nil } == 0)
            world.clock.advance(3600)
            try await world.refresh()
            #expect(world.log.all.count { $0.id == .conditionBegan } == 2)
            store.refuse(.init())
            #expect(try await world.refresh().state == .succeeded)
            #expect(world.log.all.count { $0.id == .conditionEnded } == 1)
            #expect(try await world.rows().count == 8)
        }
    }

    @Test("an AWS that cannot be reached is told once, and when it can be again")
    func network() async throws {
        try await World.with { world in
            let conditions = world.engine.conditions
            for number in 0..<500 {
                _ = conditions.note(
                    ListingError(operation: "X", code: "Unreachable", message: "host \(number): no name server"))
            }
            #expect(world.log.all.count { $0.id == .conditionBegan } == 1)
            #expect(!conditions.note(ListingError(operation: "X", code: "AccessDenied", message: "no")))
            #expect(world.log.all.count { $0.id == .conditionEnded } == 1)
            // The last ones of an outage that is over are told with their listings.
            for _ in 0..<20 {
                #expect(!conditions.note(ListingError(operation: "X", code: "Unreachable", message: "a moment ago")))
            }
            #expect(!conditions.note(nil))
            world.clock.advance(60)
            // One endpoint that does not answer is told with its listing.
            for _ in 0..<100 {
                #expect(!conditions.note(ListingError(operation: "X", code: "Unreachable", message: "one host")))
                #expect(!conditions.note(nil))
            }
            #expect(world.log.all.count == 2)
        }
    }

    @Test("a ledger that cannot be written is told once, and the run goes on")
    func ledger() async throws {
        let recording = Box<RecordingLedger>()
        var options = World.Options()
        options.wrapLedger = { recording.fill(RecordingLedger($0)) }
        try await World.with(options) { world in
            world.aws.answer(Dialect.ec2.estate([[("aaa", 1)]]))
            try #require(recording.value).refuse(4)
            let run = try await world.refresh()
            #expect(run.state == .succeeded)
            #expect(try await world.rows().count == 1)
            #expect(world.log.all.count { $0.id == .conditionBegan } == 1)
            try await world.refresh()
            #expect(world.log.all.count { $0.id == .conditionEnded } == 1)
        }
    }

    @Test("a ledger that cannot tell what is held back is named as what it is, and nothing is listed meanwhile")
    func unreadableLedger() async throws {
        let recording = Box<RecordingLedger>()
        var options = World.Options()
        options.types = ["ec2/vpc", "sns/subscription"]
        options.wrapLedger = { recording.fill(RecordingLedger($0)) }
        try await World.with(options) { world in
            let estate = { (ids: [String]) in
                world.aws.answer { call in
                    let dialect = Dialect.all.first { $0.call == call.operation && $0.service == call.service }
                    return dialect?.estate([ids.map { ($0, 1) }])(call) ?? .ok("{}")
                }
            }
            estate(["aaa", "bbb"])
            #expect(try await world.refresh().state == .succeeded)
            let calls = world.aws.calls.count
            let ledger = try #require(recording.value)
            ledger.refuseQuarantines(.corrupt("/state/state.db: database disk image is malformed"))
            estate([])
            for _ in 0..<2 {
                let run = try await world.refresh()
                #expect(run.outcomes == [.failed: 2])
                for result in try await world.results(run) {
                    #expect(result.error?.code == "LedgerUnavailable")
                    #expect(result.error?.message.contains("/state/state.db: database disk") == true)
                }
            }
            #expect(world.aws.calls.count == calls)
            #expect(try await world.rows().count == 4)
            let told = world.log.all.filter { $0.id == .conditionBegan }
            #expect(told.count == 1)
            #expect(told.first?.message.contains("run ledger") == true)
            let units = try await world.store.metadata(service: nil)
            #expect(units.allSatisfy { $0.status == "failed" && $0.lastGoodAt != nil && $0.resourceCount == 2 })
            ledger.refuseQuarantines(nil)
            estate(["aaa", "bbb"])
            #expect(try await world.refresh().state == .succeeded)
            #expect(world.log.all.count { $0.id == .conditionEnded } == 1)
        }
    }
}
