import Control

/// `collectorctl runs`.
enum RunsVerb {
    static let verb = Verb(
        "runs", options: [Option("limit", "n", takes: .number(1...10_000), "N", help: "how many (default: 20)")],
        summary: "List the newest runs", exitCodes: .daemon,
        examples: [
            .init("collectorctl runs", "what ran lately?"),
            .init("collectorctl runs -n 1 -o name", "the id of the newest run"),
        ]
    ) { session throws(CommandFailure) in
        let reply = try session.call(RunsParameters(limit: session.arguments.number("limit")))
        try RecordPrinter.print(reply.runs, RunForm.form, session)
        return .success
    }
}
