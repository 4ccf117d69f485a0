import Control

/// `collectorctl list`.
enum ListVerb {
    static let verb = Verb(
        "list", operands: [Operand("SERVICE|TYPE", .serviceOrType, isRequired: false)],
        options: [
            Option("account", "a", takes: .account, "ID", help: "only this account"),
            Option("region", "r", takes: .region, "NAME", help: "only this region; global for global services"),
            Option("name", takes: .text, "NAME", help: "only resources of exactly this name"),
            Option("tag", takes: .assignment, "NAME=VALUE", repeats: true, help: "only resources with this tag"),
            Option("at", takes: .text, "TIME", help: "as the inventory was then (embedded store only)"),
            Option("limit", "n", takes: .number(1...Int.max), "N", help: "no more than so many"),
        ],
        summary: "List stored resources",
        details: [
            "A word with a slash is a resource type (ec2/instance), one without is a service (ec2).",
            "-o jsonl prints one object a line with the members service, resourceType, accountId, region, resourceId, "
                + "arn, name, tags, updatedAt, ttl and data; arn and name are null where there is none. Output is "
                + "streamed: memory does not grow with the inventory.",
            "TIME is 2024-01-15T10:30:00Z, 2024-01-15, or how long ago (30m, 2h, 7d), at most 90 days.",
        ],
        exitCodes: .daemon + [.notFound],
        examples: [
            .init("collectorctl list ec2/instance --tag env=prod", "instances with a tag"),
            .init("collectorctl list ec2/instance --filter data.State.Name=stopped", "by any member of the resource"),
            .init("collectorctl list s3 -o csv --columns accountId,name", "the buckets, for a spreadsheet"),
            .init("collectorctl list iam --at 24h", "what IAM was like yesterday"),
            .init("collectorctl list -o jsonl | jq -r .arn", "the ARN of everything"),
        ]
    ) { session throws(CommandFailure) in
        var printer = try RecordPrinter(ResourceForm.form, session)
        let limit = session.arguments.number("limit") ?? .max
        var left = limit
        // With conditions nobody knows how many it takes to find so many.
        let page = session.style.conditions.isEmpty ? min(limit, pageSize) : pageSize
        try session.stream(parameters(session, limit: page)) { page throws(CommandFailure) in
            for resource in page.resources where left > 0 {
                if try printer.print(resource) { left -= 1 }
            }
            return left > 0
        }
        printer.finish()
        return .success
    }

    /// Resources a reply: one or two megabytes.
    private static let pageSize = 500

    private static func parameters(_ session: Session, limit: Int) throws(CommandFailure) -> ListParameters {
        let arguments = session.arguments
        let word = arguments.operands.first
        let isType = word?.contains("/") ?? false
        var tags: [String: String]?
        for text in arguments.list("tag") ?? [] {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard tags?[parts[0]] == nil else {
                throw CommandFailure(.usage, "--tag \(parts[0]) is given twice; no resource can have both values")
            }
            tags = (tags ?? [:]).merging([parts[0]: parts[1]]) { $1 }
        }
        var at: Timestamp?
        if let text = arguments.text("at") { at = try Moment.time(text, option: "at", now: session.now) }
        return ListParameters(
            service: isType ? nil : word, type: isType ? word : nil, account: arguments.text("account"),
            region: arguments.text("region"), name: arguments.text("name"), tags: tags, limit: limit,
            at: at)
    }
}
