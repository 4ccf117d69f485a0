/// Tells the forms of a schedule expression apart and reads each.
enum ExpressionParser {
    /// EventBridge's bound on `ScheduleExpression`, in characters; nothing sensible is longer.
    static let maximumLength = 256

    static func parse(_ expression: String) throws(ScheduleError) -> ScheduleExpression.Form {
        let text = ExpressionText(expression)
        guard text.bytes.count <= maximumLength || expression.count <= maximumLength else {
            throw ScheduleError(
                column: maximumLength + 1, message: "the expression is longer than \(maximumLength) characters")
        }
        let range = text.trimmed(0..<text.bytes.count)
        guard let first = range.first else {
            throw ScheduleError(column: 1, message: "the expression is empty; write one such as cron(0 2 * * ? *)")
        }
        if text.bytes[first] == UInt8(ascii: "@") { return .cron(try Macro.parse(text, range: range)) }
        let nameEnd = text.endOfLetters(from: first, limit: range.upperBound)
        if nameEnd < range.upperBound, text.bytes[nameEnd] == UInt8(ascii: "(") {
            return try parseCall(text, range: range, bracket: nameEnd)
        }
        return .cron(try CronParser.parseCrontab(text, range: range))
    }

    private static func parseCall(
        _ text: ExpressionText, range: Range<Int>, bracket: Int
    ) throws(ScheduleError) -> ScheduleExpression.Form {
        let name = text.quote(range.lowerBound..<bracket)
        guard ["cron", "rate", "at"].contains(name) else {
            let lower = name.lowercased()
            if ["cron", "rate", "at"].contains(lower) {
                throw text.error(at: range.lowerBound, "`\(name)` must be in lower case; write \(lower)(…)")
            }
            throw text.error(at: range.lowerBound, "unknown schedule `\(name)(…)`; use cron(…), rate(…) or at(…)")
        }
        guard let close = text.bytes[bracket...].firstIndex(of: UInt8(ascii: ")")) else {
            throw text.error(at: range.upperBound, "the closing `)` of \(name)(…) is missing")
        }
        let after = text.trimmed(close + 1..<range.upperBound)
        guard after.isEmpty else {
            throw text.error(at: after.lowerBound, "`\(text.quote(after))` follows the end of \(name)(…)")
        }
        let inside = bracket + 1..<close
        switch name {
        case "cron": return .cron(try CronParser.parseEventBridge(text, range: inside))
        case "rate": return .rate(try parseRate(text, range: inside))
        default: return .once(try parseAt(text, range: inside))
        }
    }

    /// Reads `value unit` and gives the period in seconds.
    private static func parseRate(_ text: ExpressionText, range: Range<Int>) throws(ScheduleError) -> Int64 {
        let fields = text.fields(in: range)
        guard fields.count >= 2 else {
            throw text.error(at: range.upperBound, "rate(…) takes a value and a unit, such as rate(5 minutes)")
        }
        guard fields.count == 2 else {
            throw text.error(
                at: fields[2].lowerBound, "`\(text.quote(fields[2]))` follows the unit; write rate(value unit)")
        }
        let written = text.quote(fields[0])
        guard text.endOfDigits(from: fields[0].lowerBound, limit: fields[0].upperBound) == fields[0].upperBound else {
            throw text.error(at: fields[0].lowerBound, "`\(written)` is not a whole number above 0")
        }
        guard let value = Int64(written), value <= ScheduleYears.end else {
            throw text.error(at: fields[0].lowerBound, "\(written) is too large; no such period ends before 2200")
        }
        guard value > 0 else { throw text.error(at: fields[0].lowerBound, "a rate of 0 never advances; use 1 or more") }
        let unit = text.quote(fields[1])
        let units: [(singular: String, plural: String, seconds: Int64)] = [
            ("minute", "minutes", 60), ("hour", "hours", 3600), ("day", "days", 86400),
        ]
        for (singular, plural, seconds) in units {
            guard unit == singular || unit == plural else { continue }
            let right = value == 1 ? singular : plural
            guard unit == right else {
                let rule = value == 1 ? "1 takes the singular" : "\(value) takes the plural"
                throw text.error(at: fields[1].lowerBound, "\(rule); write rate(\(value) \(right))")
            }
            let (period, overflow) = value.multipliedReportingOverflow(by: seconds)
            guard !overflow, period <= ScheduleYears.end else {
                throw text.error(at: fields[0].lowerBound, "\(written) is too large; no such period ends before 2200")
            }
            return period
        }
        let choice = value == 1 ? "minute, hour or day" : "minutes, hours or days"
        throw text.error(at: fields[1].lowerBound, "unknown unit `\(unit)`; use \(choice)")
    }

    /// Reads `yyyy-mm-ddThh:mm:ss` as a wall time.
    private static func parseAt(_ text: ExpressionText, range: Range<Int>) throws(ScheduleError) -> WallTime {
        let range = text.trimmed(range)
        var reader = DigitReader(Array(text.bytes[range]))
        guard let wall = ISO8601.parseWall(&reader, secondsRequired: true, fractionAllowed: false) else {
            throw atProblem(text, range: range)
        }
        guard reader.isAtEnd else {
            throw text.error(
                at: range.lowerBound + reader.position,
                "text follows the time; write at(yyyy-mm-ddThh:mm:ss) and give the time zone apart")
        }
        guard wall >= 0, wall < ScheduleYears.end else {
            throw text.error(
                at: range.lowerBound, "year \(text.quote(range).prefix(4)) is out of range; use 1970 to 2199")
        }
        return wall
    }

    /// Finds the part of an `at` time that is wrong: its shape, or a number that no calendar or clock shows.
    private static func atProblem(_ text: ExpressionText, range: Range<Int>) -> ScheduleError {
        let shape = Array("dddd-dd-ddTdd:dd:dd".utf8)
        for (offset, expected) in shape.enumerated() {
            let position = range.lowerBound + offset
            let isDigit = expected == UInt8(ascii: "d")
            guard position < range.upperBound,
                isDigit
                    ? text.isDigit(position)
                    : text.bytes[position].lowercasedASCII == expected | 0x20
                        || text.bytes[position] == expected
            else {
                return text.error(at: min(position, range.upperBound), "at(…) takes yyyy-mm-ddThh:mm:ss")
            }
        }
        func number(_ offset: Int, _ length: Int) -> Int {
            let start = range.lowerBound + offset
            return text.bytes[start..<start + length].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        let year = number(0, 4)
        let month = number(5, 2)
        guard (1...12).contains(month) else {
            return text.error(at: range.lowerBound + 5, "month \(month) is out of range; use 01 to 12")
        }
        let length = CivilDate.length(ofMonth: month, year: year)
        if !(1...length).contains(number(8, 2)) {
            return text.error(
                at: range.lowerBound + 8, "day \(number(8, 2)) does not exist; that month has days 01 to \(length)")
        }
        if number(11, 2) > 23 {
            return text.error(at: range.lowerBound + 11, "hour \(number(11, 2)) is out of range; use 00 to 23")
        }
        let offset = number(14, 2) > 59 ? 14 : 17
        let name = offset == 14 ? "minute" : "second"
        return text.error(
            at: range.lowerBound + offset, "\(name) \(number(offset, 2)) is out of range; use 00 to 59")
    }
}
