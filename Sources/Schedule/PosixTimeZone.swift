/// The rule of a POSIX TZ string, such as `CET-1CEST,M3.5.0,M10.5.0/3`, which a zone follows after its last transition.
///
/// Times of day may be negative or beyond 24 hours, as RFC 9636 section 3.3.2 allows for version 3.
struct PosixTimeZone {
    /// A day of every year.
    private enum Day {
        /// `Jn`: 1 to 365, 29 February is never counted.
        case julian(Int)
        /// `n`: 0 to 365, 29 February is counted.
        case ofYear(Int)
        /// `Mm.w.d`: the w-th weekday d of month m; week 5 is the last.
        case weekday(month: Int, week: Int, weekday: Int)

        func dayNumber(year: Int) -> Int64 {
            let newYear = CivilDate(year: year, month: 1, day: 1).dayNumber
            switch self {
            case .julian(let day):
                return newYear + Int64(day - 1) + (CivilDate.isLeap(year) && day >= 60 ? 1 : 0)
            case .ofYear(let day):
                return newYear + Int64(day)
            case .weekday(let month, let week, let weekday):
                let first = CivilDate(year: year, month: month, day: 1).dayNumber
                var day = (weekday + 7 - CivilDate.weekday(ofDayNumber: first)) % 7 + (week - 1) * 7
                while day >= CivilDate.length(ofMonth: month, year: year) { day -= 7 }
                return first + Int64(day)
            }
        }
    }

    private struct Change {
        var day: Day
        /// Seconds after midnight on the clock in use before the change.
        var time: Int64
    }

    private let standardOffset: Int32
    private let summer: (offset: Int32, start: Change, end: Change)?

    /// Reads a TZ string; nil when it is not one.
    init?(_ text: String) {
        var reader = Reader(bytes: Array(text.utf8))
        guard reader.skipName(), let west = reader.time(maximumHours: 24) else { return nil }
        standardOffset = Int32(-west)
        guard !reader.isAtEnd else {
            summer = nil
            return
        }
        guard reader.skipName() else { return nil }
        var offset = Int32(-west + 3600)
        if !reader.isAtEnd, reader.peek != UInt8(ascii: ",") {
            guard let summerWest = reader.time(maximumHours: 24) else { return nil }
            offset = Int32(-summerWest)
        }
        guard let start = Self.change(&reader), let end = Self.change(&reader), reader.isAtEnd else { return nil }
        summer = (offset, start, end)
    }

    /// The changes of offset in some years, in order; where two fall on one instant only the lasting one is given.
    func changes(years: ClosedRange<Int>) -> [(instant: Instant, offset: Int32)] {
        guard let summer else { return [(Instant.min / 8, standardOffset)] }
        var changes: [(instant: Instant, offset: Int32)] = []
        changes.reserveCapacity(years.count * 2)
        for year in years {
            let start = summer.start.day.dayNumber(year: year) * 86400 + summer.start.time - Int64(standardOffset)
            let end = summer.end.day.dayNumber(year: year) * 86400 + summer.end.time - Int64(summer.offset)
            changes.append((start, summer.offset))
            changes.append((end, standardOffset))
        }
        // A zone that is always on summer time ends it and starts it again at one instant: the start lasts.
        changes.sort { $0.instant != $1.instant ? $0.instant < $1.instant : $1.offset == summer.offset }
        var lasting: [(instant: Instant, offset: Int32)] = []
        for change in changes {
            if lasting.last?.instant == change.instant { lasting.removeLast() }
            lasting.append(change)
        }
        return lasting
    }

    /// Reads `,day[/time]`.
    private static func change(_ reader: inout Reader) -> Change? {
        guard reader.take(","), let day = day(&reader) else { return nil }
        guard reader.take("/") else { return Change(day: day, time: 2 * 3600) }
        guard let time = reader.time(maximumHours: 167) else { return nil }
        return Change(day: day, time: Int64(time))
    }

    private static func day(_ reader: inout Reader) -> Day? {
        if reader.take("J") {
            guard let day = reader.number(maximum: 365), day >= 1 else { return nil }
            return .julian(day)
        }
        guard reader.take("M") else { return reader.number(maximum: 365).map(Day.ofYear) }
        guard let month = reader.number(maximum: 12), month >= 1, reader.take("."),
            let week = reader.number(maximum: 5), week >= 1, reader.take("."),
            let weekday = reader.number(maximum: 6)
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == bytes.count }
        var peek: UInt8? { isAtEnd ? nil : bytes[position] }

        mutating func take(_ expected: Unicode.Scalar) -> Bool {
            guard peek == UInt8(ascii: expected) else { return false }
            position += 1
            return true
        }

        /// Moves past three or more letters, or any name in angle brackets.
        mutating func skipName() -> Bool {
            if take("<") {
                while let byte = peek, byte != UInt8(ascii: ">") { position += 1 }
                return take(">")
            }
            let start = position
            while let byte = peek, byte.isASCIILetter { position += 1 }
            return position - start >= 3
        }

        mutating func number(maximum: Int) -> Int? {
            let start = position
            var value = 0
            while let byte = peek, byte.isASCIIDigit, position - start < 3 {
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
                position += 1
            }
            return position > start && value <= maximum ? value : nil
        }

        /// Reads `[+-]hh[:mm[:ss]]` as seconds.
        mutating func time(maximumHours: Int) -> Int? {
            let sign = take("-") ? -1 : 1
            if sign == 1 { _ = take("+") }  // a plus sign says nothing
            guard let hours = number(maximum: maximumHours) else { return nil }
            var seconds = hours * 3600
            if take(":") {
                guard let minutes = number(maximum: 59) else { return nil }
                seconds += minutes * 60
                if take(":") {
                    guard let rest = number(maximum: 59) else { return nil }
                    seconds += rest
                }
            }
            return sign * seconds
        }
    }
}
