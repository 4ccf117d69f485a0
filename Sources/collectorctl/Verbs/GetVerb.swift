import Control

/// `collectorctl get`.
enum GetVerb {
    static let verb = Verb(
        "get", operands: [Operand("ID", .text)],
        options: [
            Option("history", help: "tell its changes instead, of a deleted resource too"),
            Option("at", takes: .text, "TIME", help: "as it was then (embedded store only)"),
        ],
        summary: "Show a resource: everything that AWS tells about it",
        details: [
            "ID is a resource id, an ARN or a name. Everything that has it is shown; with -o json as one document "
                + "after the other.",
            "--history prints the changes of the last 90 days as `changes` does, oldest first; a table shows each member "
                + "that changed. TIME is 2024-01-15T10:30:00Z, 2024-01-15, or how long ago (30m, 2h, 7d).",
        ],
        exitCodes: .daemon + [.notFound],
        examples: [
            .init("collectorctl get i-0abc1234567890def", "an instance"),
            .init("collectorctl get i-0abc1234567890def --history", "what happened to it?"),
            .init("collectorctl get my-bucket -o json | jq .data", "a bucket's data alone"),
        ]
    ) { session throws(CommandFailure) in
        let arguments = session.arguments
        var parameters = GetParameters(id: arguments.operands[0])
        if let text = arguments.text("at") { parameters.at = try Moment.time(text, option: "at", now: session.now) }
        if arguments.flag("history") {
            guard parameters.at == nil else { throw CommandFailure(.usage, "--history and --at do not go together") }
            parameters.history = true
            try printHistory(try session.call(parameters), session)
            return .success
        }
        let reply = try session.call(parameters)
        switch session.style.format {
        case .table, .wide:
            session.pageTables()
            let pages = reply.resources.map { page($0, session) }
            session.output.write(pages.joined(separator: "\n"))
        case .json:
            for resource in reply.resources {
                session.output.write(JSONForm.indented(ResourceForm.document(resource), session.style) + "\n")
            }
        case .jsonl, .csv, .name: try RecordPrinter.print(reply.resources, ResourceForm.form, session)
        }
        return .success
    }

    private static func printHistory(_ reply: GetReply, _ session: Session) throws(CommandFailure) {
        let changes = reply.changes ?? []
        if changes.isEmpty { session.note("the log has no change of it") }
        switch session.style.format {
        case .table, .wide:
            session.pageTables()
            for change in changes { session.output.write(ChangeForm.text(change, session.style)) }
        case .json, .jsonl, .csv, .name: try RecordPrinter.print(changes, ChangeForm.form, session)
        }
    }

    /// One column a line, then the data.
    private static func page(_ resource: Resource, _ session: Session) -> String {
        let now = session.style.exactTimes ? nil : session.now
        let columns = ResourceForm.form.columns.filter { !$0.isOnRequest }
        let width = columns.map { TerminalText.width(of: $0.title) }.max() ?? 0
        var text = ""
        for column in columns {
            let space = String(repeating: " ", count: width - TerminalText.width(of: column.title))
            let title = Style.bold.applied(to: column.title, colors: session.style.colors)
            text += "\(space)\(title)  \(column.cell(resource).text(now: now))\n"
        }
        return text + "\n" + JSONForm.indented(resource.data, session.style) + "\n"
    }
}
