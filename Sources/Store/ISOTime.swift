/// The one time format of stored data: ISO 8601 in UTC to the second, `2024-01-15T10:30:00Z`.
enum ISOTime {
    /// The text of an instant in seconds since the epoch; years 0000 to 9999, others are clamped.
    static func text(_ seconds: Int) -> String {
        let clamped = min(max(seconds, -62_167_219_200), 253_402_300_799)
        let day = Int((Double(clamped) / 86_400).rounded(.down))
        let time = clamped - day * 86_400
        let date = civil(day)
        return String(unsafeUninitializedCapacity: 20) { buffer in
            func put(_ value: Int, digits: Int, at start: Int, then mark: UInt8) {
                var rest = value
                for offset in stride(from: start + digits - 1, through: start, by: -1) {
                    buffer[offset] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
                buffer[start + digits] = mark
            }
            put(date.year, digits: 4, at: 0, then: UInt8(ascii: "-"))
            put(date.month, digits: 2, at: 5, then: UInt8(ascii: "-"))
            put(date.day, digits: 2, at: 8, then: UInt8(ascii: "T"))
            put(time / 3_600, digits: 2, at: 11, then: UInt8(ascii: ":"))
            put(time / 60 % 60, digits: 2, at: 14, then: UInt8(ascii: ":"))
            put(time % 60, digits: 2, at: 17, then: UInt8(ascii: "Z"))
            return 20
        }
    }

    /// Reads the format above and what other writers of the same tables produce: a fraction, `+00:00`, no zone at all.
    /// Other offsets are honoured. `nil` for anything else.
    static func seconds(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
            let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19]), (1...12).contains(month), (1...31).contains(day), hour < 24,
            minute < 60,
            second <= 60, let offset = offset(bytes[19...])
        else { return nil }
        return days(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
    }

    /// Seconds east of UTC of what follows the time.
    private static func offset(_ tail: ArraySlice<UInt8>) -> Int? {
        var rest = tail
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst().drop { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        guard let sign = rest.first else { return 0 }
        if sign == UInt8(ascii: "Z") { return rest.count == 1 ? 0 : nil }
        let digits = rest.dropFirst().filter { $0 != UInt8(ascii: ":") }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), digits.count == 4,
            let hours = number(digits[0..<2]), let minutes = number(digits[2..<4])
        else { return nil }
        let size = hours * 3_600 + minutes * 60
        return sign == UInt8(ascii: "-") ? -size : size
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar, counted in 400-year cycles that begin in March.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let cycle = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfCycle = shifted - cycle * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return cycle * 146_097 + yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let cycle = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfCycle = shifted - cycle * 146_097
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
