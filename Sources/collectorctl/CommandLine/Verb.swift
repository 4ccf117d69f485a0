/// One thing the program can do: the row of the table that parsing, help, completion and manual derive from.
struct Verb: Sendable {
    /// One word, or two for a member of a group: `schedule next`.
    let name: String
    let operands: [Operand]
    /// Its own options; `CommonOptions.all` come on top.
    let options: [Option]
    /// One line, no full stop.
    let summary: String
    /// Paragraphs for the verb's own help.
    let details: [String]
    /// The exit codes it can end with beside success, failure and usage.
    let exitCodes: [ExitCode]
    /// Command lines, each with what it is for.
    let examples: [Example]
    /// Whether the verb asks a daemon, which may be that of another machine.
    let callsDaemon: Bool
    let run: @Sendable (Session) throws(CommandFailure) -> ExitCode

    struct Example: Sendable, Equatable {
        let command: String
        let purpose: String

        init(_ command: String, _ purpose: String) {
            self.command = command
            self.purpose = purpose
        }
    }

    init(
        _ name: String, operands: [Operand] = [], options: [Option] = [], summary: String, details: [String] = [],
        exitCodes: [ExitCode] = [], callsDaemon: Bool? = nil, examples: [Example] = [],
        run: @escaping @Sendable (Session) throws(CommandFailure) -> ExitCode
    ) {
        self.name = name
        self.operands = operands
        self.options = options
        self.summary = summary
        self.details = details
        self.exitCodes = exitCodes
        // Whoever calls it can find it unreachable.
        self.callsDaemon = callsDaemon ?? exitCodes.contains(.unreachable)
        self.examples = examples
        self.run = run
    }

    /// `list [SERVICE|TYPE] [OPTIONS]`.
    var usage: String { ([name] + operands.map(\.form) + ["[OPTIONS]"]).joined(separator: " ") }

    /// Options that are understood after this verb.
    var allOptions: [Option] { options + CommonOptions.all }
}
