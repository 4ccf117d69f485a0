/// How a piece of text stands out, where colours are wanted.
enum Style: Sendable, Equatable {
    case plain, bold, dim, good, warning, bad

    /// The text between the style's control sequences (ECMA-48 SGR).
    func applied(to text: String, colors: Bool) -> String {
        guard colors, let code, !text.isEmpty else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    private var code: String? {
        switch self {
        case .plain: nil
        case .bold: "1"
        case .dim: "2"
        case .good: "32"
        case .warning: "33"
        case .bad: "31"
        }
    }
}
