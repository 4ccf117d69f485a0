/// Why a verb ends without success: the exit code, what to tell, and what the user can do about it.
struct CommandFailure: Error, Equatable {
    var code: ExitCode
    /// One sentence without a full stop.
    var message: String
    /// What to do, each a line.
    var hints: [String] = []

    init(_ code: ExitCode, _ message: String, hints: [String] = []) {
        self.code = code
        self.message = message
        self.hints = hints
    }

    /// The lines for standard error, control characters made harmless: parts of them may come from AWS.
    var text: String {
        (["collectorctl: \(message)"] + hints.map { "  \($0)" }).map { TerminalText.escaped($0) + "\n" }.joined()
    }
}
