/// How progress is told.
enum ProgressMode: String, CaseIterable, Sendable {
    /// `bar` on a terminal, else `plain`.
    case auto
    /// Redrawn in place on standard error.
    case bar
    /// A line on standard error at the start, every few seconds, and at the end.
    case plain
    /// A JSON object a line on standard output, the last one with the summary.
    case json
    case none

    func resolved(for terminal: Terminal) -> ProgressMode {
        guard self == .auto else { return self }
        return terminal.errorsAreTerminal && terminal.isCapable ? .bar : .plain
    }
}
