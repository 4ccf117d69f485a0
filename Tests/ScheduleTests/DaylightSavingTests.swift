import Testing

@testable import Schedule

@Suite struct DaylightSavingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let expression: String
        let zone: String
        let after: String
        let expected: [String]
        init(_ expression: String, _ zone: String, after: String, _ expected: String...) {
            self.expression = expression
            self.zone = zone
            self.after = after
            self.expected = expected
        }
        var testDescription: String { "\(expression) \(zone) after \(after)" }
    }

    static let fixedTimes: [Case] = [
        // Skipped in spring, once in autumn: Scheduler's own example, 02:30.
        Case(
            "cron(30 2 * * ? *)", "America/New_York", after: "2026-03-07T00:00:00-05:00", "2026-03-07T02:30:00-05:00",
            "2026-03-09T02:30:00-04:00"),
        Case(
            "cron(30 1 * * ? *)", "America/New_York", after: "2026-10-31T12:00:00-04:00", "2026-11-01T01:30:00-04:00",
            "2026-11-02T01:30:00-05:00"),
        Case(
            "cron(30 2 * * ? *)", "Europe/Berlin", after: "2026-03-28T00:00:00+01:00", "2026-03-28T02:30:00+01:00",
            "2026-03-30T02:30:00+02:00"),
        Case(
            "cron(30 2 * * ? *)", "Europe/Berlin", after: "2026-10-24T12:00:00+02:00", "2026-10-25T02:30:00+02:00",
            "2026-10-26T02:30:00+01:00"),
        // Asked between the two passes, the second is still not given.
        Case(
            "cron(30 2 * * ? *)", "Europe/Berlin", after: "2026-10-25T02:10:00+01:00", "2026-10-26T02:30:00+01:00"),
        Case(
            "cron(0/30 2 * * ? *)", "Europe/Berlin", after: "2026-10-25T01:59:00+02:00", "2026-10-25T02:00:00+02:00",
            "2026-10-25T02:30:00+02:00", "2026-10-26T02:00:00+01:00"),
        Case(
            "cron(0 1-4 * * ? *)", "Europe/Berlin", after: "2026-10-25T00:00:00+02:00", "2026-10-25T01:00:00+02:00",
            "2026-10-25T02:00:00+02:00", "2026-10-25T03:00:00+01:00", "2026-10-25T04:00:00+01:00"),
        // crontab fields follow the same rule.
        Case(
            "30 2 * * *", "Europe/Berlin", after: "2026-03-28T12:00:00+01:00", "2026-03-30T02:30:00+02:00"),
        // Half an hour of summer time.
        Case(
            "cron(45 1 * * ? *)", "Australia/Lord_Howe", after: "2026-04-04T12:00:00+11:00",
            "2026-04-05T01:45:00+11:00", "2026-04-06T01:45:00+10:30"),
        Case(
            "cron(15 2 * * ? *)", "Australia/Lord_Howe", after: "2026-10-02T12:00:00+10:30",
            "2026-10-03T02:15:00+10:30", "2026-10-05T02:15:00+11:00"),
        // The clock goes back in Ramadan and on again after it.
        Case(
            "cron(30 2 * * ? *)", "Africa/Casablanca", after: "2026-02-14T12:00:00+01:00",
            "2026-02-15T02:30:00+01:00", "2026-02-16T02:30:00+00:00"),
        Case(
            "cron(30 2 * * ? *)", "Africa/Casablanca", after: "2026-03-21T12:00:00+00:00", "2026-03-23T02:30:00+01:00"),
        // 30 December 2011 does not exist.
        Case(
            "cron(0 12 * * ? *)", "Pacific/Apia", after: "2011-12-29T11:00:00-10:00", "2011-12-29T12:00:00-10:00",
            "2011-12-31T12:00:00+14:00"),
        Case(
            "cron(0 12 30 * ? *)", "Pacific/Apia", after: "2011-12-01T00:00:00-10:00", "2012-01-30T12:00:00+14:00"),
        Case("cron(0 6 * * ? *)", "Asia/Kolkata", after: "2026-06-01T00:00:00Z", "2026-06-01T00:30:00Z"),
        Case(
            "cron(30 2 * * ? *)", "America/St_Johns", after: "2026-03-07T00:00:00-03:30", "2026-03-07T02:30:00-03:30",
            "2026-03-09T02:30:00-02:30"),
        // The clock goes back at 00:01 into the day before.
        Case(
            "cron(30 23 * * ? *)", "America/St_Johns", after: "2010-11-06T12:00:00-02:30",
            "2010-11-06T23:30:00-02:30", "2010-11-07T23:30:00-03:30"),
        Case(
            "cron(0 0 7 11 ? 2010)", "America/St_Johns", after: "2010-11-06T12:00:00-02:30",
            "2010-11-07T00:00:00-02:30"),
        Case(
            "cron(30 0 * * ? *)", "America/Sao_Paulo", after: "2018-11-03T12:00:00-03:00", "2018-11-05T00:30:00-02:00"),
        // By the rule for the far future, beyond the table of transitions.
        Case(
            "cron(30 2 ? * SUN *)", "Europe/Berlin", after: "2150-03-22T12:00:00+01:00", "2150-04-05T02:30:00+02:00"),
    ]

    static let everyHour: [Case] = [
        Case(
            "cron(0/30 * * * ? *)", "Europe/Berlin", after: "2026-10-25T01:30:00+02:00", "2026-10-25T02:00:00+02:00",
            "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+01:00",
            "2026-10-25T03:00:00+01:00"),
        Case(
            "@hourly", "America/New_York", after: "2026-11-01T00:30:00-04:00", "2026-11-01T01:00:00-04:00",
            "2026-11-01T01:00:00-05:00", "2026-11-01T02:00:00-05:00"),
        Case(
            "cron(0 * * * ? *)", "Europe/Berlin", after: "2026-03-29T00:30:00+01:00", "2026-03-29T01:00:00+01:00",
            "2026-03-29T03:00:00+02:00"),
        Case(
            "cron(45 * * * ? *)", "Australia/Lord_Howe", after: "2026-04-05T01:00:00+11:00",
            "2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30", "2026-04-05T02:45:00+10:30"),
        Case(
            "cron(30 0-23 * * ? *)", "America/St_Johns", after: "2010-11-06T23:00:00-02:30",
            "2010-11-06T23:30:00-02:30", "2010-11-06T23:30:00-03:30", "2010-11-07T00:30:00-03:30"),
        // The second pass belongs to a day that seemed over.
        Case(
            "cron(30 * 6 11 ? 2010)", "America/St_Johns", after: "2010-11-06T23:45:00-02:30",
            "2010-11-06T23:30:00-03:30"),
    ]

    @Test("a fixed time is skipped when it does not exist and fires once when it exists twice", arguments: fixedTimes)
    func fixed(_ example: Case) throws { try check(example) }

    @Test("a schedule of every hour fires on both passes of a repeated hour", arguments: everyHour)
    func hourly(_ example: Case) throws { try check(example) }

    @Test("a rate of a day is 24 hours across a clock change")
    func rate() throws {
        #expect(
            try firings("rate(1 day)", zone: "Europe/Berlin", after: "2026-03-28T12:00:00+01:00", count: 1)
                == ["2026-03-29T11:00:00Z"])
    }

    @Test("a one-time schedule takes the first pass of a repeated time and never fires at one that does not exist")
    func once() throws {
        let berlin = "Europe/Berlin"
        #expect(
            try firings("at(2026-10-25T02:30:00)", zone: berlin, after: "2026-01-01T00:00:00Z", count: 2)
                == ["2026-10-25T00:30:00Z"])
        #expect(
            try firings("at(2026-03-29T02:30:00)", zone: berlin, after: "2026-01-01T00:00:00Z", count: 2).isEmpty)
    }

    private func check(_ example: Case) throws {
        let got = try firings(
            example.expression, zone: example.zone, after: example.after, count: example.expected.count)
        #expect(try got == utc(example.expected))
    }
}
