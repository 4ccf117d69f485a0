import Control
import JSON

/// `collectorctl show`.
enum ShowVerb {
    static let verb = Verb(
        "show", operands: [Operand("RUN", .run)], options: RunWaiter.options,
        summary: "Show a run: what it was asked, how it stands or ended, what went wrong",
        details: [
            "With --wait the exit code tells how the run ended; without, only whether it was found.", RunWaiter.details,
        ],
        exitCodes: .daemon + [.notFound] + .waiting,
        examples: [
            .init("collectorctl show \"$(collectorctl runs -n 1 -o name)\"", "the newest run"),
            .init("collectorctl show --wait 20260131T020000Z-nightly", "follow a run again after Ctrl-C"),
        ]
    ) { session throws(CommandFailure) in
        let run = session.arguments.operands[0]
        if session.arguments.flag("wait") {
            return try RunWaiter(session: session, printsID: false).wait(.describe(run))
        }
        for option in ["timeout", "progress"] where session.arguments.text(option) != nil {
            throw CommandFailure(.usage, "--\(option) goes with --wait")
        }
        try show(try session.call(DescribeRunParameters(run: run)), session)
        return .success
    }

    private static func show(_ reply: DescribeRunReply, _ session: Session) throws(CommandFailure) {
        guard let summary = reply.summary else {
            throw CommandFailure(.failure, "the daemon's reply is not understood (DescribeRun: summary is missing)")
        }
        switch session.style.format {
        case .json, .jsonl:
            var members = summary.wire.members ?? []
            if let progress = reply.progress { members.append(.init("progress", progress.wire)) }
            let document = JSONValue.object(members)
            session.output.write(
                session.style.format == .json
                    ? JSONForm.indented(document, session.style) + "\n" : JSONForm.line(document, session.style))
        case .csv, .name: try RecordPrinter.print([summary], RunForm.form, session)
        case .table, .wide:
            let failures = RunWaiter(session: session, printsID: false).failures(of: summary)
            session.output.write(RunReport(summary: summary, failures: failures, colors: session.style.colors).text)
            let started = Cell.time(summary.startedAt).text(now: session.style.exactTimes ? nil : session.now)
            session.output.write(
                "  started    \(started) by \(TerminalText.escaped(RunForm.trigger(of: summary)))"
                    + RunForm.caller(of: summary) + "\n"
                    + "  request    \(TerminalText.escaped(RunForm.request(of: summary)))\n")
            if let progress = reply.progress {
                session.output.write("  progress   \(ProgressText.line(progress, ProgressMeter(), at: .zero))\n")
            }
        }
    }
}
