import Testing

@testable import Schedule

@Suite struct SchedulePositionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        var expression = "cron(0 2 * * ? *)"
        var zone = "UTC"
        var anchor: String?
        var persistent = true
        var delay: Int64 = 0
        var window: Int64 = 86400
        var mark: String?
        let now: String
        /// By default long before.
        var started = "2026-01-01T00:00:00Z"
        let expected: Expected
        var testDescription: String { title }
    }

    enum Expected: Sendable {
        case wait(String)
        case run(String, missed: Int, dropped: Int)
        case move(String, dropped: Int)
        case finished
    }

    static let plain: [Case] = [
        Case(
            title: "a first start does not run for the past", now: "2026-05-10T12:00:00Z",
            expected: .move("2026-05-10T12:00:00Z", dropped: 0)),
        Case(
            title: "before the next firing it waits", mark: "2026-05-10T02:00:00Z", now: "2026-05-10T12:00:00Z",
            expected: .wait("2026-05-11T02:00:00Z")),
        Case(
            title: "at the second of the firing it runs", mark: "2026-05-10T02:00:00Z", now: "2026-05-11T02:00:00Z",
            expected: .run("2026-05-11T02:00:00Z", missed: 0, dropped: 0)),
        Case(
            title: "a second early it waits", mark: "2026-05-10T02:00:00Z", now: "2026-05-11T01:59:59Z",
            expected: .wait("2026-05-11T02:00:00Z")),
        Case(
            title: "a mark that is no firing, from a first start, counts the same", mark: "2026-05-10T12:34:56Z",
            now: "2026-05-11T02:00:00Z", expected: .run("2026-05-11T02:00:00Z", missed: 0, dropped: 0)),
        Case(
            title: "the delay is added to the firing", delay: 600, mark: "2026-05-10T02:00:00Z",
            now: "2026-05-11T02:09:59Z", expected: .wait("2026-05-11T02:10:00Z")),
        Case(
            title: "after the delay it runs for the firing", delay: 600, mark: "2026-05-10T02:00:00Z",
            now: "2026-05-11T02:10:00Z", expected: .run("2026-05-11T02:00:00Z", missed: 0, dropped: 0)),
        Case(
            title: "a schedule in the past never runs", expression: "at(2026-01-01T00:00:00)",
            mark: "2026-05-10T12:00:00Z", now: "2026-05-10T12:00:00Z", expected: .finished),
        Case(
            title: "an impossible date never runs", expression: "0 0 31 2 *", mark: "2026-05-10T12:00:00Z",
            now: "2026-05-10T12:00:00Z", expected: .finished),
        Case(
            title: "a time the clock skips is waited over", expression: "cron(30 2 * * ? *)", zone: "Europe/Berlin",
            mark: "2026-03-28T01:30:00Z", now: "2026-03-29T12:00:00Z", expected: .wait("2026-03-30T00:30:00Z")),
    ]

    static let missed: [Case] = [
        Case(
            title: "several missed firings are one run, of the latest", expression: "cron(0 * * * ? *)",
            mark: "2026-05-10T02:00:00Z", now: "2026-05-10T07:30:00Z",
            expected: .run("2026-05-10T07:00:00Z", missed: 4, dropped: 0)),
        Case(
            title: "those before the window are dropped and counted", expression: "cron(0 * * * ? *)", window: 7200,
            mark: "2026-05-10T02:00:00Z", now: "2026-05-10T07:30:00Z",
            expected: .run("2026-05-10T07:00:00Z", missed: 1, dropped: 3)),
        Case(
            title: "a firing exactly as old as the window is still run", window: 3600, mark: "2026-05-10T02:00:00Z",
            now: "2026-05-11T03:00:00Z", expected: .run("2026-05-11T02:00:00Z", missed: 0, dropped: 0)),
        Case(
            title: "a second older it is dropped", window: 3600, mark: "2026-05-10T02:00:00Z",
            now: "2026-05-11T03:00:01Z", expected: .move("2026-05-11T02:00:00Z", dropped: 1)),
        Case(
            title: "a week asleep, all but the last too old", mark: "2026-05-03T02:00:00Z",
            now: "2026-05-10T12:00:00Z", expected: .run("2026-05-10T02:00:00Z", missed: 0, dropped: 6)),
        Case(
            title: "missed while not running, persistent", mark: "2026-05-10T02:00:00Z", now: "2026-05-11T08:00:00Z",
            started: "2026-05-11T07:59:00Z", expected: .run("2026-05-11T02:00:00Z", missed: 0, dropped: 0)),
        Case(
            title: "missed while not running, not persistent", persistent: false, mark: "2026-05-10T02:00:00Z",
            now: "2026-05-11T08:00:00Z", started: "2026-05-11T07:59:00Z",
            expected: .move("2026-05-11T02:00:00Z", dropped: 1)),
        Case(
            title: "missed while asleep, not persistent", persistent: false, mark: "2026-05-10T02:00:00Z",
            now: "2026-05-11T08:00:00Z", started: "2026-05-09T00:00:00Z",
            expected: .run("2026-05-11T02:00:00Z", missed: 0, dropped: 0)),
        Case(
            title: "started within the delay, not persistent, it still runs", persistent: false, delay: 600,
            mark: "2026-05-10T02:00:00Z", now: "2026-05-11T02:10:00Z", started: "2026-05-11T02:05:00Z",
            expected: .run("2026-05-11T02:00:00Z", missed: 0, dropped: 0)),
        Case(
            title: "years of minutes end in one run, the count stops at its limit", expression: "* * * * *",
            mark: "2020-01-01T00:00:00Z", now: "2026-05-10T12:00:30Z",
            expected: .run("2026-05-10T12:00:00Z", missed: 1439, dropped: 10_000)),
    ]

    static let clocks: [Case] = [
        Case(
            title: "a clock set back by an hour repeats nothing", expression: "cron(0 * * * ? *)",
            mark: "2026-05-10T07:00:00Z", now: "2026-05-10T06:10:00Z", expected: .wait("2026-05-10T08:00:00Z")),
        Case(
            title: "a clock set back by a month repeats nothing", mark: "2026-05-10T02:00:00Z",
            now: "2026-04-10T02:00:00Z", expected: .wait("2026-05-11T02:00:00Z")),
        Case(
            title: "a mark from a clock that was years ahead is given up", mark: "2031-05-10T02:00:00Z",
            now: "2026-05-10T12:00:00Z", expected: .move("2026-05-10T12:00:00Z", dropped: 0)),
        Case(
            title: "a clock set forward is a suspend", expression: "cron(0 * * * ? *)", mark: "2026-05-10T02:00:00Z",
            now: "2026-05-10T05:59:59Z", expected: .run("2026-05-10T05:00:00Z", missed: 2, dropped: 0)),
        Case(
            title: "a rate without an anchor counts from the mark", expression: "rate(90 minutes)",
            mark: "2026-05-10T02:07:00Z", now: "2026-05-10T06:00:00Z",
            expected: .run("2026-05-10T05:07:00Z", missed: 1, dropped: 0)),
        Case(
            title: "a dropped rate keeps its beat", expression: "rate(90 minutes)", window: 60,
            mark: "2026-05-10T02:07:00Z", now: "2026-05-10T06:00:00Z",
            expected: .move("2026-05-10T05:07:00Z", dropped: 2)),
        Case(
            title: "a rate with an anchor counts from it", expression: "rate(90 minutes)",
            anchor: "2026-05-10T00:00:00Z", mark: "2026-05-10T02:07:00Z", now: "2026-05-10T02:10:00Z",
            expected: .wait("2026-05-10T03:00:00Z")),
    ]

    @Test("the daemon's decision follows from mark, clock and schedule", arguments: plain + missed + clocks)
    func decide(_ example: Case) throws {
        let position = SchedulePosition(
            expression: try ScheduleExpression(example.expression), zone: try Fixtures.zone(example.zone),
            anchor: try example.anchor.map(instant), persistent: example.persistent, delay: example.delay,
            catchUpWindow: example.window)
        let decision = position.decide(
            mark: try example.mark.map(instant), now: try instant(example.now), started: try instant(example.started))
        switch (decision, example.expected) {
        case (.wait(let until), .wait(let expected)):
            #expect(ISO8601.format(until) == expected)
        case (.run(let scheduled, let missed, let dropped), .run(let expected, let expectedMissed, let count)):
            #expect(ISO8601.format(scheduled) == expected)
            #expect(missed == expectedMissed)
            #expect(dropped?.count ?? 0 == count)
        case (.move(let mark, let dropped), .move(let expected, let count)):
            #expect(ISO8601.format(mark) == expected)
            #expect(dropped?.count ?? 0 == count)
        case (.finished, .finished):
            break
        default:
            Issue.record("\(decision)")
        }
    }

    @Test("what was dropped is named by its first and last instant")
    func dropped() throws {
        let position = SchedulePosition(
            expression: try ScheduleExpression("cron(0 * * * ? *)"), zone: .utc, catchUpWindow: 7200)
        let decision = position.decide(
            mark: try instant("2026-05-10T02:00:00Z"), now: try instant("2026-05-10T07:30:00Z"), started: 0)
        let gap = DroppedFirings(
            count: 3, first: try instant("2026-05-10T03:00:00Z"), last: try instant("2026-05-10T05:00:00Z"))
        #expect(decision == .run(scheduled: try instant("2026-05-10T07:00:00Z"), missed: 1, dropped: gap))
    }

    @Test("over a random life of restarts, sleeps and clock steps no firing is run twice and the latest is never lost")
    func life() throws {
        let seed = Seed.fresh()
        var generator = Seed(seed)
        let position = SchedulePosition(
            expression: try ScheduleExpression("cron(0/20 * * * ? *)"), zone: try Fixtures.zone("Europe/Berlin"),
            delay: 45)
        var mark: Instant?
        var now = try instant("2026-10-24T20:00:00Z")
        var started = now
        var ran: Set<Instant> = []
        var highest = now
        for _ in 0..<2000 {
            switch position.decide(mark: mark, now: now, started: started) {
            case .run(let scheduled, _, _):
                #expect(ran.insert(scheduled).inserted, "twice, seed \(seed)")
                #expect(scheduled + 45 <= now && now - scheduled - 45 < 1200, "not the latest, seed \(seed)")
                mark = scheduled
            case .move(let newMark, let dropped):
                #expect(dropped == nil, "seed \(seed)")
                mark = newMark
            case .wait(let until):
                #expect(until > now, "seed \(seed)")
                let steps: [Int64] = [until - now, until - now, until - now + 30, 7000, 1, -900, -5000]
                now += steps.randomElement(using: &generator) ?? 1
                if Bool.random(using: &generator) { started = now }
                highest = max(highest, now)
            case .finished:
                Issue.record("finished, seed \(seed)")
            }
        }
        #expect(ran.count > 100)
    }
}
