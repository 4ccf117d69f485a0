import Testing

@testable import Schedule

@Suite struct EventBridgeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let expression: String
        let after: String
        let expected: [String]
        init(_ expression: String, after: String = "2026-01-01T00:00:00Z", _ expected: String...) {
            self.expression = expression
            self.after = after
            self.expected = expected
        }
        var testDescription: String { expression }
    }

    // The examples of AWS's pages on schedule expressions; 1 January 2026 is a Thursday.
    static let documented: [Case] = [
        Case("cron(0 10 * * ? *)", "2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z"),
        Case("cron(15 12 * * ? *)", "2026-01-01T12:15:00Z", "2026-01-02T12:15:00Z"),
        Case(
            "cron(0 18 ? * MON-FRI *)", "2026-01-01T18:00:00Z", "2026-01-02T18:00:00Z", "2026-01-05T18:00:00Z"),
        Case("cron(0 8 1 * ? *)", "2026-01-01T08:00:00Z", "2026-02-01T08:00:00Z"),
        Case("cron(0/15 * * * ? *)", "2026-01-01T00:15:00Z", "2026-01-01T00:30:00Z", "2026-01-01T00:45:00Z"),
        Case(
            "cron(0/10 * ? * MON-FRI *)", after: "2026-01-02T23:45:00Z", "2026-01-02T23:50:00Z",
            "2026-01-05T00:00:00Z"),
        Case(
            "cron(0/5 8-17 ? * MON-FRI *)", after: "2026-01-02T17:50:00Z", "2026-01-02T17:55:00Z",
            "2026-01-05T08:00:00Z"),
        // An hour range that goes round midnight: on each day the hours 20 to 23 and 0 to 2.
        Case(
            "cron(0/30 20-2 ? * MON-FRI *)", after: "2026-01-02T23:00:00Z", "2026-01-02T23:30:00Z",
            "2026-01-05T00:00:00Z", "2026-01-05T00:30:00Z", "2026-01-05T01:00:00Z", "2026-01-05T01:30:00Z",
            "2026-01-05T02:00:00Z", "2026-01-05T02:30:00Z", "2026-01-05T20:00:00Z"),
        Case(
            "cron(15 10 ? * 6L 2022-2023)", after: "2022-01-01T00:00:00Z", "2022-01-28T10:15:00Z",
            "2022-02-25T10:15:00Z", "2022-03-25T10:15:00Z"),
        Case("cron(0 0 ? * 3#2 *)", "2026-01-13T00:00:00Z", "2026-02-10T00:00:00Z"),
        Case("cron(0 9 3W * ? *)", "2026-01-02T09:00:00Z", "2026-02-03T09:00:00Z", "2026-03-03T09:00:00Z"),
        Case("cron(1/10 5 7 * ? *)", "2026-01-07T05:01:00Z", "2026-01-07T05:11:00Z", "2026-01-07T05:21:00Z"),
        Case("cron(0 0 1 JAN,FEB,MAR ? *)", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", "2027-01-01T00:00:00Z"),
    ]

    static let forms: [Case] = [
        Case("cron(0 0 L * ? *)", "2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z"),
        Case("cron(0 0 l-3 * ? *)", "2026-01-28T00:00:00Z", "2026-02-25T00:00:00Z"),
        // L-30 is the first of a month of 31 days and nothing in the others.
        Case("cron(0 0 L-30 * ? *)", "2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z"),
        // The last weekday: 31 January 2026 is a Saturday, 31 May a Sunday.
        Case("cron(0 0 LW 1,5 ? *)", "2026-01-30T00:00:00Z", "2026-05-29T00:00:00Z", "2027-01-29T00:00:00Z"),
        // 1W never leaves the month: 1 August 2026 is a Saturday, 1 November a Sunday.
        Case("cron(0 0 1W 8,11 ? *)", "2026-08-03T00:00:00Z", "2026-11-02T00:00:00Z"),
        Case("cron(0 0 31w 1,5 ? *)", "2026-01-30T00:00:00Z", "2026-05-29T00:00:00Z"),
        Case("cron(0 0 31W 4 ? *)"),
        Case("cron(0 0 1,15,L * ? *)", "2026-01-15T00:00:00Z", "2026-01-31T00:00:00Z", "2026-02-01T00:00:00Z"),
        Case("cron(0 0 ? * FRIL *)", "2026-01-30T00:00:00Z", "2026-02-27T00:00:00Z"),
        Case("cron(0 0 ? * fril,2L *)", "2026-01-26T00:00:00Z", "2026-01-30T00:00:00Z", "2026-02-23T00:00:00Z"),
        Case("cron(0 0 ? * L *)", "2026-01-03T00:00:00Z", "2026-01-10T00:00:00Z"),
        Case("cron(0 0 ? * tue#5 *)", "2026-03-31T00:00:00Z", "2026-06-30T00:00:00Z"),
        Case("cron(0 0 ? 2 1#5 *)", "2032-02-29T00:00:00Z", "2060-02-29T00:00:00Z"),
        Case("cron(0 0 ? * 1,7 *)", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z"),
        Case("cron(0 0 ? * FRI-SUN *)", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z"),
        Case("cron(0 0 1 NOV-FEB ? *)", "2026-02-01T00:00:00Z", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"),
        Case("cron(0 22-2/2 1 1 ? 2027)", "2027-01-01T00:00:00Z", "2027-01-01T02:00:00Z", "2027-01-01T22:00:00Z"),
        Case("cron(0 0 30-2 * ? *)", "2026-01-02T00:00:00Z", "2026-01-30T00:00:00Z", "2026-01-31T00:00:00Z"),
        Case("cron(0/90 3 * * ? *)", "2026-01-01T03:00:00Z", "2026-01-02T03:00:00Z"),
        Case("cron(  00\t09  *  dec ? 2026/3 )", "2026-12-01T09:00:00Z"),
        Case("  cron(0 0 1 1 ? *)  ", "2027-01-01T00:00:00Z"),
        Case("cron(0 0 1 1 ? 2028,2030-2032)", "2028-01-01T00:00:00Z", "2030-01-01T00:00:00Z"),
        Case("cron(0 0 29 2 ? *)", after: "2096-02-29T00:00:00Z", "2104-02-29T00:00:00Z"),
        Case("cron(0 0 29 2 ? *)", after: "1999-12-31T00:00:00Z", "2000-02-29T00:00:00Z", "2004-02-29T00:00:00Z"),
        Case("cron(59 23 31 12 ? 2199)", "2199-12-31T23:59:00Z"),
        Case("cron(0 0 1 1 ? 1970)", after: "1969-06-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        Case("rate(1 minute)", "2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z"),
        Case("rate(5 hours)", "2026-01-01T05:00:00Z", "2026-01-01T10:00:00Z"),
        Case("rate(1 day)", after: "2026-01-01T00:00:07Z", "2026-01-02T00:00:07Z"),
        Case("at(2026-11-20T13:00:09)", "2026-11-20T13:00:09Z"),
    ]

    @Test("an EventBridge expression fires when AWS documents it", arguments: documented)
    func documentedExamples(_ example: Case) throws {
        #expect(
            try firings(example.expression, after: example.after, count: example.expected.count) == example.expected)
    }

    @Test("every form and wildcard selects its instants", arguments: forms)
    func everyForm(_ example: Case) throws {
        let count = max(1, example.expected.count)
        #expect(try firings(example.expression, after: example.after, count: count) == example.expected)
    }

    @Test(
        "a date that never comes ends the search with none",
        arguments: [
            "cron(0 0 31 2 ? *)", "cron(0 0 30 FEB ? *)", "cron(0 0 31 4,6,9,11 ? *)", "cron(0 0 29 2 ? 2025/4)",
            "cron(0 0 1 1 ? 2020)", "cron(0 0 ? 2 1#5 2033-2059)", "at(2025-12-31T23:59:59)", "0 0 31 2 *",
            "cron(0 0 L-29 2 ? *)",
        ])
    func impossible(expression: String) throws {
        #expect(try firings(expression, after: "2026-01-01T00:00:00Z", count: 3).isEmpty)
        #expect(
            try firings(expression, zone: "Europe/Berlin", after: "2026-01-01T00:00:00Z", count: 3).isEmpty)
    }

    @Test("firings are strictly later than the instant asked for")
    func strictlyAfter() throws {
        let next = "2026-01-02T10:00:00Z"
        #expect(try firings("cron(0 10 * * ? *)", after: "2026-01-01T10:00:00Z", count: 1) == [next])
        #expect(
            try firings("cron(0 10 * * ? *)", after: "2026-01-01T09:59:59Z", count: 1) == ["2026-01-01T10:00:00Z"])
        #expect(try firings("at(2026-01-01T10:00:00)", after: "2026-01-01T10:00:00Z", count: 1).isEmpty)
    }

    @Test("a rate counts from its anchor, which is its first firing")
    func rateAnchor() throws {
        let anchor = "2026-01-01T00:07:30Z"
        #expect(
            try firings("rate(10 minutes)", after: "2026-01-01T01:00:00Z", count: 2, anchor: anchor)
                == ["2026-01-01T01:07:30Z", "2026-01-01T01:17:30Z"])
        #expect(try firings("rate(10 minutes)", after: "2025-06-01T00:00:00Z", count: 1, anchor: anchor) == [anchor])
        #expect(
            try firings("rate(10 minutes)", after: anchor, count: 1, anchor: anchor) == ["2026-01-01T00:17:30Z"])
    }

    @Test("no instant, however far, makes the search overflow or leave the years 1970 to 2199")
    func farInstants() throws {
        for text in ["cron(* * * * ? *)", "rate(1 minute)", "at(2199-12-31T23:59:59)", "@hourly"] {
            let schedule = try ScheduleExpression(text)
            for zone in [TimeZoneRules.utc, try Fixtures.zone("Etc/GMT-14")] {
                #expect(schedule.next(after: .max, zone: zone) == nil)
                #expect(schedule.next(after: .max, zone: zone, anchor: .min) == nil)
                let first = schedule.next(after: .min, zone: zone, anchor: 0)
                #expect(first ?? -1 >= -14 * 3600)
            }
        }
    }
}
