import JSON

/// The members of one entry of a catalogue file, read by name with errors that say which.
struct CatalogueEntry {
    /// `types.instance`, for errors.
    let name: String
    let members: [JSONValue.Member]

    /// Refuses members that no one would read: they are spelling mistakes.
    init(_ json: JSONValue, name: String, known: Set<String>) throws(CatalogueEntryError) {
        guard let members = json.members else {
            throw CatalogueEntryError(entry: name, reason: "an object is expected")
        }
        self.name = name
        self.members = members
        for member in members where !known.contains(member.key) {
            let hint = Suggestion.nearest(to: member.key, in: known.sorted()).map { "; did you mean \"\($0)\"?" } ?? ""
            throw CatalogueEntryError(entry: "\(name).\(member.key)", reason: "no such member\(hint)")
        }
    }

    subscript(key: String) -> JSONValue? { members.first { $0.key == key }?.value }

    func failure(_ key: String, _ reason: String) -> CatalogueEntryError {
        CatalogueEntryError(entry: "\(name).\(key)", reason: reason)
    }

    func text(_ key: String) throws(CatalogueEntryError) -> String {
        guard let value = try optionalText(key) else { throw failure(key, "is missing") }
        return value
    }

    func optionalText(_ key: String) throws(CatalogueEntryError) -> String? {
        try optional(key, "a text") { $0.string }
    }

    func texts(_ key: String) throws(CatalogueEntryError) -> [String] {
        try optional(key, "an array of texts") { $0.strings } ?? []
    }

    func paths(_ key: String) throws(CatalogueEntryError) -> [ResourceType.MemberPath] {
        try texts(key).map(CataloguePath.members)
    }

    func items(_ key: String) throws(CatalogueEntryError) -> ResourceType.ItemPath? {
        try optional(key, "a path to a list, such as \"Items[]\"") { $0.string.flatMap(CataloguePath.items) }
    }

    func selector(_ key: String) throws(CatalogueEntryError) -> ResourceType.Selector? {
        try optional(key, "a path, or an array of paths") { CataloguePath.selector($0) }
    }

    /// Input member to where its value stands, in the file's order.
    func inputs(_ key: String) throws(CatalogueEntryError) -> [(member: String, from: ResourceType.Selector)] {
        var inputs: [(member: String, from: ResourceType.Selector)] = []
        for member in try optional(key, "an object", { $0.members }) ?? [] {
            guard let selector = CataloguePath.selector(member.value) else {
                throw failure("\(key).\(member.key)", "a path is expected")
            }
            inputs.append((member.key, selector))
        }
        return inputs
    }

    /// The elements of an array, each with its name for errors.
    func elements(_ key: String) throws(CatalogueEntryError) -> [(name: String, value: JSONValue)] {
        let elements = try optional(key, "an array") { $0.array } ?? []
        return elements.enumerated().map { ("\(name).\(key)[\($0.offset)]", $0.element) }
    }

    func optional<Value>(
        _ key: String, _ expected: String, _ read: (JSONValue) -> Value?
    ) throws(CatalogueEntryError) -> Value? {
        guard let json = self[key] else { return nil }
        guard let value = read(json) else { throw failure(key, "\(expected) is expected") }
        return value
    }
}

/// What is wrong with an entry; the file is added where it is known.
struct CatalogueEntryError: Error, Equatable {
    var entry: String
    var reason: String
}
