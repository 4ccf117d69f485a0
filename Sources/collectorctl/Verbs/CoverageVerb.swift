import Control
import JSON

/// `collectorctl coverage`.
enum CoverageVerb {
    static let verb = Verb(
        "coverage", operands: [Operand("RUN", .run, isRequired: false)],
        options: [Option("all", help: "in tables, the listings without problems too")],
        summary: "Account for every listing of a run (default: the newest): what was seen, and what was not and why",
        details: [
            "A listing is one resource type in one account and region. The outcomes add up to the plan. "
                + "-o json prints {\"run\", \"planned\", \"outcomes\", \"listings\"}; every listing has type, account, "
                + "region, outcome, error and count."
        ],
        exitCodes: .daemon + [.notFound],
        examples: [
            .init("collectorctl coverage", "what did the newest run miss?"),
            .init("collectorctl coverage -o json | jq .outcomes", "the outcomes in numbers"),
        ]
    ) { session throws(CommandFailure) in
        let parameters = CoverageParameters(run: session.arguments.operands.first)
        switch session.style.format {
        case .json: try printDocument(parameters, session)
        case .table: try printTable(parameters, session)
        case .wide, .jsonl, .csv, .name: try printRows(parameters, session)
        }
        return .success
    }

    private static func printDocument(_ parameters: CoverageParameters, _ session: Session) throws(CommandFailure) {
        var document = StreamedDocument(style: session.style)
        let filter = try RecordFilter(form, session.style)
        try session.stream(parameters) { reply throws(CommandFailure) in
            let text = document.add(reply.listings.filter(filter.passes).map(Self.document), to: "listings") {
                [
                    .init("run", reply.run.wire), .init("planned", reply.planned.wire),
                    .init("outcomes", reply.outcomes.wire),
                ]
            }
            session.output.write(text)
            return true
        }
        session.output.write(document.finish())
    }

    private static func printRows(_ parameters: CoverageParameters, _ session: Session) throws(CommandFailure) {
        var printer = try RecordPrinter(form, session)
        try session.stream(parameters) { reply throws(CommandFailure) in
            for listing in reply.listings { try printer.print(listing) }
            return true
        }
        printer.finish()
    }

    private static func printTable(_ parameters: CoverageParameters, _ session: Session) throws(CommandFailure) {
        var printer = try RecordPrinter(form, session)
        let showsAll = session.arguments.flag("all")
        var head: String?
        try session.stream(parameters) { reply throws(CommandFailure) in
            if head == nil {
                head =
                    "run \(TerminalText.escaped(reply.run)) \(reply.state.rawValue), \(reply.planned) listings: "
                    + "\(TerminalText.escaped(ListingOutcome.line(reply.outcomes)))\n"
                session.output.write(head ?? "")
            }
            for listing in reply.listings {
                let isGood = listing.outcome.map { ListingOutcome.isGood($0, hasError: listing.error != nil) } ?? false
                if showsAll || !isGood { try printer.print(listing) }
            }
            return true
        }
        printer.finish()
    }

    private static let form = RecordForm<ListingReport>(
        columns: [
            .init("type", "TYPE") { .text($0.type) },
            .init("account", "ACCOUNT") { .text($0.account) },
            .init("region", "REGION") { .text($0.region) },
            .init("outcome", "OUTCOME") { .styled($0.outcome ?? "running", ListingOutcome.style(of: $0.outcome)) },
            .init("count", "COUNT", isNumber: true) { .number($0.count) },
            .init("error", "ERROR") { Cell($0.error.map(text(of:))) },
        ],
        name: { "\($0.type)#\($0.account)#\($0.region)" }, json: document)

    /// Every member is there, null where there is nothing to tell.
    private static func document(_ listing: ListingReport) -> JSONValue {
        .object([
            .init("type", listing.type.wire), .init("account", listing.account.wire),
            .init("region", listing.region.wire), .init("outcome", listing.outcome?.wire ?? .null),
            .init("error", listing.error?.wire ?? .null), .init("count", listing.count.wire),
        ])
    }

    /// `DescribeInstances: UnauthorizedOperation: You are not …`.
    static func text(of fault: ListingFault) -> String {
        [fault.operation, fault.code, fault.message].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
