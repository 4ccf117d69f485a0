/// Checks values as far as that can be done without the daemon.
enum ValueCheck {
    struct Problem: Equatable {
        let message: String
        var hints: [String] = []
    }

    /// What is wrong with a value; `nil` when nothing is.
    static func problem(_ value: String, _ kind: ValueKind) -> Problem? {
        switch kind {
        case .choice(let words):
            guard !words.contains(value) else { return nil }
            let near = Spelling.hints(for: value, among: words)
            return Problem(message: "\"\(value)\" is not one of \(words.joined(separator: ", "))", hints: near)
        case .number(let range):
            if let number = Int(value), range.contains(number) { return nil }
            let bounds =
                range.upperBound == .max
                ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
            return Problem(message: "\"\(value)\" is not a number of \(bounds)")
        case .duration:
            if TimeSpan.parse(value) != nil { return nil }
            return Problem(message: "\"\(value)\" is not a time such as 90, 30s, 5m or 1h30m")
        case .assignment:
            if let equals = value.firstIndex(of: "="), equals > value.startIndex { return nil }
            return Problem(message: "\"\(value)\" is not of the form NAME=VALUE")
        case .condition:
            if FieldCondition(value) != nil { return nil }
            return Problem(message: "\"\(value)\" is not of the form FIELD=VALUE (or !=, <, >, <=, >=)")
        case .text, .verb: return nil
        case .file, .service, .resourceType, .serviceOrType, .account, .region, .run:
            return value.isEmpty ? Problem(message: "the value is empty") : nil
        }
    }
}
