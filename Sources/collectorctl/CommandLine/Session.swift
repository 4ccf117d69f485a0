import Control
import Glibc

/// One run of the program: what was asked for, and where to answer.
struct Session {
    let arguments: ParsedArguments
    let terminal: Terminal
    var style: OutputStyle
    let now: Timestamp
    let output: OutputFile
    let errors: OutputFile

    init(_ arguments: ParsedArguments, terminal: Terminal, output: OutputFile, errors: OutputFile) {
        self.arguments = arguments
        self.terminal = terminal
        self.output = output
        self.errors = errors
        now = Timestamp(secondsSinceEpoch: Terminal.wallClock)
        var style = OutputStyle()
        style.format = arguments.text("output").flatMap(OutputFormat.init) ?? .table
        style.exactTimes = arguments.flag("utc")
        style.columns = arguments.text("columns").map { $0.split(separator: ",").map(String.init) }
        style.sort = arguments.text("sort")
        style.conditions = (arguments.list("filter") ?? []).compactMap(FieldCondition.init)
        style.hasHeaders = !arguments.flag("no-headers")
        style.colors = Self.wantsColors(arguments, terminal, isTerminal: terminal.outputIsTerminal)
        style.isTerminal = terminal.outputIsTerminal
        style.width = terminal.outputIsTerminal ? Terminal.size(of: STDOUT_FILENO).width : nil
        self.style = style
    }

    /// Colours on standard error, where progress and notes go.
    var colorsErrors: Bool { Self.wantsColors(arguments, terminal, isTerminal: terminal.errorsAreTerminal) }

    var socketPath: String {
        arguments.text("socket") ?? Terminal.variable(ControlSocketPath.variable) ?? ControlSocketPath.standard
    }

    /// A connection to the daemon, of this machine or of the one that `--host` names.
    ///
    /// - Parameter timeout: for the daemon of this machine; ssh has its own patience.
    func connect(timeout: Duration = .seconds(5)) throws(CommandFailure) -> ControlClient {
        let remote = try arguments.text("host").map { host throws(CommandFailure) in
            try RemoteSocket(host: host, path: arguments.text("socket")).open()
        }
        do throws(ControlClientError) {
            if let remote { return try ControlClient.adopt(remote) }
            return try ControlClient.connect(path: socketPath, timeout: timeout)
        } catch {
            throw ControlFailure.of(error)
        }
    }

    /// Connects, calls a method and returns its one reply.
    func call<Parameters: CallParameters>(_ parameters: Parameters) throws(CommandFailure) -> Parameters.Reply {
        let client = try connect()
        do throws(ControlClientError) {
            return try client.call(parameters)
        } catch {
            throw explained(error)
        }
    }

    /// Connects, calls a method and hands each reply to `body` until it answers `false`.
    ///
    /// Each reply must come within `replyPatience`.
    func stream<Parameters: CallParameters>(
        _ parameters: Parameters, _ body: (Parameters.Reply) throws(CommandFailure) -> Bool
    ) throws(CommandFailure) {
        let client = try connect()
        var replies: ControlReplies<Parameters>
        do throws(ControlClientError) {
            replies = try client.stream(parameters)
        } catch {
            throw explained(error)
        }
        while true {
            let reply: Parameters.Reply?
            do throws(ControlClientError) {
                reply = try replies.next(timeout: Self.replyPatience)
            } catch {
                throw explained(error)
            }
            guard let reply, try body(reply) else { return }
        }
    }

    /// As long as a large store may take to find the first row of a rare tag.
    private static let replyPatience = Duration.seconds(120)

    /// Sends tables through a pager when a person reads them on a terminal.
    func pageTables() {
        let isTable = style.format == .table || style.format == .wide
        guard isTable, terminal.outputIsTerminal, terminal.isCapable, !arguments.flag("no-pager") else { return }
        output.page { [terminal] in Pager.start(terminal.pager) }
    }

    /// Tells something beside the result, on standard error.
    func note(_ text: String) {
        output.flush()
        errors.write(TerminalText.escaped("collectorctl: \(text)") + "\n")
        errors.flush()
    }

    /// The failure with a suggestion, where the daemon knows the words that were meant.
    func explained(_ error: ControlClientError) -> CommandFailure {
        var failure = ControlFailure.of(error)
        if let near = NameSuggestion(session: self).hint(for: error) { failure.hints.insert(near, at: 0) }
        return failure
    }

    private static func wantsColors(_ arguments: ParsedArguments, _ terminal: Terminal, isTerminal: Bool) -> Bool {
        switch arguments.text("color").flatMap(ColorMode.init) ?? .auto {
        case .always: true
        case .never: false
        case .auto: isTerminal && terminal.isCapable && !terminal.wantsNoColor
        }
    }
}
