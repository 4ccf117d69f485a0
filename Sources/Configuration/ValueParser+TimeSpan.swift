extension ValueParser {
    /// Seconds of each unit of systemd.time(7), "Parsing time spans", in nanoseconds.
    private static let nanosecondsOfUnits: [String: Int] = {
        let second = 1_000_000_000
        let day = 86_400 * second
        let units: [([String], Int)] = [
            (["usec", "us", "µs", "μs"], 1_000),
            (["msec", "ms"], 1_000_000),
            (["seconds", "second", "sec", "s", ""], second),
            (["minutes", "minute", "min", "m"], 60 * second),
            (["hours", "hour", "hr", "h"], 3_600 * second),
            (["days", "day", "d"], day),
            (["weeks", "week", "w"], 7 * day),
            (["months", "month", "M"], day / 100 * 3_044),
            (["years", "year", "y"], day / 100 * 36_525),
        ]
        return Dictionary(uniqueKeysWithValues: units.flatMap { names, length in names.map { ($0, length) } })
    }()

    /// A time span as in systemd.time(7): parts that are added up, each a number and a unit (`1h 30s`, `15min`,
    /// `1.5d`); a number alone counts seconds.
    package static func timeSpan(_ text: String, in range: ClosedRange<Duration>) throws(ValueError) -> Duration {
        var scanner = ValueScanner(text)
        var total = 0
        repeat {
            scanner.skipSpace()
            let start = scanner.offset
            guard let number = try scanner.decimal() else {
                throw ValueError(
                    "a time span needs a number here", at: start,
                    suggestion: "write a time span such as 15min or 1h 30s")
            }
            scanner.skipSpace()
            let unitStart = scanner.offset
            let unit = scanner.take { !ValueScanner.isDigit($0) && !ValueScanner.isSpace($0) }
            guard let length = nanosecondsOfUnits[unit] else {
                throw ValueError(
                    "`\(unit)` is no unit of time", at: unitStart, suggestion: "use ms, s, min, h, d or w")
            }
            guard let part = number.times(length) else { throw ValueError("the time span is too long", at: start) }
            let (sum, overflow) = total.addingReportingOverflow(part)
            if overflow { throw ValueError("the time span is too long", at: start) }
            total = sum
            scanner.skipSpace()
        } while scanner.next != nil
        let span = Duration.nanoseconds(total)
        guard range.contains(span) else {
            throw ValueError(
                "\(text) is out of range",
                suggestion: "write a time span from \(printed(timeSpan: range.lowerBound)) "
                    + "to \(printed(timeSpan: range.upperBound))")
        }
        return span
    }

    /// The spelling that `timeSpan` reads back, in whole units from days down: `1h 30min`; parts below a millisecond
    /// are left out.
    package static func printed(timeSpan span: Duration) -> String {
        let (seconds, attoseconds) = span.components
        var rest = Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
        var parts: [String] = []
        for (unit, length) in [("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000), ("ms", 1)]
        where rest >= length {
            parts.append("\(rest / length)\(unit)")
            rest %= length
        }
        return parts.isEmpty ? "0" : parts.joined(separator: " ")
    }
}
