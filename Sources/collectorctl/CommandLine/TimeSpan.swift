/// Durations as people write and read them.
enum TimeSpan {
    /// A year: longer waits are not meant.
    private static let limitInSeconds = 366 * 86_400

    private static let units: [String: Int] = [
        "": 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "hr": 3600, "d": 86_400,
    ]

    /// Reads `90`, `30s`, `5m`, `1h30m`; `nil` for anything else and for more than a year.
    static func parse(_ text: String) -> Duration? {
        var rest = Substring(text)
        var total = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest.dropFirst(digits.count)
            let letters = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(letters.count)
            guard let number = Int(digits), number <= limitInSeconds, let unit = units[letters.lowercased()]
            else { return nil }
            total += number * unit
            guard total <= limitInSeconds else { return nil }
        }
        return .seconds(total)
    }

    /// `42s`, `3m`, `5h`, `12d`: one unit, rounded down.
    static func short(seconds: Int) -> String {
        switch abs(seconds) {
        case ..<60: "\(abs(seconds))s"
        case ..<3600: "\(abs(seconds) / 60)m"
        case ..<172_800: "\(abs(seconds) / 3600)h"
        default: "\(abs(seconds) / 86_400)d"
        }
    }

    /// `42s`, `3m 20s`, `5h 3m`: for how long something took.
    static func long(seconds: Int) -> String {
        switch seconds {
        case ..<60: "\(max(0, seconds))s"
        case ..<3600: "\(seconds / 60)m \(seconds % 60)s"
        default: "\(seconds / 3600)h \(seconds / 60 % 60)m"
        }
    }

    /// `3m ago`, `in 5h`, `now`.
    static func relative(seconds: Int, to now: Int) -> String {
        let difference = now - seconds
        if difference == 0 { return "now" }
        return difference > 0 ? "\(short(seconds: difference)) ago" : "in \(short(seconds: difference))"
    }
}
