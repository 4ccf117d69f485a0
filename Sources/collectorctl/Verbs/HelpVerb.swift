/// `collectorctl help`.
enum HelpVerb {
    static let verb = Verb(
        "help", operands: [Operand("VERB", .verb, isRequired: false, repeats: true)],
        summary: "Explain a verb, or list them all",
        examples: [.init("collectorctl help refresh", "how does refresh work?")]
    ) { session throws(CommandFailure) in
        session.output.write(try HelpText(verbs: VerbTable.all).page(for: session.arguments.operands))
        return .success
    }
}
