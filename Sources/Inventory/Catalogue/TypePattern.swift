/// One word of a selection without its `!`.
struct TypePattern {
    private let word: String
    private let service: NamePattern
    /// `nil` for a word without `/`.
    private let kind: NamePattern?

    init(_ word: String) {
        self.word = word
        let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        service = NamePattern(parts.first ?? "")
        kind = parts.count > 1 ? NamePattern(parts[1]) : nil
    }

    /// The full names that the word means; opt-in types are easier to take away than to ask for.
    func names(in index: CatalogueIndex, excluding: Bool = false) -> [String] {
        if word == "core" { return Self.names(index.services) { $0.group == .core } }
        let takesOptIn = excluding || kind?.saysSomething ?? false
        if word == "all" { return Self.names(index.services) { takesOptIn || $0.group != .optIn } }
        let services = service.choose(from: index.services)
        guard let kind else { return Self.names(services) { takesOptIn || $0.group != .optIn } }
        return services.flatMap { service, entry in
            kind.choose(from: entry.types)
                .compactMap { takesOptIn || $1.group != .optIn ? "\(service)/\($0)" : nil }
        }
    }

    private static func names(
        _ services: [String: CatalogueIndex.ServiceEntry], where matches: (CatalogueIndex.TypeEntry) -> Bool
    ) -> [String] {
        services.flatMap { service, entry in
            entry.types.compactMap { matches($1) ? "\(service)/\($0)" : nil }
        }
    }
}

/// A name in which `*` stands for any characters and `?` for one.
private struct NamePattern {
    private let text: String
    private let bytes: [UInt8]
    private let isPlain: Bool

    init(_ text: Substring) {
        self.text = String(text)
        bytes = Array(text.utf8)
        isPlain = !bytes.contains(UInt8(ascii: "*")) && !bytes.contains(UInt8(ascii: "?"))
    }

    /// Whether it is more than `*`.
    var saysSomething: Bool { text != "*" }

    /// The entries whose names match.
    func choose<Value>(from entries: [String: Value]) -> [String: Value] {
        guard isPlain else { return entries.filter { matches($0.key.utf8) } }
        return entries[text].map { [text: $0] } ?? [:]
    }

    /// Names are ASCII, so that a byte is a character.
    private func matches(_ name: String.UTF8View) -> Bool {
        var at = name.startIndex
        var place = 0
        var star: (pattern: Int, name: String.Index)?
        while at < name.endIndex {
            if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
                star = (place, at)
                place += 1
            } else if place < bytes.count, bytes[place] == UInt8(ascii: "?") || bytes[place] == name[at] {
                place += 1
                at = name.index(after: at)
            } else if let back = star {
                let next = name.index(after: back.name)
                star = (back.pattern, next)
                place = back.pattern + 1
                at = next
            } else {
                return false
            }
        }
        return bytes[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
