import Control

/// `collectorctl get`.
enum GetVerb {
    static let verb = Verb(
        "get", operands: [Operand("ID", .text)], summary: "Show a resource: everything that AWS tells about it",
        details: [
            "ID is a resource id, an ARN or a name. Everything that has it is shown; with -o json as one document "
                + "after the other."
        ],
        exitCodes: .daemon + [.notFound],
        examples: [
            .init("collectorctl get i-0abc1234567890def", "an instance"),
            .init("collectorctl get my-bucket -o json | jq .data", "a bucket's data alone"),
        ]
    ) { session throws(CommandFailure) in
        let reply = try session.call(GetParameters(id: session.arguments.operands[0]))
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
