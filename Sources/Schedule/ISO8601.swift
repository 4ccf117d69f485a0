/// Instants as ISO 8601 text: `2024-01-15T10:30:00Z`.
package enum ISO8601 {
    /// Reads a date and time with its offset: `Z`, `+01:00`, `+0100` or `+01`; nil when the text is anything else.
    ///
    /// Seconds may be left out; a fraction of a second is dropped, which rounds towards the past. A time without an
    /// offset is refused, because it would mean another instant on every machine. Years run from 0000 to 9999.
    package static func parse(_ text: String) -> Instant? {
        var reader = DigitReader(Array(text.utf8))
        guard let wall = parseWall(&reader, secondsRequired: false, fractionAllowed: true),
            let offset = parseOffset(&reader), reader.isAtEnd
        else { return nil }
        return wall - offset
    }

    /// Writes an instant in UTC with whole seconds; years outside 0000 to 9999 get a sign, as ISO 8601 asks.
    package static func format(_ instant: Instant) -> String {
        let day = floorDivide(instant, 86400)
        let second = Int(floorModulo(instant, 86400))
        let date = CivilDate(dayNumber: day)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        var year = date.year
        if year < 0 || year > 9999 { bytes.append(UInt8(ascii: year < 0 ? "-" : "+")) }
        year = abs(year)
        append(year, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(date.month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(date.day, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        append(second / 3600, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(second / 60 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(second % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads `yyyy-mm-ddThh:mm[:ss[.fraction]]` and checks that the date and the time exist.
    static func parseWall(_ reader: inout DigitReader, secondsRequired: Bool, fractionAllowed: Bool) -> WallTime? {
        guard let year = reader.number(digits: 4), reader.take("-"),
            let month = reader.number(digits: 2), reader.take("-"),
            let day = reader.number(digits: 2), reader.take("T") || reader.take("t"),
            let hour = reader.number(digits: 2), reader.take(":"),
            let minute = reader.number(digits: 2)
        else { return nil }
        var second = 0
        if reader.take(":") {
            guard let value = reader.number(digits: 2) else { return nil }
            second = value
            if fractionAllowed, reader.take(".") || reader.take(",") {
                guard reader.skipDigits() else { return nil }
            }
        } else if secondsRequired {
            return nil
        }
        guard (1...12).contains(month), day >= 1, day <= CivilDate.length(ofMonth: month, year: year),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        return date.dayNumber * 86400 + Int64(hour * 3600 + minute * 60 + second)
    }

    private static func parseOffset(_ reader: inout DigitReader) -> Int64? {
        if reader.take("Z") || reader.take("z") { return 0 }
        let sign: Int64
        if reader.take("+") {
            sign = 1
        } else if reader.take("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hour = reader.number(digits: 2) else { return nil }
        var minute = 0
        if reader.take(":") || !reader.isAtEnd {
            guard let value = reader.number(digits: 2) else { return nil }
            minute = value
        }
        guard hour < 24, minute < 60 else { return nil }
        return sign * Int64(hour * 3600 + minute * 60)
    }

    private static func append(_ value: Int, width: Int, to bytes: inout [UInt8]) {
        let digits = Array(String(value).utf8)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, width - digits.count)))
        bytes.append(contentsOf: digits)
    }
}
