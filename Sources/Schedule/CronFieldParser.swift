/// Reads one field of a cron expression: a list of values, ranges, steps and, in EventBridge's day fields, `L W #`.
struct CronFieldParser {
    private let text: ExpressionText
    private let field: CronField
    private let dialect: CronDialect
    private let end: Int
    private var position: Int
    private var result = CronFieldValue()

    /// Reads the field that fills `range` of the text.
    static func parse(
        _ text: ExpressionText, range: Range<Int>, field: CronField, dialect: CronDialect
    ) throws(ScheduleError) -> CronFieldValue {
        var parser = CronFieldParser(text: text, range: range, field: field, dialect: dialect)
        try parser.parseList()
        return parser.result
    }

    private init(text: ExpressionText, range: Range<Int>, field: CronField, dialect: CronDialect) {
        self.text = text
        self.field = field
        self.dialect = dialect
        position = range.lowerBound
        end = range.upperBound
    }

    // MARK: The list and its elements

    private mutating func parseList() throws(ScheduleError) {
        let start = position
        result.startsWithStar = peek == UInt8(ascii: "*")
        if peek == UInt8(ascii: "?") {
            try parseUnspecified()
            return
        }
        var hasInstance = false
        var count = 0
        while true {
            let element = position
            try parseElement(&hasInstance)
            count += 1
            if position < end, text.bytes[position] != UInt8(ascii: ",") { throw unexpected(from: element) }
            if hasInstance, count > 1 || position < end {
                throw error(at: start, "`#` must stand alone in day-of-week; write one cron expression per instance")
            }
            guard position < end else { return }
            position += 1
        }
    }

    private mutating func parseUnspecified() throws(ScheduleError) {
        guard dialect == .eventBridge else {
            throw error(at: position, "`?` is not part of 5-field cron; write `*`")
        }
        guard field.isDay else {
            throw error(at: position, "`?` is only for day-of-month and day-of-week; write `*` for every \(field.name)")
        }
        guard end - position == 1 else {
            throw error(at: position + 1, "`?` must stand alone in its field")
        }
        result.isUnspecified = true
        position = end
    }

    private mutating func parseElement(_ hasInstance: inout Bool) throws(ScheduleError) {
        let start = position
        guard let first = peek, first != UInt8(ascii: ",") else {
            throw error(at: start, "a value is missing in \(field.name); \(allowed)")
        }
        if first == UInt8(ascii: "*") {
            position += 1
            let range = field.range(in: dialect)
            return insert(from: range.lowerBound, to: field.last(in: dialect), step: try parseStep() ?? 1)
        }
        if dialect == .eventBridge, try parseLast() { return }
        let low = try parseValue()
        if dialect == .eventBridge, try parseSuffix(after: low, &hasInstance) { return }
        if peek == UInt8(ascii: "-") {
            position += 1
            let high = try parseValue()
            try checkOrder(low, high, at: start)
            return insert(from: low, to: high, step: try parseStep() ?? 1)
        }
        if let step = try parseStep() {
            return insert(from: low, to: max(low, field.last(in: dialect)), step: step)
        }
        insert(from: low, to: low, step: 1)
    }

    // MARK: L, W and #

    /// `L`, `L-n` and `LW` in day-of-month, `L` alone in day-of-week.
    private mutating func parseLast() throws(ScheduleError) -> Bool {
        let wordEnd = text.endOfLetters(from: position, limit: end)
        let word = text.quote(position..<wordEnd).uppercased()
        if field == .dayOfMonth, word == "LW" {
            position = wordEnd
            result.special.lastWeekday = true
            return true
        }
        guard word == "L", field.isDay else { return false }
        position = wordEnd
        if field == .dayOfWeek {
            // The last day of the week is Saturday, in EventBridge as in Quartz.
            result.special.weekdays |= 1 << 6
            return true
        }
        guard peek == UInt8(ascii: "-") else {
            result.special.daysBeforeLast |= 1
            return true
        }
        position += 1
        let start = position
        let back = try parseNumber(what: "the days before the last one")
        guard (1...30).contains(back) else {
            throw error(at: start, "L-\(back) is out of range; use L-1 to L-30, or L for the last day")
        }
        result.special.daysBeforeLast |= 1 << UInt32(back)
        return true
    }

    /// `15W`, `6L` and `6#3`: true when one followed the value.
    private mutating func parseSuffix(after value: Int, _ hasInstance: inout Bool) throws(ScheduleError) -> Bool {
        switch (field, peek.map(\.lowercasedASCII)) {
        case (.dayOfMonth, UInt8(ascii: "w")):
            position += 1
            result.special.nearestWeekdays |= 1 << UInt32(value)
            return true
        case (.dayOfWeek, UInt8(ascii: "l")):
            position += 1
            result.special.lastOfWeekday |= 1 << UInt8(field.index(of: value, in: dialect))
            return true
        case (.dayOfWeek, UInt8(ascii: "#")):
            position += 1
            let start = position
            let instance = try parseNumber(what: "the instance after `#`")
            guard (1...5).contains(instance) else {
                throw error(at: start, "instance \(instance) is out of range; a month holds a weekday 1 to 5 times")
            }
            let bit = (instance - 1) * 7 + field.index(of: value, in: dialect)
            result.special.nthOfWeekday |= 1 << UInt64(bit)
            hasInstance = true
            return true
        default:
            return false
        }
    }

    // MARK: Values, ranges and steps

    private mutating func parseValue() throws(ScheduleError) -> Int {
        let start = position
        guard position < end else {
            throw error(at: start, "a value is missing in \(field.name); \(allowed)")
        }
        if text.bytes[position].isASCIILetter { return try parseWord() }
        guard text.isDigit(position) else {
            if "-/,".utf8.contains(text.bytes[position]) {
                throw error(at: start, "a value is missing in \(field.name) before `\(quoteCharacter(start))`")
            }
            throw unexpected(from: start)
        }
        let range = field.range(in: dialect)
        let number = try parseNumber(what: field.name)
        guard range.contains(number) else {
            throw error(at: start, "\(field.name) \(text.quote(start..<position)) is out of range; \(allowed)")
        }
        return number
    }

    private mutating func parseWord() throws(ScheduleError) -> Int {
        let start = position
        let wordEnd = text.endOfLetters(from: start, limit: end)
        let word = text.quote(start..<wordEnd).uppercased()
        let base = field == .month ? 1 : field.range(in: dialect).lowerBound
        let isLast = field == .dayOfWeek && dialect == .eventBridge && word.count == 4 && word.hasSuffix("L")
        if word.count == 3 || isLast, let index = field.words.firstIndex(of: String(word.prefix(3))) {
            position = start + 3
            return base + index
        }
        throw error(at: start, wordProblem(word, written: text.quote(start..<wordEnd)))
    }

    private func wordProblem(_ word: String, written: String) -> String {
        if word == "L" || word == "W" || word == "LW" {
            if dialect == .crontab { return "`\(written)` is not part of 5-field cron; use cron(…) with six fields" }
            if word == "W", field == .dayOfMonth { return "`W` needs a day before it, such as 15W" }
            let home = word == "L" ? "day-of-month and day-of-week" : "day-of-month"
            return "`\(written)` is only for \(home)"
        }
        let short = String(word.prefix(3))
        if field.words.contains(short) { return "unknown \(field.name) `\(written)`; write \(short)" }
        if CronField.monthWords.contains(short) {
            return "`\(written)` is a month, and this is the \(field.name) field"
        }
        if CronField.weekdayWords.contains(short) {
            return "`\(written)` is a day of the week, and this is the \(field.name) field"
        }
        return "unknown \(field.name) `\(written)`; \(allowed)"
    }

    private func checkOrder(_ low: Int, _ high: Int, at start: Int) throws(ScheduleError) {
        guard low > high, dialect == .crontab || field == .year else { return }
        // EventBridge's cyclic fields go round: its documentation has `20-2` as an hour range.
        var hint = "write the smaller \(field.name) first"
        if field == .dayOfWeek, high == 0 {
            hint = "write \(low)-7 to end on Sunday"
        } else if field != .year {
            let range = field.range(in: dialect)
            let top = field == .dayOfWeek ? 6 : range.upperBound
            hint = "to go round write \(low)-\(top),\(range.lowerBound)-\(high)"
        }
        throw error(at: start, "the \(field.name) range \(text.quote(start..<position)) is reversed; \(hint)")
    }

    private mutating func parseStep() throws(ScheduleError) -> Int? {
        guard peek == UInt8(ascii: "/") else { return nil }
        position += 1
        let start = position
        let step = try parseNumber(what: "the step after `/`")
        guard step > 0 else { throw error(at: start, "a step of 0 never advances; use 1 or more") }
        return step
    }

    /// Reads up to four digits after any zeros; more can be in no range.
    private mutating func parseNumber(what: String) throws(ScheduleError) -> Int {
        let start = position
        position = text.endOfDigits(from: start, limit: end)
        guard position > start else { throw error(at: start, "\(what) must be a number") }
        let digits = text.bytes[start..<position].drop { $0 == UInt8(ascii: "0") }
        guard digits.count <= 4 else {
            throw error(at: start, "\(text.quote(start..<position)) is out of range for \(what)")
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Adds `low`, `low + step`, … up to `high`, going round the end of the field when `high` lies before `low`.
    private mutating func insert(from low: Int, to high: Int, step: Int) {
        let range = field.range(in: dialect)
        let size = range.upperBound - range.lowerBound + 1
        let last = high >= low ? high : high + size
        for number in stride(from: low, through: last, by: step) {
            let turned = number > range.upperBound ? number - size : number
            result.values.insert(field.index(of: turned, in: dialect))
        }
    }

    // MARK: Messages

    private var peek: UInt8? { position < end ? text.bytes[position] : nil }

    private var allowed: String {
        let range = field.range(in: dialect)
        let numbers = "use \(range.lowerBound) to \(range.upperBound)"
        guard let first = field.words.first, let last = field.words.last else { return numbers }
        return numbers + " or \(first) to \(last)"
    }

    private func quoteCharacter(_ position: Int) -> String {
        let rest = String(decoding: text.bytes[position..<end], as: UTF8.self)
        return String(rest.prefix(1))
    }

    private func unexpected(from element: Int) -> ScheduleError {
        let character = quoteCharacter(position)
        let home: String
        switch character.uppercased() {
        case "L", "W", "#":
            if dialect == .crontab {
                home = "is not part of 5-field cron; use cron(…) with six fields"
            } else if character.uppercased() == "W" {
                home = field == .dayOfMonth ? "must follow a single day, such as 15W" : "is only for day-of-month"
            } else if character == "#" {
                home =
                    field == .dayOfWeek
                    ? "must follow a single day, such as 6#3" : "is only for day-of-week, such as 6#3"
            } else {
                home =
                    field.isDay
                    ? "must stand alone or follow a day of the week, such as 6L"
                    : "is only for day-of-month and day-of-week"
            }
        default:
            home = "is not expected after `\(text.quote(element..<position))` in \(field.name)"
            if element == position { return error(at: position, "`\(character)` is not a \(field.name); \(allowed)") }
        }
        return error(at: position, "`\(character)` \(home)")
    }

    private func error(at position: Int, _ message: String) -> ScheduleError { text.error(at: position, message) }
}

extension CronField {
    /// One of the two day fields.
    var isDay: Bool { self == .dayOfMonth || self == .dayOfWeek }
}
