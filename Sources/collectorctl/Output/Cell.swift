import Control

/// One value of a table.
enum Cell: Sendable, Equatable {
    case text(String)
    case styled(String, Style)
    case number(Int)
    case time(Timestamp)
    case empty

    init(_ text: String?) { self = text.map(Cell.text) ?? .empty }
    init(_ time: Timestamp?) { self = time.map(Cell.time) ?? .empty }

    var style: Style {
        if case .styled(_, let style) = self { style } else { .plain }
    }

    /// For people; `now` is what relative times count from, `nil` for exact ones.
    func text(now: Timestamp?) -> String {
        switch self {
        case .text(let text), .styled(let text, _): TerminalText.escaped(text)
        case .number(let number): String(number)
        case .time(let time):
            if let now {
                TimeSpan.relative(seconds: time.secondsSinceEpoch, to: now.secondsSinceEpoch)
            } else {
                time.description
            }
        case .empty: "-"
        }
    }

    /// For programs: exact, and nothing for nothing.
    var exact: String {
        switch self {
        case .text(let text), .styled(let text, _): text
        case .number(let number): String(number)
        case .time(let time): time.description
        case .empty: ""
        }
    }

    /// Numbers and times by value, before texts by their characters; nothing comes first.
    static func precedes(_ first: Cell, _ second: Cell) -> Bool {
        switch (first, second) {
        case (.number(let first), .number(let second)): first < second
        case (.time(let first), .time(let second)): first < second
        case (_, .empty): false
        case (.empty, _): true
        default: first.exact < second.exact
        }
    }
}
