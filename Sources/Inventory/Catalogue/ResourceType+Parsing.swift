import JSON

extension ResourceType {
    private static let members: Set<String> = [
        "group", "operation", "items", "id", "arn", "arnTemplate", "key", "member", "name", "tags", "pages", "inputs",
        "parent", "detail", "enrichments", "redact", "volatile", "sets", "tagging", "actions",
        "cloudFormation",
    ]

    /// Reads `services.SERVICE.types.KIND` of a catalogue file.
    init(service: String, kind: String, json: JSONValue) throws(CatalogueEntryError) {
        let entry = try CatalogueEntry(json, name: "types.\(kind)", known: Self.members)
        guard let group = Group(rawValue: try entry.text("group")) else {
            throw entry.failure("group", "core, all or optIn is expected")
        }
        guard let key = KeyRule(rawValue: try entry.text("key")) else {
            throw entry.failure("key", "id, arn or qualified is expected")
        }
        guard let items = try entry.items("items") else { throw entry.failure("items", "is missing") }
        guard let id = try entry.selector("id") else { throw entry.failure("id", "is missing") }
        var enrichments: [FollowUp] = []
        for element in try entry.elements("enrichments") {
            enrichments.append(try FollowUp(json: element.value, name: element.name))
        }
        self.init(
            name: "\(service)/\(kind)", service: service, kind: kind, group: group,
            operation: try entry.text("operation"), items: items, id: id, arn: try Self.arn(entry), key: key,
            displayName: try entry.selector("name"), tags: try entry.texts("tags"),
            pagination: try entry["pages"].map { (json) throws(CatalogueEntryError) in
                try Pagination(json: json, name: "\(entry.name).pages")
            },
            inputs: try Self.constants(entry),
            parent: try entry["parent"].map { (json) throws(CatalogueEntryError) in
                try Parent(json: json, name: "\(entry.name).parent")
            },
            detail: try entry["detail"].map { (json) throws(CatalogueEntryError) in
                try FollowUp(json: json, name: "\(entry.name).detail")
            },
            enrichments: enrichments, redactions: try entry.paths("redact"), volatile: try entry.paths("volatile"),
            sets: try entry.paths("sets"), actions: try entry.texts("actions"),
            cloudFormationType: try entry.optionalText("cloudFormation"), itemMember: try entry.optionalText("member"),
            tagging: try entry.optionalText("tagging"))
    }

    private static func arn(_ entry: CatalogueEntry) throws(CatalogueEntryError) -> ARNRule? {
        let template = try entry.optionalText("arnTemplate")
        guard let selector = try entry.selector("arn") else { return template.map(ARNRule.template) }
        return template.map { .either(selector, template: $0) } ?? .selector(selector)
    }

    /// One set of constants for each call of the list operation; none means one call without any.
    private static func constants(_ entry: CatalogueEntry) throws(CatalogueEntryError) -> [ConstantInput] {
        var inputs: [ConstantInput] = []
        for element in try entry.elements("inputs") {
            let input = try CatalogueEntry(element.value, name: element.name, known: ["members", "onlyRegion"])
            let members = try input.optional("members", "an object") { $0.members }
            inputs.append(
                ConstantInput(members: .object(members ?? []), onlyRegion: try input.optionalText("onlyRegion")))
        }
        return inputs
    }
}

extension ResourceType.Pagination {
    init(json: JSONValue, name: String) throws(CatalogueEntryError) {
        let entry = try CatalogueEntry(json, name: name, known: ["in", "out", "more"])
        let inputs = try entry.texts("in")
        let outputs = try entry.texts("out").map(CataloguePath.members)
        guard !inputs.isEmpty, inputs.count == outputs.count else {
            throw entry.failure("out", "one output is expected for each input")
        }
        self.init(inputs: inputs, outputs: outputs, more: try entry.optionalText("more").map(CataloguePath.members))
    }
}

extension ResourceType.Parent {
    init(json: JSONValue, name: String) throws(CatalogueEntryError) {
        let entry = try CatalogueEntry(json, name: name, known: ["kind", "inputs"])
        self.init(kind: try entry.text("kind"), inputs: try entry.inputs("inputs"))
    }
}

extension ResourceType.FollowUp {
    private static let members: Set<String> = [
        "operation", "inputs", "constants", "path", "into", "ignore", "batch", "items", "match", "region",
    ]

    init(json: JSONValue, name: String) throws(CatalogueEntryError) {
        let entry = try CatalogueEntry(json, name: name, known: Self.members)
        let batch = try entry.optional("batch", "a number of at least 2") { json in
            json.int.flatMap { $0 > 1 ? $0 : nil }
        }
        let items = try entry.items("items")
        let match = try entry.optionalText("match").map(CataloguePath.members) ?? []
        guard (batch != nil) == (items != nil), (batch != nil) == !match.isEmpty else {
            throw entry.failure("batch", "batch, items and match belong together")
        }
        let constants = try entry.optional("constants", "an object") { $0.members } ?? []
        self.init(
            operation: try entry.text("operation"), constants: .object(constants), inputs: try entry.inputs("inputs"),
            path: try entry.optionalText("path").map(CataloguePath.members) ?? [],
            into: try entry.optionalText("into"), ignoredErrors: try entry.texts("ignore"), batchSize: batch ?? 1,
            items: items, match: match, region: try entry.selector("region"))
    }
}
