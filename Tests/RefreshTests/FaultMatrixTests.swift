import Inventory
import Testing

@testable import Refresh

/// What a listing makes of everything that can go wrong on its way, on each page, in each protocol.
@Suite struct FaultMatrixTests {
    static let portal = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Welcome</body></html>"

    static let all: [Fault] = [
        Fault(name: "AccessDenied", status: 403, code: "AccessDenied", outcome: .denied),
        Fault(
            name: "explicit deny", status: 403, code: "AccessDeniedException",
            message: "User: x is not authorized to perform: y with an explicit deny in a service control policy",
            outcome: .deniedByPolicy),
        Fault(name: "ExpiredToken", code: "ExpiredToken", outcome: .credentials),
        Fault(
            name: "unknown keys in an opt-in region", status: 403, code: "UnrecognizedClientException",
            outcome: .notEnabled, globalOutcome: .credentials),
        Fault(name: "OptInRequired", status: 403, code: "OptInRequired", outcome: .notEnabled),
        Fault(name: "Throttling", code: "Throttling", outcome: .throttled),
        Fault(name: "500", status: 500, code: "InternalError", outcome: .failed),
        Fault(name: "UnknownOperation", code: "UnknownOperationException", outcome: .unsupported),
        Fault(name: "HTML with 200", raw: { _ in .ok(portal) }, outcome: .failed),
        Fault(
            name: "HTML with 502", raw: { _ in .error(status: 502, headers: [], body: portal) }, outcome: .failed),
        Fault(name: "HTML with 404", raw: { _ in .error(status: 404, headers: [], body: portal) }, outcome: .failed),
        Fault(name: "HTML with 403", raw: { _ in .error(status: 403, headers: [], body: portal) }, outcome: .failed),
        Fault(name: "405 without a body", raw: { _ in .error(status: 405, headers: [], body: "") }, outcome: .failed),
        Fault(name: "SubscriptionRequired", status: 403, code: "SubscriptionRequiredException", outcome: .notEnabled),
        Fault(
            name: "denied by a permissions boundary", status: 403, code: "AccessDenied",
            message: "because no permissions boundary allows the x:y action", outcome: .denied),
        Fault(name: "empty body", raw: { _ in .ok("") }, outcome: .failed),
        Fault(
            name: "truncated", raw: { page in .truncated(String(page.prefix(page.count * 2 / 3))) },
            outcome: .failed),
        Fault(
            name: "short but well framed", raw: { page in .ok(String(page.prefix(page.count * 2 / 3))) },
            outcome: .failed),
        Fault(
            name: "malformed",
            raw: { page in .ok(page.prefix(page.count / 2) + "\u{1}<{\"" + page.suffix(page.count / 2)) },
            outcome: .failed),
        Fault(name: "reset", raw: { _ in .reset }, outcome: .failed),
        Fault(name: "stall", raw: { _ in .stall }, outcome: .timedOut, idle: .milliseconds(150)),
    ]

    static let before: [[(id: String, content: Int)]] = [
        [("aaa", 1), ("bbb", 1)], [("ccc", 1), ("ddd", 1)], [("eee", 1), ("fff", 1)],
    ]
    /// One gone, one changed and one new on every page.
    static let after: [[(id: String, content: Int)]] = [
        [("bbb", 2), ("aab", 1)], [("ddd", 2), ("ccd", 1)], [("fff", 2), ("eef", 1)],
    ]

    static let cases = Dialect.all.flatMap { dialect in all.map { (dialect, $0) } }

    @Test(
        "a fault on any page deletes nothing, is told for what it is, and a good run repairs everything",
        arguments: cases)
    func faults(dialect: Dialect, fault: Fault) async throws {
        var options = World.Options()
        options.types = [dialect.type]
        options.accounts = [World.account, World.other]
        options.idle = fault.idle
        for faulty in 0..<3 {
            try await World.with(options) { world in
                world.aws.answer(dialect.estate(Self.before))
                let first = try await world.refresh()
                #expect(first.state == .succeeded)
                let stored = try await world.rows()
                try #require(Set(stored.keys) == Set(Self.before.joined().map { dialect.key($0.id) }))

                world.clock.advance(60)
                let good = dialect.estate(Self.after)
                world.aws.answer { call in
                    guard call.operation == dialect.call, call.account == World.account,
                        dialect.number(of: call) == faulty, case .ok(let page) = good(call)
                    else { return good(call) }
                    return fault.answer(dialect, page: page)
                }
                let run = try await world.refresh()
                try await self.expect(world, run, dialect, fault, faulty)

                world.aws.answer(good)
                let repaired = try await world.refresh()
                #expect(repaired.state == .succeeded)
                let rows = try await world.rows()
                #expect(Set(rows.keys) == Set(Self.after.joined().map { dialect.key($0.id) }))
            }
        }
    }

    private func expect(
        _ world: World, _ run: RunRecord, _ dialect: Dialect, _ fault: Fault, _ faulty: Int
    ) async throws {
        let rows = try await world.rows()
        for gone in Self.before.joined() {
            #expect(rows[dialect.key(gone.id)] != nil, "\(gone.id) was deleted on a guess")
        }
        let outcome = dialect.isGlobal ? fault.globalOutcome ?? fault.outcome : fault.outcome
        let result = try #require(try await world.result(run, dialect.type))
        #expect(result.outcome == outcome)
        #expect(result.changes.deleted == 0)
        let error = try #require(result.error)
        #expect(error.operation == dialect.operation)
        if fault.raw == nil {
            #expect(error.code == fault.code)
            #expect(error.requestID == Dialect.requestID)
        }
        // Pages before the fault are stored.
        if faulty > 0 { #expect(rows[dialect.key("aab")] != nil) }
        #expect(run.planned == run.outcomes.values.reduce(0, +))
        #expect(run.outcomes[.complete] == 1)
        #expect(run.state == (outcome.isGood ? .succeeded : .partial))

        let other = try #require(try await world.result(run, dialect.type, account: World.other))
        #expect(other.outcome == .complete)
        let others = try await world.rows(account: World.other)
        #expect(Set(others.keys) == Set(Self.after.joined().map { dialect.key($0.id) }))
    }

    @Test(
        "a page that answers an earlier page's token or its own again ends the listing and deletes nothing",
        arguments: Dialect.all)
    func circles(dialect: Dialect) async throws {
        var options = World.Options()
        options.types = [dialect.type]
        try await World.with(options) { world in
            let good = dialect.estate(Self.before)
            world.aws.answer(good)
            try await world.refresh()
            let stored = try await world.rows()
            for (page, token) in [(0, "page-0"), (1, "page-1"), (2, "page-1"), (2, "page-2")] {
                world.aws.answer { call in
                    guard call.operation == dialect.call, dialect.number(of: call) == page else { return good(call) }
                    return .ok(dialect.page(Self.before[page], token))
                }
                let run = try await world.refresh()
                let result = try #require(try await world.result(run, dialect.type))
                #expect(result.outcome == .failed)
                #expect(result.error?.code == "PaginationLoop")
                #expect(result.changes.deleted == 0)
                #expect(try await world.rows() == stored)
            }
        }
    }

    @Test("a page that comes twice stores nothing twice and loses nothing", arguments: Dialect.all)
    func duplicate(dialect: Dialect) async throws {
        var options = World.Options()
        options.types = [dialect.type]
        try await World.with(options) { world in
            let doubled = [Self.before[0], Self.before[0] + Self.before[1], Self.before[1] + Self.before[2]]
            world.aws.answer(dialect.estate(doubled))
            let run = try await world.refresh()
            let result = try #require(try await world.result(run, dialect.type))
            #expect(result.outcome == .complete)
            #expect(result.count == 6)
            #expect(result.changes.created == 6)
            #expect(try await world.rows().count == 6)
        }
    }

    /// What a second attempt mends.
    static let passing: [Fault] = [
        Fault(name: "throttled once", code: "Throttling", outcome: .complete),
        Fault(name: "503 once", status: 503, code: "ServiceUnavailable", outcome: .complete),
        Fault(
            name: "broken page once", raw: { page in .truncated(String(page.prefix(page.count * 2 / 3))) },
            outcome: .complete),
        Fault(name: "reset once", raw: { _ in .reset }, outcome: .complete),
    ]

    static let passingCases = Dialect.all.flatMap { dialect in passing.map { (dialect, $0) } }

    @Test("a fault that passes leaves a complete listing with every resource once", arguments: passingCases)
    func passes(dialect: Dialect, fault: Fault) async throws {
        var options = World.Options()
        options.types = [dialect.type]
        for faulty in 0..<3 {
            try await World.with(options) { world in
                let good = dialect.estate(Self.before)
                let isFirst = Once()
                world.aws.answer { call in
                    guard call.operation == dialect.call, dialect.number(of: call) == faulty,
                        case .ok(let page) = good(call), isFirst.take()
                    else { return good(call) }
                    return fault.answer(dialect, page: page)
                }
                let run = try await world.refresh()
                let result = try #require(try await world.result(run, dialect.type))
                #expect(result.outcome == .complete)
                #expect(result.error == nil)
                #expect(result.count == 6)
                #expect(result.changes.created == 6)
                #expect(result.changes.updated == 0)
                let rows = try await world.rows()
                #expect(rows.count == 6)
            }
        }
    }
}
