import JSON

/// The text forms of paths and selectors in catalogue files (the generator's README describes them).
enum CataloguePath {
    /// `A.B[].C` as `["A", "B", "[]", "C"]`.
    static func members(_ text: String) -> ResourceType.MemberPath {
        var path: [String] = []
        for part in text.split(separator: ".") {
            var name = part
            var depth = 0
            while name.hasSuffix("[]") {
                name = name.dropLast(2)
                depth += 1
            }
            if !name.isEmpty { path.append(String(name)) }
            path.append(contentsOf: repeatElement("[]", count: depth))
        }
        return path
    }

    /// `Reservations[].Instances[]`; `nil` when it does not end in a list.
    static func items(_ text: String) -> ResourceType.ItemPath? {
        guard text.hasSuffix("[]") else { return nil }
        var steps: [[String]] = [[]]
        for member in members(text) {
            if member == "[]" { steps.append([]) } else { steps[steps.count - 1].append(member) }
        }
        steps.removeLast()
        return steps.contains([]) ? nil : ResourceType.ItemPath(steps: steps)
    }

    /// A text of alternatives joined by ` || `, or an array of such texts (a composite).
    static func selector(_ json: JSONValue) -> ResourceType.Selector? {
        guard let texts = json.string.map({ [$0] }) ?? json.strings, !texts.isEmpty else { return nil }
        var parts: [[ResourceType.Selector.Path]] = []
        for text in texts {
            var paths: [ResourceType.Selector.Path] = []
            for alternative in alternatives(text) {
                guard let path = path(alternative) else { return nil }
                paths.append(path)
            }
            parts.append(paths)
        }
        return ResourceType.Selector(parts: parts)
    }

    /// Splits at ` || `.
    private static func alternatives(_ text: String) -> [Substring] {
        var found: [Substring] = []
        var words: [Substring] = []
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if word == "||" {
                found.append(words.first ?? "")
                words = []
            } else {
                words.append(word)
            }
        }
        return found + [words.first ?? ""]
    }

    /// `Member.Member`, `@`, with `^` (ancestor), `%` (detail) or `$` (input) in front, `~` behind.
    private static func path(_ text: Substring) -> ResourceType.Selector.Path? {
        var rest = text
        let lastSegment = rest.hasSuffix("~")
        if lastSegment { rest = rest.dropLast() }
        var origin = ResourceType.Selector.Origin.item
        let level = rest.prefix { $0 == "^" }.count
        if level > 0 {
            origin = .ancestor(level)
            rest = rest.dropFirst(level)
        } else if rest.hasPrefix("%") {
            origin = .detail
            rest = rest.dropFirst()
        } else if rest.hasPrefix("$") {
            origin = .input
            rest = rest.dropFirst()
        }
        guard !rest.isEmpty else { return nil }
        let members = rest == "@" ? [] : rest.split(separator: ".").map(String.init)
        return ResourceType.Selector.Path(origin: origin, members: members, lastSegment: lastSegment)
    }
}
