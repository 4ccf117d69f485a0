/// What an option or an operand takes: for checking, help and completion.
enum ValueKind: Sendable, Equatable {
    case text
    case choice([String])
    case number(ClosedRange<Int>)
    /// `90`, `30s`, `5m`, `1h30m`.
    case duration
    case file
    case service
    case resourceType
    case serviceOrType
    case account
    case region
    case run
    case verb
    /// `NAME=VALUE`.
    case assignment
    /// `FIELD=VALUE`, or another comparison.
    case condition
}

/// One option of the command line.
struct Option: Sendable, Equatable {
    /// Without the dashes.
    let name: String
    let short: Character?
    /// How its value is called in help; `nil` for a switch.
    let placeholder: String?
    let kind: ValueKind
    /// Each occurrence counts; otherwise the last one does.
    let repeats: Bool
    /// One line, no full stop.
    let help: String

    /// A switch.
    init(_ name: String, _ short: Character? = nil, help: String) {
        self.name = name
        self.short = short
        placeholder = nil
        kind = .text
        repeats = false
        self.help = help
    }

    /// An option with a value. Without a placeholder the choices themselves are shown.
    init(
        _ name: String, _ short: Character? = nil, takes kind: ValueKind, _ placeholder: String? = nil,
        repeats: Bool = false, help: String
    ) {
        self.name = name
        self.short = short
        if let placeholder {
            self.placeholder = placeholder
        } else if case .choice(let words) = kind {
            self.placeholder = words.joined(separator: "|")
        } else {
            self.placeholder = "VALUE"
        }
        self.kind = kind
        self.repeats = repeats
        self.help = help
    }

    var takesValue: Bool { placeholder != nil }

    /// `-o, --output table|wide`.
    var form: String {
        let names = (short.map { "-\($0), " } ?? "    ") + "--\(name)"
        return placeholder.map { "\(names) \($0)" } ?? names
    }
}

/// A word that follows the verb.
struct Operand: Sendable, Equatable {
    let placeholder: String
    let kind: ValueKind
    let isRequired: Bool
    /// Takes all words that are left.
    let repeats: Bool

    init(_ placeholder: String, _ kind: ValueKind, isRequired: Bool = true, repeats: Bool = false) {
        self.placeholder = placeholder
        self.kind = kind
        self.isRequired = isRequired
        self.repeats = repeats
    }

    /// `RUN`, `[SERVICE|TYPE]`, `[WORD]…`.
    var form: String {
        let name = isRequired ? placeholder : "[\(placeholder)]"
        return repeats ? name + "…" : name
    }
}
