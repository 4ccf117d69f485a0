import Testing

@testable import Schedule

@Suite struct ExpressionErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let expression: String
        let column: Int
        let part: String
        init(_ expression: String, _ column: Int, _ part: String) {
            self.expression = expression
            self.column = column
            self.part = part
        }
        var testDescription: String { expression }
    }

    static let fields: [Case] = [
        Case("cron(60 0 * * ? *)", 6, "minute 60 is out of range; use 0 to 59"),
        Case("cron(0 24 * * ? *)", 8, "hour 24 is out of range"),
        Case("cron(0 0 0 * ? *)", 10, "day-of-month 0 is out of range; use 1 to 31"),
        Case("cron(0 0 32 * ? *)", 10, "day-of-month 32"),
        Case("cron(0 0 1 0 ? *)", 12, "month 0 is out of range; use 1 to 12 or JAN to DEC"),
        Case("cron(0 0 1 13 ? *)", 12, "month 13"),
        Case("cron(0 0 ? * 0 *)", 14, "day-of-week 0 is out of range; use 1 to 7 or SUN to SAT"),
        Case("cron(0 0 ? * 8 *)", 14, "day-of-week 8"),
        Case("cron(0 0 1 1 ? 1969)", 16, "year 1969 is out of range; use 1970 to 2199"),
        Case("cron(0 0 1 1 ? 2020-2200)", 21, "year 2200"),
        Case("cron(0 0 1 1 ? 2020-2010)", 16, "reversed"),
        Case("cron(99999999999999999999 0 * * ? *)", 6, "out of range"),
        Case("cron(0,,5 0 * * ? *)", 8, "a value is missing in minute"),
        Case("cron(0, 0 * * ? *)", 8, "a value is missing"),
        Case("cron(,0 0 * * ? *)", 6, "a value is missing"),
        Case("cron(5- 0 * * ? *)", 8, "a value is missing"),
        Case("cron(-5 0 * * ? *)", 6, "a value is missing in minute before `-`"),
        Case("cron(0/0 0 * * ? *)", 8, "a step of 0 never advances"),
        Case("cron(0/ 0 * * ? *)", 8, "the step after `/` must be a number"),
        Case("cron(*/x 0 * * ? *)", 8, "the step after `/` must be a number"),
        Case("cron(*5 0 * * ? *)", 7, "`5` is not expected after `*`"),
        Case("cron(1-2-3 0 * * ? *)", 9, "`-` is not expected after `1-2`"),
        Case("cron(1.5 0 * * ? *)", 7, "`.` is not expected"),
        Case("cron(0 0 1 FOO ? *)", 12, "unknown month `FOO`; use 1 to 12 or JAN to DEC"),
        Case("cron(0 0 1 January ? *)", 12, "write JAN"),
        Case("cron(0 0 1 MON ? *)", 12, "is a day of the week, and this is the month field"),
        Case("cron(0 0 ? * JAN *)", 14, "is a month, and this is the day-of-week field"),
        Case("cron(0 0 ? * MONDAY *)", 14, "write MON"),
        Case("cron(0 MON * * ? *)", 8, "is a day of the week"),
        Case("cron(? 0 * * ? *)", 6, "`?` is only for day-of-month and day-of-week"),
        Case("cron(0 0 ?,1 * ? *)", 11, "must stand alone"),
        Case("cron(é 0 * * ? *)", 6, "`é` is not a minute"),
        Case("cron(0 0 * * é *)", 14, "`é` is not a day-of-week"),
    ]

    static let days: [Case] = [
        Case("cron(0 0 1 * MON *)", 14, "both given"),
        Case("cron(0 0 * * MON *)", 10, "both given; write `?` in one of them, here in day-of-month"),
        Case("cron(0 0 1 * * *)", 14, "both given"),
        Case("cron(0 0 * * * *)", 10, "both given"),
        Case("cron(0 0 ? * ? *)", 14, "`?` stands in both"),
        Case("cron(L 0 * * ? *)", 6, "`L` is only for day-of-month and day-of-week"),
        Case("cron(0 0 1 1L ? *)", 13, "`L` is only for day-of-month and day-of-week"),
        Case("cron(5W 0 * * ? *)", 7, "`W` is only for day-of-month"),
        Case("cron(0 0 ? * 3W *)", 15, "`W` is only for day-of-month"),
        Case("cron(0 0 W * ? *)", 10, "`W` needs a day before it"),
        Case("cron(0 0 1-5W * ? *)", 13, "`W` must follow a single day"),
        Case("cron(0 0 32W * ? *)", 10, "day-of-month 32 is out of range"),
        Case("cron(0 0 15L * ? *)", 12, "`L` must stand alone"),
        Case("cron(0 0 L-0 * ? *)", 12, "L-0 is out of range"),
        Case("cron(0 0 L-31 * ? *)", 12, "L-31 is out of range"),
        Case("cron(0 0 L- * ? *)", 12, "must be a number"),
        Case("cron(0 0 L-3W * ? *)", 13, "`W` must follow a single day"),
        Case("cron(0 0 3#2 * ? *)", 11, "`#` is only for day-of-week"),
        Case("cron(0 0 ? * 3#6 *)", 16, "instance 6 is out of range"),
        Case("cron(0 0 ? * 3#0 *)", 16, "instance 0 is out of range"),
        Case("cron(0 0 ? * 3# *)", 16, "must be a number"),
        Case("cron(0 0 ? * 3#1,6#3 *)", 14, "`#` must stand alone"),
        Case("cron(0 0 ? * 2,3#1 *)", 14, "`#` must stand alone"),
        Case("cron(0 0 ? * MON-FRIL *)", 21, "`L` must stand alone or follow a day of the week"),
        Case("cron(0 0 ? * LW *)", 14, "`LW` is only for day-of-month"),
    ]

    static let shapes: [Case] = [
        Case("", 1, "empty"),
        Case("   ", 1, "empty"),
        Case("cron()", 6, "takes 6 fields"),
        Case("cron(0 2 * * ?)", 15, "found 5; add the year"),
        Case("cron(0 2 * * ? * *)", 18, "found 7"),
        Case("cron(0 2 * * ? *", 17, "closing `)` of cron(…) is missing"),
        Case("cron(0 2 * * ? *) x", 19, "`x` follows the end of cron(…)"),
        Case("cron(0 2 * * ? *))", 18, "`)` follows"),
        Case("Cron(0 2 * * ? *)", 1, "must be in lower case; write cron(…)"),
        Case("every(5 minutes)", 1, "unknown schedule `every(…)`"),
        Case("0 2 * * ? *", 11, "write cron(0 2 * * ? *)"),
        Case("0 2 * *", 1, "found 4 fields"),
        Case("daily", 1, "write @daily"),
        Case("rate", 1, "needs brackets"),
        Case("@fortnightly", 1, "unknown name `@fortnightly`; use one of @hourly"),
        Case("@reboot", 1, "@reboot is not a time"),
        Case("rate(1 minutes)", 8, "1 takes the singular; write rate(1 minute)"),
        Case("rate(1 days)", 8, "write rate(1 day)"),
        Case("rate(2 minute)", 8, "2 takes the plural; write rate(2 minutes)"),
        Case("rate(0 minutes)", 6, "never advances"),
        Case("rate(-1 minutes)", 6, "not a whole number above 0"),
        Case("rate(1.5 hours)", 6, "not a whole number above 0"),
        Case("rate(five minutes)", 6, "not a whole number above 0"),
        Case("rate(5 seconds)", 8, "unknown unit `seconds`; use minutes, hours or days"),
        Case("rate(5 Minutes)", 8, "unknown unit"),
        Case("rate(1 week)", 8, "use minute, hour or day"),
        Case("rate(5)", 7, "takes a value and a unit"),
        Case("rate()", 6, "takes a value and a unit"),
        Case("rate(5 minutes now)", 16, "`now` follows the unit"),
        Case("rate(99999999999999999999 minutes)", 6, "too large"),
        Case("rate(999999999 days)", 6, "too large"),
        Case("at(2026-02-29T00:00:00)", 12, "day 29 does not exist; that month has days 01 to 28"),
        Case("at(2026-13-01T00:00:00)", 9, "month 13"),
        Case("at(2026-01-01T24:00:00)", 15, "hour 24"),
        Case("at(2026-01-01T00:60:00)", 18, "minute 60"),
        Case("at(2026-01-01T00:00:60)", 21, "second 60"),
        Case("at(2026-01-01T00:00)", 20, "takes yyyy-mm-ddThh:mm:ss"),
        Case("at(2026-01-01 00:00:00)", 14, "takes yyyy-mm-ddThh:mm:ss"),
        Case("at(2026-1-1T00:00:00)", 10, "takes yyyy-mm-ddThh:mm:ss"),
        Case("at(2026-01-01T00:00:00Z)", 23, "text follows the time"),
        Case("at(1969-12-31T23:59:59)", 4, "year 1969 is out of range"),
        Case("at(2200-01-01T00:00:00)", 4, "year 2200 is out of range"),
        Case("at()", 4, "takes yyyy-mm-ddThh:mm:ss"),
    ]

    static let crontab: [Case] = [
        Case("0 0 ? * *", 5, "`?` is not part of 5-field cron; write `*`"),
        Case("0 0 L * *", 5, "`L` is not part of 5-field cron; use cron(…)"),
        Case("0 0 15W * *", 7, "`W` is not part of 5-field cron"),
        Case("0 0 * * 5L", 10, "`L` is not part of 5-field cron"),
        Case("0 0 * * 5#2", 10, "`#` is not part of 5-field cron"),
        Case("0 0 * * 8", 9, "day-of-week 8 is out of range; use 0 to 7"),
        Case("0 22-2 * * *", 3, "the hour range 22-2 is reversed; to go round write 22-23,0-2"),
        Case("0 0 * * FRI-SUN", 9, "reversed; write 5-7 to end on Sunday"),
        Case("0 0 * * 5-1", 9, "write 5-6,0-1"),
        Case("*/0 * * * *", 3, "a step of 0"),
        Case("0 0 0 * *", 5, "day-of-month 0"),
    ]

    @Test("a fault is refused with its column and its reason", arguments: fields + days + shapes + crontab)
    func refused(_ example: Case) {
        do throws(ScheduleError) {
            _ = try ScheduleExpression(example.expression)
            Issue.record("\(example.expression) was accepted")
        } catch {
            #expect(error.subject == .expression)
            #expect(error.column == example.column, "\(error)")
            #expect(error.message.contains(example.part), "\(error)")
        }
    }

    @Test("a text of more than 256 characters is refused")
    func tooLong() {
        let text = "cron(" + Array(repeating: "0", count: 200).joined(separator: ",") + " 0 * * ? *)"
        #expect(throws: ScheduleError(column: 257, message: "the expression is longer than 256 characters")) {
            try ScheduleExpression(text)
        }
    }

    @Test("no prefix, cut or changed byte of a valid expression crashes the parser")
    func damaged() {
        for text in ["cron(0/15 8-17 L-3,15W JAN-MAR ? 2020/2)", "cron(0 0 ? * 6L,3#2 *)", "at(2026-01-01T00:00:00)"] {
            let bytes = Array(text.utf8)
            for index in bytes.indices {
                for byte in [0, 9, 32, 35, 41, 42, 44, 45, 47, 57, 63, 76, 87, 255] as [UInt8] {
                    var changed = bytes
                    changed[index] = byte
                    for candidate in [changed, Array(changed.prefix(index)), Array(changed.dropFirst(index))] {
                        let written = String(decoding: candidate, as: UTF8.self)
                        do throws(ScheduleError) {
                            _ = try ScheduleExpression(written).next(after: 0, zone: .utc)
                        } catch {
                            #expect((1...written.count + 1).contains(error.column))
                        }
                    }
                }
            }
        }
    }
}
