import Control
import JSON

/// `collectorctl metadata`.
enum MetadataVerb {
    static let verb = Verb(
        "metadata", options: [Option("service", "s", takes: .service, "NAME", help: "only this service")],
        summary: "Show how fresh and how whole the inventory is, per service, account and region",
        details: [
            "-o json prints {\"lastUpdate\", \"service\", \"units\"}: lastUpdate is the newest updatedAt of the units, "
                + "null when there is none."
        ],
        exitCodes: .daemon + [.notFound],
        examples: [
            .init("collectorctl metadata --service ec2", "how fresh is ec2?"),
            .init("collectorctl metadata --sort updatedAt", "the stalest first"),
        ]
    ) { session throws(CommandFailure) in
        let parameters = MetadataParameters(service: session.arguments.text("service"))
        if session.style.format == .json {
            try printDocument(parameters, session)
        } else {
            var printer = try RecordPrinter(form, session)
            try session.stream(parameters) { reply throws(CommandFailure) in
                for unit in reply.units { try printer.print(unit) }
                return true
            }
            printer.finish()
        }
        return .success
    }

    private static func printDocument(_ parameters: MetadataParameters, _ session: Session) throws(CommandFailure) {
        var document = StreamedDocument(style: session.style)
        let filter = try RecordFilter(form, session.style)
        try session.stream(parameters) { reply throws(CommandFailure) in
            let text = document.add(reply.units.filter(filter.passes).map(\.wire), to: "units") {
                [
                    .init("lastUpdate", reply.lastUpdate?.wire ?? .null),
                    .init("service", parameters.service?.wire ?? .null),
                ]
            }
            session.output.write(text)
            return true
        }
        session.output.write(document.finish())
    }

    private static let form = RecordForm<UnitMetadata>(
        columns: [
            .init("service", "SERVICE") { .text($0.service) },
            .init("accountId", "ACCOUNT") { .text($0.accountID) },
            .init("region", "REGION") { .text($0.region) },
            .init("resourceCount", "RESOURCES", isNumber: true) { .number($0.resourceCount) },
            .init("status", "STATUS") { .styled($0.status, style(of: $0.status)) },
            .init("updatedAt", "UPDATED") { Cell($0.updatedAt) },
            .init("lastAttemptAt", "TRIED", isExtra: true) { .time($0.lastAttemptAt) },
            .init("lastGoodAt", "LAST GOOD", isExtra: true) { Cell($0.lastGoodAt) },
            .init("outcomes", "PROBLEMS", isExtra: true) { Cell(problems(of: $0)) },
        ],
        name: { "\($0.service)#\($0.accountID)#\($0.region)" }, json: \.wire)

    private static func style(of status: String) -> Style {
        switch status {
        case "ok": .good
        case "partial": .warning
        default: .bad
        }
    }

    /// `ec2/instance denied`, for the types whose last listing did not end as it should.
    private static func problems(of unit: UnitMetadata) -> String? {
        let bad = unit.outcomes.filter { !ListingOutcome.isGood($0.outcome, hasError: $0.error != nil) }
        return bad.isEmpty ? nil : bad.map { "\($0.type) \($0.outcome)" }.joined(separator: ", ")
    }
}
