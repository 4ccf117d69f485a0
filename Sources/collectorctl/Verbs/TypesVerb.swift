import Control

/// `collectorctl types`.
enum TypesVerb {
    static let verb = Verb(
        "types", operands: [Operand("SERVICE|TYPE", .serviceOrType, isRequired: false, repeats: true)],
        options: [Option("selected", help: "only types that the configuration selects")],
        summary: "Describe resource types: how they are listed, what that needs of IAM, how they are stored",
        details: [
            "Operands may hold * and ?: rds/*, */policy. Without one every type is described.",
            "The key says what becomes the stored id: id is the bare identifier, arn the ARN, qualified is "
                + "kind/parent ids/id. In paths ^ is the parent's item, % the reply of the detail call, @ the item itself.",
            "guessedActions are IAM actions that no reference of IAM names; they are called like the operation.",
        ],
        exitCodes: .daemon + [.notFound],
        examples: [
            .init("collectorctl types ec2 --selected", "what of EC2 is collected?"),
            .init("collectorctl types lambda/function -o json", "everything known of a type"),
            .init("collectorctl types --selected -o name", "names for a script"),
        ]
    ) { session throws(CommandFailure) in
        var printer = try RecordPrinter(form, session)
        let patterns = session.arguments.operands
        let parameters = TypesParameters(
            patterns: patterns.isEmpty ? nil : patterns, selected: session.arguments.flag("selected") ? true : nil)
        try session.stream(parameters) { reply throws(CommandFailure) in
            for type in reply.types { try printer.print(type) }
            return true
        }
        printer.finish()
        return .success
    }

    private static let form = RecordForm<TypeDescription>(
        columns: [
            .init("type", "TYPE") { .text($0.type) },
            .init("group", "GROUP") { .text($0.group) },
            .init("selected", "SELECTED") { .text($0.selected ? "yes" : "no") },
            .init("key", "KEY") { .text($0.key) },
            .init("parent", "PARENT") { Cell($0.parent) },
            .init("operation", "LIST") { .text($0.operation) },
            .init("followUps", "THEN") { Cell($0.followUps.isEmpty ? nil : $0.followUps.joined(separator: " ")) },
            .init("actions", "IAM ACTIONS", isExtra: true) { .text($0.actions.joined(separator: " ")) },
            .init("guessedActions", "GUESSED", isExtra: true) { list($0.guessedActions) },
            .init("id", "ID", isExtra: true) { .text($0.id) },
            .init("arn", "ARN", isExtra: true) { Cell($0.arn) },
            .init("name", "NAME", isExtra: true) { Cell($0.name) },
            .init("tags", "TAGS", isExtra: true) { Cell($0.tags) },
            .init("tagOperation", "TAGS BY", isExtra: true) { Cell($0.tagOperation) },
            .init("redacted", "REDACTED", isExtra: true) { list($0.redacted) },
            .init("volatile", "VOLATILE", isExtra: true) { list($0.volatile) },
            .init("global", "SCOPE", isExtra: true) { .text($0.isGlobal ? "global" : "regional") },
            .init("cloudFormation", "CLOUDFORMATION", isExtra: true) { Cell($0.cloudFormation) },
        ],
        name: \.type, json: \.wire)

    private static func list(_ texts: [String]) -> Cell { Cell(texts.isEmpty ? nil : texts.joined(separator: " ")) }
}
