/// `collectorctl manual`.
enum ManualVerb {
    /// The pages this program makes. The daemon makes its own: `inventory-collectord --manual`.
    private static let pages = ["collectorctl.1", "inventory-collector.varlink.7"]

    static let verb = Verb(
        "manual", operands: [Operand("PAGE", .choice(pages))],
        summary: "Print a manual page in the form that man(1) reads",
        details: ["Packages install these pages; this is for machines without them."],
        examples: [.init("collectorctl manual collectorctl.1 | man -l -", "read this manual")]
    ) { session throws(CommandFailure) in
        switch session.arguments.operands[0] {
        case "collectorctl.1": session.output.write(CollectorctlPage(verbs: VerbTable.all).text)
        default: session.output.write(InterfacePage.text)
        }
        return .success
    }
}
