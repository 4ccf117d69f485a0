import Glibc
import JSON
import Schedule

/// `collectorctl schedule next`.
enum ScheduleNextVerb {
    static let verb = Verb(
        "schedule next", operands: [Operand("EXPR", .text, isRequired: false)],
        options: [
            Option("timezone", takes: .text, "ZONE", help: "the IANA time zone of the expression (default: UTC)"),
            Option("after", takes: .text, "ISO", help: "instants strictly after this one (default: now)"),
            Option("count", "n", takes: .number(ScheduleCalculator.countRange), "N", help: "how many (default: 1)"),
            Option("batch", help: "read questions from standard input, one JSON object a line"),
        ],
        summary: "Compute when a schedule fires next; needs no daemon",
        details: [
            "Prints ISO 8601 instants in UTC, one a line; fewer than asked for when the schedule ends. EXPR is "
                + "cron(…), rate(…), at(…), five cron fields, or a name such as @daily.",
            "With --batch each line is {\"id\", \"expr\", \"tz\", \"after\", \"count\", \"anchor\"}, where anchor is the "
                + "first instant of a rate (default: after), and is answered by {\"id\", \"next\": […]} or "
                + "{\"id\", \"error\"}. Lines may hold up to \(ScheduleBatch.lineLimit) bytes; other members are ignored.",
        ],
        examples: [
            .init("collectorctl schedule next 'cron(0 2 * * ? *)' --timezone Europe/Berlin --count 3", "three nights"),
            .init("collectorctl schedule next '0 9 * * 1-5' --after 2026-01-01T00:00:00Z", "the first workday"),
        ]
    ) { session throws(CommandFailure) in
        if session.arguments.flag("batch") { return try runBatch(session) }
        guard let expression = session.arguments.operands.first else {
            throw CommandFailure(.usage, "schedule next needs EXPR", hints: ["collectorctl help schedule next"])
        }
        try runOne(expression, session)
        return .success
    }

    private static func runOne(_ expression: String, _ session: Session) throws(CommandFailure) {
        let zone = session.arguments.text("timezone") ?? "UTC"
        let after = try instant(session)
        var calculator = ScheduleCalculator()
        let instants: [String]
        do throws(ScheduleError) {
            instants = try calculator.next(
                expression: expression, zone: zone, after: after, count: session.arguments.number("count") ?? 1
            ).map(ISO8601.format)
        } catch {
            throw CommandFailure(.usage, error.description, hints: pointer(to: error, expression))
        }
        let next = JSONValue.array(instants.map(JSONValue.string))
        switch session.style.format {
        case .json: session.output.write(JSONForm.indented(next, session.style) + "\n")
        case .jsonl: session.output.write(JSONForm.line(next, session.style))
        case .table, .wide, .csv, .name: session.output.write(instants.map { $0 + "\n" }.joined())
        }
        if instants.isEmpty { session.note("it never fires after \(ISO8601.format(after))") }
    }

    private static func instant(_ session: Session) throws(CommandFailure) -> Instant {
        guard let text = session.arguments.text("after") else { return Instant(session.now.secondsSinceEpoch) }
        guard let instant = ISO8601.parse(text) else {
            throw CommandFailure(
                .usage, "--after: \"\(text)\" is no ISO 8601 time with an offset", hints: ["write 2026-01-31T09:00:00Z"]
            )
        }
        return instant
    }

    /// The expression with a mark under the place of the error.
    private static func pointer(to error: ScheduleError, _ expression: String) -> [String] {
        guard error.subject == .expression, expression.count <= 200, error.column >= 1 else { return [] }
        let before = TerminalText.width(of: TerminalText.escaped(String(expression.prefix(error.column - 1))))
        return [expression, String(repeating: " ", count: before) + "^"]
    }

    private static func runBatch(_ session: Session) throws(CommandFailure) -> ExitCode {
        guard session.arguments.operands.isEmpty else {
            throw CommandFailure(.usage, "--batch reads its expressions from standard input, not from EXPR")
        }
        var batch = ScheduleBatch(now: Instant(session.now.secondsSinceEpoch))
        let input = InputFile(descriptor: STDIN_FILENO)
        while let piece = try input.next() {
            batch.take(piece) { session.output.write($0) }
            // Whoever asks line by line waits for the answer before the next question.
            session.output.flush()
        }
        batch.finish { session.output.write($0) }
        return .success
    }
}
