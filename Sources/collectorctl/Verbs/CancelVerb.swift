import Control

/// `collectorctl cancel`.
enum CancelVerb {
    static let verb = Verb(
        "cancel", operands: [Operand("RUN", .run)], summary: "Cancel a run that is under way",
        details: [
            "Calls under way are ended. What the run has stored so far stays, nothing is deleted without proof, "
                + "and what was not listed keeps its last good rows."
        ],
        exitCodes: .daemon + [.notFound],
        examples: [.init("collectorctl cancel \"$(collectorctl runs -n 1 -o name)\"", "cancel the newest run")]
    ) { session throws(CommandFailure) in
        let reply = try session.call(CancelParameters(run: session.arguments.operands[0]))
        let style = session.style
        switch style.format {
        case .json: session.output.write(JSONForm.indented(reply.wire, style) + "\n")
        case .jsonl: session.output.write(JSONForm.line(reply.wire, style))
        case .name: session.output.write(TerminalText.escaped(reply.run) + "\n")
        case .table, .wide, .csv:
            let text = reply.state.isFinal ? reply.state.rawValue : "is being cancelled"
            session.output.write("\(TerminalText.escaped(reply.run)) \(text)\n")
        }
        return .success
    }
}
