/// The IAM actions that listing a selection of types takes.
package struct SelectedActions: Sendable, Equatable {
    /// All of them.
    package private(set) var actions: Set<String> = []
    /// Those that no reference of IAM names.
    package private(set) var guessed: Set<String> = []

    /// - Parameter regions: where an account is listed, `Scope.global` among them; `nil` for wherever AWS has it.
    ///
    /// Parents that are only listed for their children take the action of the list operation alone. Throws what
    /// `TypeSelection` and reading the catalogue throw.
    package init(words: [String], in catalogue: Catalogue, regions: [String]?) throws(CatalogueError) {
        let selection = try TypeSelection(words: words, in: catalogue.index)
        for (names, isListedOnly) in [(selection.types, false), (selection.listedOnly, true)] {
            let services = Dictionary(grouping: names) { String($0.prefix { $0 != "/" }) }
            for (name, types) in services {
                if let regions, !regions.contains(where: { catalogue.isOffered(name, in: $0) }) { continue }
                add(types, of: try catalogue.glance(at: name), isListedOnly: isListedOnly)
            }
        }
    }

    private mutating func add(_ names: [String], of service: CatalogueService, isListedOnly: Bool) {
        let wanted = Set(names)
        for type in service.types where wanted.contains(type.name) {
            let needed = isListedOnly ? service.actions(of: type.operation, in: type) : type.actions
            actions.formUnion(needed)
            guessed.formUnion(service.guessedActions(of: type).filter(needed.contains))
        }
    }
}
