/// The spellings of plain values in systemd-style files. Every error points at the character that is wrong.
package enum ValueParser {
    /// systemd's words, in any case: `yes y true t on 1` and `no n false f off 0`.
    package static func boolean(_ text: String) throws(ValueError) -> Bool {
        switch text.lowercased() {
        case "yes", "y", "true", "t", "on", "1": return true
        case "no", "n", "false", "f", "off", "0": return false
        default:
            throw ValueError("`\(text)` is neither yes nor no", suggestion: "write yes or no")
        }
    }

    /// A decimal number inside `range`.
    package static func integer(_ text: String, in range: ClosedRange<Int>) throws(ValueError) -> Int {
        let bounds = "write a number from \(range.lowerBound) to \(range.upperBound)"
        let digits = text.hasPrefix("-") ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
        if digits.isEmpty { throw ValueError("there is no number", suggestion: bounds) }
        if let wrong = digits.firstIndex(where: { !("0"..."9").contains($0) }) {
            throw ValueError(
                "`\(text)` is not a whole number", at: text.unicodeScalars.distance(from: text.startIndex, to: wrong),
                suggestion: bounds)
        }
        guard let number = Int(text), range.contains(number) else {
            throw ValueError("\(text) is out of range", suggestion: bounds)
        }
        return number
    }

    /// Bytes: a number with an optional fraction and `B`, `K`, `M`, `G` or `T` (powers of 1024).
    package static func size(_ text: String, in range: ClosedRange<Int>) throws(ValueError) -> Int {
        var scanner = ValueScanner(text)
        guard let number = try scanner.decimal() else {
            throw ValueError("`\(text)` does not begin with a number", suggestion: "write a size such as 64M")
        }
        scanner.skipSpace()
        let start = scanner.offset
        let units = ["": 0, "B": 0, "K": 10, "M": 20, "G": 30, "T": 40]
        let unit = scanner.rest()
        guard let shift = units[unit] else {
            throw ValueError("`\(unit)` is no unit of size", at: start, suggestion: "write K, M, G or T")
        }
        guard let bytes = number.times(1 << shift) else { throw ValueError("`\(text)` is too large") }
        guard range.contains(bytes) else {
            throw ValueError(
                "\(text) is out of range",
                suggestion: "write a size from \(printed(size: range.lowerBound)) to \(printed(size: range.upperBound))"
            )
        }
        return bytes
    }

    /// The shortest exact spelling that `size` reads back: `64M`, `1536`.
    package static func printed(size bytes: Int) -> String {
        for (shift, unit) in [(40, "T"), (30, "G"), (20, "M"), (10, "K")]
        where bytes != 0 && bytes & (1 << shift - 1) == 0 {
            return "\(bytes >> shift)\(unit)"
        }
        return "\(bytes)"
    }
}
