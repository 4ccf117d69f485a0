import JSON

/// What `--filter` asks of a record: `state=running`, `data.State.Name!=stopped`, `resources>=100`.
struct FieldCondition: Sendable, Equatable {
    enum Comparison: String, CaseIterable, Sendable {
        // The longer ones first: they begin like the others.
        case notEqual = "!="
        case atMost = "<="
        case atLeast = ">="
        case equal = "="
        case less = "<"
        case greater = ">"
    }

    /// A column's name, then members of its document; elements of arrays are looked into.
    let path: [String]
    let comparison: Comparison
    let value: String

    /// `nil` for a text without a comparison or without a field.
    init?(_ text: String) {
        guard let start = text.firstIndex(where: { "=!<>".contains($0) }), start > text.startIndex else { return nil }
        let rest = text[start...]
        guard let comparison = Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else { return nil }
        path = text[..<start].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard !path.contains("") else { return nil }
        self.comparison = comparison
        value = String(rest.dropFirst(comparison.rawValue.count))
    }

    /// Whether it holds for what was found in the field: for any of the values; `!=` for all of them.
    func holds(for found: [String]) -> Bool {
        switch comparison {
        case .equal: found.contains { Self.matches(value[...], $0[...]) }
        case .notEqual: !found.contains { Self.matches(value[...], $0[...]) }
        case .less: found.contains { Self.precedes($0, value) }
        case .greater: found.contains { Self.precedes(value, $0) }
        case .atMost: found.contains { !Self.precedes(value, $0) }
        case .atLeast: found.contains { !Self.precedes($0, value) }
        }
    }

    /// Every value below `path` in a document, as text.
    static func values(at path: ArraySlice<String>, in document: JSONValue) -> [String] {
        if let elements = document.array { return elements.flatMap { values(at: path, in: $0) } }
        guard let name = path.first else {
            return document == .null ? [] : [document.string ?? document.text]
        }
        // A name may hold dots itself, as tags do: the longest that fits counts.
        for length in stride(from: path.count, to: 0, by: -1) {
            let joined = length == 1 ? name : path.prefix(length).joined(separator: ".")
            if let member = document[joined] { return values(at: path.dropFirst(length), in: member) }
        }
        return []
    }

    /// Numbers by value, other texts by their characters, which is right for times in ISO 8601 too.
    private static func precedes(_ first: String, _ second: String) -> Bool {
        if let first = Double(first), let second = Double(second) { return first < second }
        return first < second
    }

    /// Shell patterns of `*` and `?`. Goes back only to the last star, so its time is bounded by the product of lengths.
    private static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
        var (pattern, text) = (pattern, text)
        var retry: (pattern: Substring, text: Substring)?
        while !text.isEmpty {
            if pattern.first == "*" {
                pattern.removeFirst()
                retry = (pattern, text)
            } else if let next = pattern.first, next == "?" || next == text.first {
                pattern.removeFirst()
                text.removeFirst()
            } else if let last = retry {
                (pattern, text) = (last.pattern, last.text.dropFirst())
                retry = (pattern, text)
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == "*" }
    }
}

/// The conditions of `--filter` for records of one kind.
struct RecordFilter<Record>: Sendable {
    private struct Rule: Sendable {
        let condition: FieldCondition
        let column: RecordForm<Record>.Column
    }

    private let rules: [Rule]
    private let json: @Sendable (Record) -> JSONValue

    /// A usage error for a field that no record of this kind has.
    init(_ form: RecordForm<Record>, _ style: OutputStyle) throws(CommandFailure) {
        json = form.json
        var rules: [Rule] = []
        for condition in style.conditions {
            rules.append(Rule(condition: condition, column: try form.column(condition.path[0], option: "filter")))
        }
        self.rules = rules
    }

    func passes(_ record: Record) -> Bool {
        rules.allSatisfy { rule in
            let path = rule.condition.path
            guard path.count > 1 else { return rule.condition.holds(for: found(in: rule.column.cell(record))) }
            let whole = [rule.column.name] + path.dropFirst()
            return rule.condition.holds(for: FieldCondition.values(at: whole[...], in: json(record)))
        }
    }

    private func found(in cell: Cell) -> [String] { cell == .empty ? [] : [cell.exact] }
}
