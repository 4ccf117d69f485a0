import JSON

#if canImport(Glibc)
    import Glibc
#endif

/// Timestamps as AWS sends them (ISO 8601, epoch seconds, RFC 822), written as AWS CLI v2 prints them: ISO 8601 with
/// offset, microseconds only when they are not zero.
enum TimestampText {
    /// Appends the value of `bytes[start..<end]` in quotes. Text that is no known form is kept as it is.
    static func append(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, to out: inout ByteBuffer) {
        let text = bytes.extracting(start..<end)
        if appendISO8601(text, to: &out) { return }
        var copy: [UInt8] = []
        for index in 0..<text.count { copy.append(text[index]) }
        let word = String(decoding: copy, as: UTF8.self)
        if let seconds = Double(word), seconds.isFinite, appendEpoch(seconds, to: &out) { return }
        if let seconds = rfc822(word), appendEpoch(seconds, to: &out) { return }
        out.append(JSONValue.string(word).serialized)
    }

    /// `2024-01-15T10:30:00[.fraction][Z|±hh[:]mm]`, or the date alone.
    private static func appendISO8601(_ text: Span<UInt8>, to out: inout ByteBuffer) -> Bool {
        let dashes = text.count >= 10 && text[4] == UInt8(ascii: "-") && text[7] == UInt8(ascii: "-")
        guard dashes, let year = number(text, 0, 4), year > 0, let month = number(text, 5, 2), (1...12).contains(month),
            let day = number(text, 8, 2), (1...31).contains(day)
        else { return false }
        if text.count == 10 {
            out.append(UInt8(ascii: "\""))
            out.append(text)
            out.append("T00:00:00\"")
            return true
        }
        guard text.count >= 19, text[10] == UInt8(ascii: "T") || text[10] == 0x20, text[13] == UInt8(ascii: ":"),
            text[16] == UInt8(ascii: ":"), let hour = number(text, 11, 2), hour < 24,
            let minute = number(text, 14, 2), minute < 60, let second = number(text, 17, 2), second < 60
        else { return false }
        var index = 19
        var micros = 0
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            let first = index
            while index < text.count, text[index] &- UInt8(ascii: "0") < 10 {
                if index - first < 6 { micros = micros * 10 + Int(text[index] - UInt8(ascii: "0")) }
                index += 1
            }
            guard index > first else { return false }
            for _ in 0..<max(0, 6 - (index - first)) { micros *= 10 }
        }
        guard let offset = offset(text, index) else { return false }
        out.append(UInt8(ascii: "\""))
        out.append(text.extracting(0..<10))
        out.append(UInt8(ascii: "T"))
        out.append(text.extracting(11..<19))
        appendFraction(micros, to: &out)
        appendOffset(offset, to: &out)
        out.append(UInt8(ascii: "\""))
        return true
    }

    private enum Offset {
        case none
        case minutes(Int)
    }

    private static func offset(_ text: Span<UInt8>, _ index: Int) -> Offset? {
        let rest = text.count - index
        if rest == 0 { return Offset.none }
        if rest == 1, text[index] | 0x20 == UInt8(ascii: "z") { return .minutes(0) }
        guard text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") else { return nil }
        let colon = rest == 6 && text[index + 3] == UInt8(ascii: ":")
        guard colon || rest == 5 || rest == 3, let hours = number(text, index + 1, 2), hours < 24 else { return nil }
        guard let minutes = rest == 3 ? 0 : number(text, index + (colon ? 4 : 3), 2), minutes < 60 else { return nil }
        let total = hours * 60 + minutes
        return .minutes(text[index] == UInt8(ascii: "-") ? -total : total)
    }

    private static func number(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for index in start..<start + count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    /// `false` outside the years 1 to 9999.
    static func appendEpoch(_ seconds: Double, to out: inout ByteBuffer) -> Bool {
        guard seconds >= -62_135_596_800, seconds < 253_402_300_800 else { return false }
        var whole = seconds.rounded(.down)
        // Half to even, as Python's datetime does it, which the CLI is written in.
        var micros = ((seconds - whole) * 1e6).rounded(.toNearestOrEven)
        if micros >= 1e6 {
            micros = 0
            whole += 1
        }
        let (year, month, day) = civil(days: Int((whole / 86400).rounded(.down)))
        let second = Int(whole) - Int((whole / 86400).rounded(.down)) * 86400
        out.append(UInt8(ascii: "\""))
        appendDigits(year, 4, to: &out)
        out.append(UInt8(ascii: "-"))
        appendDigits(month, 2, to: &out)
        out.append(UInt8(ascii: "-"))
        appendDigits(day, 2, to: &out)
        out.append(UInt8(ascii: "T"))
        appendDigits(second / 3600, 2, to: &out)
        out.append(UInt8(ascii: ":"))
        appendDigits(second / 60 % 60, 2, to: &out)
        out.append(UInt8(ascii: ":"))
        appendDigits(second % 60, 2, to: &out)
        appendFraction(Int(micros), to: &out)
        out.append("+00:00\"")
        return true
    }

    private static func appendFraction(_ micros: Int, to out: inout ByteBuffer) {
        guard micros != 0 else { return }
        out.append(UInt8(ascii: "."))
        appendDigits(micros, 6, to: &out)
    }

    private static func appendOffset(_ offset: Offset, to out: inout ByteBuffer) {
        guard case .minutes(let minutes) = offset else { return }
        out.append(minutes < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        appendDigits(abs(minutes) / 60, 2, to: &out)
        out.append(UInt8(ascii: ":"))
        appendDigits(abs(minutes) % 60, 2, to: &out)
    }

    private static func appendDigits(_ value: Int, _ width: Int, to out: inout ByteBuffer) {
        var power = 1
        for _ in 1..<width { power *= 10 }
        while power > 0 {
            out.append(UInt8(ascii: "0") + UInt8(value / power % 10))
            power /= 10
        }
    }

    /// Days since 1970-01-01 to a date of the proleptic Gregorian calendar, by whole 400-year eras of 146,097 days that
    /// start on 1 March.
    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// Seconds since the epoch of an HTTP `Date`.
    static func httpDate(_ text: String) -> Int? { rfc822(text).map { Int($0) } }

    /// `Mon, 15 Jan 2024 10:30:00 GMT`.
    private static func rfc822(_ text: String) -> Double? {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," })
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 6, let day = Int(words[1]), let month = months.firstIndex(of: String(words[2])),
            let year = Int(words[3]), words[5] == "GMT" || words[5] == "UTC" || words[5] == "+0000"
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3 else { return nil }
        var parts = tm()
        parts.tm_year = Int32(clamping: year - 1900)
        parts.tm_mon = Int32(month)
        parts.tm_mday = Int32(clamping: day)
        parts.tm_hour = Int32(clamping: clock[0])
        parts.tm_min = Int32(clamping: clock[1])
        parts.tm_sec = Int32(clamping: clock[2])
        return Double(timegm(&parts))
    }
}
