/// Makes valid expressions of every form, crowded enough that a brute-force search finds a firing.
enum RandomExpression {
    static func cron(using generator: inout Seed) -> String {
        let minute = plain(0, 59, [], &generator)
        let hour = plain(0, 23, [], &generator)
        let months = ["jan", "Feb", "MAR", "apr", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        let month = oneIn(2, &generator) ? "*" : plain(1, 12, months, &generator)
        guard oneIn(3, &generator) else {
            let year = oneIn(4, &generator) ? plain(1970, 2199, [], &generator, wraps: false) : "*"
            let (day, week) =
                Bool.random(using: &generator) ? (dayOfMonth(&generator), "?") : ("?", dayOfWeek(&generator))
            return "cron(\(minute) \(hour) \(day) \(month) \(week) \(year))"
        }
        func field(_ low: Int, _ high: Int) -> String { plain(low, high, [], &generator, wraps: false) }
        let minutes = field(0, 59)
        let hours = field(0, 23)
        let days = oneIn(3, &generator) ? "*" : field(1, 31)
        let weekdays = oneIn(3, &generator) ? "*" : field(0, 7)
        return "\(minutes) \(hours) \(days) \(oneIn(2, &generator) ? "*" : field(1, 12)) \(weekdays)"
    }

    private static func dayOfMonth(_ generator: inout Seed) -> String {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: "L"
        case 1: "LW"
        case 2: "L-\(Int.random(in: 1...30, using: &generator))"
        case 3: "\(Int.random(in: 1...31, using: &generator))W"
        case 4: "1W,\(Int.random(in: 1...31, using: &generator)),L"
        case 5: "*"
        default: plain(1, 31, [], &generator)
        }
    }

    private static func dayOfWeek(_ generator: inout Seed) -> String {
        let names = ["Sun", "MON", "tue", "WED", "THU", "FRI", "SAT"]
        let day = Int.random(in: 1...7, using: &generator)
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: return "L"
        case 1: return "\(day)L"
        case 2: return "\(names[day - 1].uppercased())L,2"
        case 3: return "\(day)#\(Int.random(in: 1...5, using: &generator))"
        case 4: return "*"
        default: return plain(1, 7, names, &generator)
        }
    }

    private static func plain(
        _ low: Int, _ high: Int, _ names: [String], _ generator: inout Seed, wraps: Bool = true
    ) -> String {
        let count = oneIn(3, &generator) ? 2 : 1
        var elements: [String] = []
        for _ in 0..<count {
            var first = Int.random(in: low...high, using: &generator)
            var last = Int.random(in: low...high, using: &generator)
            if !wraps, first > last { swap(&first, &last) }
            let step = Int.random(in: 1...max(2, (high - low) / 2), using: &generator)
            func word(_ value: Int) -> String {
                names.isEmpty || oneIn(2, &generator) ? String(value) : names[value - low]
            }
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: elements.append("*")
            case 1: elements.append("*/\(step)")
            case 2: elements.append("\(word(first))-\(word(last))")
            case 3: elements.append("\(word(first))-\(word(last))/\(step)")
            case 4 where !(high == 7 && low == 0): elements.append("\(word(first))/\(step)")
            default: elements.append(word(first))
            }
        }
        return elements.joined(separator: ",")
    }

    private static func oneIn(_ count: Int, _ generator: inout Seed) -> Bool {
        Int.random(in: 0..<count, using: &generator) == 0
    }
}
