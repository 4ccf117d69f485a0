import Control

/// `collectorctl config check`, `config show` and `config dump-defaults`.
enum ConfigVerbs {
    static let check = Verb(
        "config check", options: [file],
        summary: "Check the configuration files; every fault with its file, line and column",
        details: ["Needs no running daemon: it asks the program inventory-collectord."],
        exitCodes: [.notFound, .invalidConfiguration],
        examples: [.init("collectorctl config check && collectorctl reload", "reload what is right")]
    ) { session throws(CommandFailure) in
        try become("--check-config", session)
    }

    static let show = Verb(
        "config show", options: [file, Option("running", help: "what the running daemon uses")],
        summary: "Print the configuration that the files make, every key with its value",
        exitCodes: [.notFound, .permission, .unreachable, .invalidConfiguration],
        examples: [.init("collectorctl config show --running", "what is in force?")]
    ) { session throws(CommandFailure) in
        guard session.arguments.flag("running") else { try become("--show-config", session) }
        if session.arguments.text("config") != nil {
            throw CommandFailure(.usage, "--running and --config exclude each other")
        }
        session.pageTables()
        let text = try session.call(ConfigurationParameters()).text
        session.output.write(text.hasSuffix("\n") ? text : text + "\n")
        return .success
    }

    static let dumpDefaults = Verb(
        "config dump-defaults", summary: "Print a configuration file of all defaults, with comments",
        exitCodes: [.notFound],
        examples: [.init("collectorctl config dump-defaults > collectord.conf", "a file to start from")]
    ) { session throws(CommandFailure) in
        try become("--dump-defaults", session)
    }

    private static let file = Option("config", takes: .file, "FILE", help: "this file instead of the installed one")

    private static func become(_ option: String, _ session: Session) throws(CommandFailure) -> Never {
        try DaemonProgram.become([option] + (session.arguments.text("config").map { ["--config", $0] } ?? []))
    }
}
