import Control

/// `collectorctl changes`.
enum ChangesVerb {
    static let verb = Verb(
        "changes",
        options: [
            Option("since", takes: .text, "SEQ|TIME", help: "after this change, or from this time on (default: all)")
        ] + ChangeForm.options + [
            Option("limit", "n", takes: .number(1...Int.max), "N", help: "no more than so many")
        ],
        summary: "Show what was created, updated and deleted",
        details: [
            "Changes are kept for 90 days and numbered without a gap. A number after --since tells what came after that "
                + "change; a time is 2024-01-15T10:30:00Z, 2024-01-15, or how long ago: 30m, 2h, 7d.",
            "-o jsonl prints one object a line with the members sequence, time, run, kind (created, updated, deleted), "
                + "service, resourceType, accountId, region, resourceId, arn, name and diff; diff is a list of objects "
                + "with the members path, old and new, empty for what was created or deleted. Members that move by "
                + "themselves and the order of sets are no change, nor is the end of a resource's 90 days.",
        ],
        exitCodes: .daemon + [.notFound],
        examples: [
            .init("collectorctl changes --since 24h", "what happened since yesterday?"),
            .init("collectorctl changes -t ec2/security-group --kind updated -o jsonl", "every change of a firewall"),
        ]
    ) { session throws(CommandFailure) in
        var printer = try RecordPrinter(ChangeForm.form, session)
        let limit = session.arguments.number("limit") ?? .max
        var left = limit
        var parameters = ChangesParameters(
            filter: ChangeForm.selection(session.arguments),
            // With conditions nobody knows how many it takes to find so many.
            limit: session.style.conditions.isEmpty ? min(limit, pageSize) : pageSize)
        if let text = session.arguments.text("since") {
            switch try Moment.since(text, now: session.now) {
            case .sequence(let sequence): parameters.since = sequence
            case .time(let time): parameters.sinceTime = time
            }
        }
        var isFirst = true
        try session.stream(parameters) { page throws(CommandFailure) in
            if isFirst, let time = parameters.sinceTime, time < page.keptSince {
                session.note("the log reaches back to \(page.keptSince) only")
            }
            isFirst = false
            for change in page.changes where left > 0 {
                if try printer.print(change) { left -= 1 }
            }
            return left > 0
        }
        printer.finish()
        return .success
    }

    /// Changes a reply.
    private static let pageSize = 500
}
