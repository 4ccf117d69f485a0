import Testing

@testable import Schedule

@Suite struct CrontabTests {
    typealias Case = EventBridgeTests.Case

    // 1 January 2026 is a Thursday.
    static let cases: [Case] = [
        Case("*/15 * * * *", "2026-01-01T00:15:00Z", "2026-01-01T00:30:00Z"),
        Case("5 0 * 8 *", "2026-08-01T00:05:00Z", "2026-08-02T00:05:00Z"),
        Case("15 14 1 * *", "2026-01-01T14:15:00Z", "2026-02-01T14:15:00Z"),
        Case("0 22 * * 1-5", "2026-01-01T22:00:00Z", "2026-01-02T22:00:00Z", "2026-01-05T22:00:00Z"),
        Case("23 0-20/2 * * *", "2026-01-01T00:23:00Z", "2026-01-01T02:23:00Z"),
        // Both day fields restricted: either matches. crontab(5)'s own example.
        Case(
            "30 4 1,15 * 5", "2026-01-01T04:30:00Z", "2026-01-02T04:30:00Z", "2026-01-09T04:30:00Z",
            "2026-01-15T04:30:00Z", "2026-01-16T04:30:00Z"),
        // A field that starts with `*` is no restriction, so both must match: odd days that are Mondays.
        Case("0 0 */2 * MON", "2026-01-05T00:00:00Z", "2026-01-19T00:00:00Z", "2026-02-09T00:00:00Z"),
        Case("0 0 13 * *", "2026-01-13T00:00:00Z"),
        Case("0 0 13 * */7", "2026-09-13T00:00:00Z", "2026-12-13T00:00:00Z"),
        // But `1-31` is a restriction, though of nothing.
        Case("0 0 1-31 * MON", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"),
        Case("0 0 * * 0", "2026-01-04T00:00:00Z", "2026-01-11T00:00:00Z"),
        Case("0 0 * * 7", "2026-01-04T00:00:00Z", "2026-01-11T00:00:00Z"),
        Case("0 0 * * sun", "2026-01-04T00:00:00Z"),
        Case("0 0 * * 5-7", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z"),
        Case("0 0 * Feb-mar Tue", "2026-02-03T00:00:00Z"),
        Case("0 0 * * 1/2", "2026-01-02T00:00:00Z", "2026-01-05T00:00:00Z", "2026-01-07T00:00:00Z"),
        Case("10-59/20 3 1 1 *", "2026-01-01T03:10:00Z", "2026-01-01T03:30:00Z", "2026-01-01T03:50:00Z"),
        Case("@hourly", "2026-01-01T01:00:00Z"),
        Case("@Daily", "2026-01-02T00:00:00Z"),
        Case("@midnight", "2026-01-02T00:00:00Z"),
        Case("@WEEKLY", "2026-01-04T00:00:00Z"),
        Case("@monthly", "2026-02-01T00:00:00Z"),
        Case("@yearly", "2027-01-01T00:00:00Z"),
        Case("@annually", "2027-01-01T00:00:00Z"),
    ]

    @Test("five cron fields and their names fire as crontab(5) says", arguments: cases)
    func fiveFields(_ example: Case) throws {
        #expect(
            try firings(example.expression, after: example.after, count: example.expected.count) == example.expected)
    }
}
