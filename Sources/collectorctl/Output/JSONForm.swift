import JSON

/// Documents as they are printed.
enum JSONForm {
    /// Indented, every line moved in by `indent`; no line feed at the end.
    static func indented(_ value: JSONValue, by indent: Int = 0, _ style: OutputStyle) -> String {
        let text = safe(value.indentedText, style)
        guard indent > 0 else { return text }
        let space = String(repeating: " ", count: indent)
        // JSON strings hold no line feeds, so every line feed is one between lines.
        return text.split(separator: "\n").map { space + $0 }.joined(separator: "\n")
    }

    /// One line, ended by a line feed.
    static func line(_ value: JSONValue, _ style: OutputStyle) -> String { safe(value.text, style) + "\n" }

    private static func safe(_ text: String, _ style: OutputStyle) -> String {
        style.isTerminal ? TerminalText.escapedJSON(text) : text
    }
}
