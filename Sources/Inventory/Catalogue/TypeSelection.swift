/// Which resource types are collected: the result of words such as `core !ec2/snapshot rds/*`.
package struct TypeSelection: Sendable, Equatable {
    /// Names of the types whose resources are stored, sorted.
    package private(set) var types: [String]
    /// Names of types that are only listed because a selected child needs their resources, sorted; nothing of them is
    /// stored.
    package private(set) var listedOnly: [String]

    /// Applies the words in their order; later ones win.
    ///
    /// - `core`: what every estate uses; `all`: everything but the opt-in types.
    /// - `ec2`, `ec2/snapshot`, and patterns with `*` and `?` over either part: `rds/*`, `*/policy`, `cloud*`.
    /// - `!` in front takes away. A list that starts with `!` starts from `core`, as does an empty one.
    ///
    /// Opt-in types (unbounded, data plane, personal) come only by their full name or by a pattern that says more of
    /// the kind than `*`. A word that matches nothing throws `CatalogueError.unknownWord`.
    package init(words: [String], in index: CatalogueIndex) throws(CatalogueError) {
        var selected: Set<String> = []
        if words.first?.hasPrefix("!") ?? true { selected.formUnion(TypePattern("core").names(in: index)) }
        for word in words {
            let isExclusion = word.hasPrefix("!")
            let names = TypePattern(isExclusion ? String(word.dropFirst()) : word).names(
                in: index, excluding: isExclusion)
            guard !names.isEmpty else {
                throw .unknownWord(word, suggestion: Self.suggestion(for: word, in: index))
            }
            if isExclusion { selected.subtract(names) } else { selected.formUnion(names) }
        }
        types = selected.sorted()
        listedOnly = Self.parents(of: selected, in: index).subtracting(selected).sorted()
    }

    /// The types that a word without `!` matches, opt-in ones too, sorted; a word that matches nothing throws
    /// `CatalogueError.unknownWord`.
    package static func matching(_ word: String, in index: CatalogueIndex) throws(CatalogueError) -> [String] {
        let names = TypePattern(word).names(in: index, excluding: true)
        guard !names.isEmpty else { throw .unknownWord(word, suggestion: suggestion(for: word, in: index)) }
        return names.sorted()
    }

    /// All ancestors of the types.
    private static func parents(of types: Set<String>, in index: CatalogueIndex) -> Set<String> {
        var found: Set<String> = []
        for type in types {
            var name = type
            while let parent = index.type(name)?.parent, let slash = name.firstIndex(of: "/") {
                name = "\(name[...slash])\(parent)"
                guard found.insert(name).inserted else { break }
            }
        }
        return found
    }

    private static func suggestion(for word: String, in index: CatalogueIndex) -> String? {
        let mark = word.hasPrefix("!") ? "!" : ""
        let plain = String(word.dropFirst(mark.count))
        let known = plain.contains("/") ? index.typeNames() : ["core", "all"] + index.services.keys.sorted()
        return Suggestion.nearest(to: plain, in: known).map { mark + $0 }
    }
}
