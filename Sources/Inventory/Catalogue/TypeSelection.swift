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
        let names = index.typeNames.compactMap { name in index.type(name).map { Candidate(name, $0.group) } }
        var selected: Set<String> = []
        if words.first?.hasPrefix("!") ?? true {
            selected = Set(names.filter { $0.group == .core }.map(\.name))
        }
        for word in words {
            let isExclusion = word.hasPrefix("!")
            let pattern = TypePattern(isExclusion ? String(word.dropFirst()) : word)
            let matches = names.filter { pattern.matches($0.service, $0.kind, $0.group, excluding: isExclusion) }
            guard !matches.isEmpty else {
                throw .unknownWord(word, suggestion: Self.suggestion(for: word, in: index))
            }
            if isExclusion {
                selected.subtract(matches.map(\.name))
            } else {
                selected.formUnion(matches.map(\.name))
            }
        }
        types = selected.sorted()
        listedOnly = Self.parents(of: selected, in: index).subtracting(selected).sorted()
    }

    private struct Candidate {
        var name: String
        var service: Substring
        var kind: Substring
        var group: ResourceType.Group

        init(_ name: String, _ group: ResourceType.Group) {
            let slash = name.firstIndex(of: "/") ?? name.startIndex
            self.name = name
            service = name[..<slash]
            kind = name[slash...].dropFirst()
            self.group = group
        }
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
        let known = plain.contains("/") ? index.typeNames : ["core", "all"] + index.services.keys.sorted()
        return Suggestion.nearest(to: plain, in: known).map { mark + $0 }
    }
}

/// One word of a selection without its `!`.
private struct TypePattern {
    private let word: String
    private let service: [Character]
    private let kind: [Character]?

    init(_ word: String) {
        self.word = word
        let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        service = Array(parts.first ?? "")
        kind = parts.count > 1 ? Array(parts[1]) : nil
    }

    func matches(
        _ service: Substring, _ kind: Substring, _ group: ResourceType.Group, excluding: Bool
    ) -> Bool {
        if word == "core" { return group == .core }
        if word == "all" { return excluding || group != .optIn }
        guard Self.matches(Array(service), self.service) else { return false }
        guard let pattern = self.kind else { return excluding || group != .optIn }
        guard Self.matches(Array(kind), pattern) else { return false }
        return excluding || group != .optIn || pattern != ["*"]
    }

    /// `*` stands for any characters, `?` for one.
    private static func matches(_ text: [Character], _ pattern: [Character]) -> Bool {
        var at = 0
        var place = 0
        var star: (pattern: Int, text: Int)?
        while at < text.count {
            if place < pattern.count, pattern[place] == "*" {
                star = (place, at)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[at] {
                place += 1
                at += 1
            } else if let back = star {
                star = (back.pattern, back.text + 1)
                place = back.pattern + 1
                at = back.text + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
