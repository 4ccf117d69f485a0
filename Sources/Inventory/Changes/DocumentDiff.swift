import JSON

/// What two documents of one resource differ in, for people and programs that read the change log.
///
/// A JSON array of `{"path", "old", "new"}`. Paths name members (`State.Name`) and elements of lists that have an identity
/// (`Tags[Key=env].Value`) or are declared as sets (`Names[]`); other lists are told as a whole. What is not there is
/// `null`. Volatile members and the order of sets are no difference.
package struct DocumentDiff {
    /// Longer ones are told as both whole documents, so that an entry of the log stays small.
    static let sizeLimitInBytes = 64 << 10
    /// Both documents together; beyond it only the names of the members that differ are told.
    static let wholeLimitInBytes = 1 << 20
    /// As deep as documents are read; deeper ones are too large to tell.
    private static let limits = JSONLimits(sizeInBytes: 16 << 20, depth: 64)

    private let rules: MemberRules?
    private var output: [UInt8] = [UInt8(ascii: "[")]
    private var isFull = false

    private init(rules: MemberRules?) { self.rules = rules }

    /// The differences as JSON; `nil` when there are none that count. Documents that are no JSON are told as text.
    package static func json(old: [UInt8], new: [UInt8], rules: MemberRules?) -> [UInt8]? {
        if old == new { return nil }
        let before = value(old)
        let after = value(new)
        var diff = DocumentDiff(rules: rules)
        diff.compare(before, after, rules?.root, "")
        if diff.isFull { return whole(before, after, size: old.count + new.count) }
        guard diff.output.count > 1 else { return nil }
        diff.output.append(UInt8(ascii: "]"))
        return diff.output
    }

    private static func value(_ document: [UInt8]) -> JSONValue {
        (try? JSONValue.parse(document, limits: limits)) ?? .string(String(decoding: document, as: UTF8.self))
    }

    private static func whole(_ old: JSONValue, _ new: JSONValue, size: Int) -> [UInt8] {
        guard size > wholeLimitInBytes else { return JSONValue.array([entry("", old, new)]).serialized }
        let names = Set((old.members ?? []).map(\.key) + (new.members ?? []).map(\.key)).sorted()
        let changed = names.filter { old[$0]?.serialized != new[$0]?.serialized }
        return JSONValue.array(changed.map { entry($0, nil, nil) }).serialized
    }

    private static func entry(_ path: String, _ old: JSONValue?, _ new: JSONValue?) -> JSONValue {
        .object([.init("path", .string(path)), .init("old", old ?? .null), .init("new", new ?? .null)])
    }

    // MARK: Walking

    private mutating func emit(_ path: String, _ old: JSONValue?, _ new: JSONValue?) {
        if output.count > 1 { output.append(UInt8(ascii: ",")) }
        Self.entry(path, old, new).write(to: &output)
        if output.count > Self.sizeLimitInBytes { isFull = true }
    }

    private mutating func compare(_ old: JSONValue, _ new: JSONValue, _ node: Int?, _ path: String) {
        if isFull { return }
        if let node, let rules, rules.nodes[node].isVolatile { return }
        switch (old, new) {
        case (.object(let before), .object(let after)): members(before, after, node, path)
        case (.array(let before), .array(let after)): elements(before, after, node, path)
        default:
            if old.serialized != new.serialized { emit(path, old, new) }
        }
    }

    private mutating func members(
        _ old: [JSONValue.Member], _ new: [JSONValue.Member], _ node: Int?, _ path: String
    ) {
        let after = Dictionary(new.map { ($0.key, $0.value) }) { first, _ in first }
        let known = Set(old.map(\.key))
        for member in old {
            let child = self.child(node, member.key)
            let place = Self.place(path, member.key)
            if let value = after[member.key] {
                compare(member.value, value, child, place)
            } else if !isVolatile(child) {
                emit(place, member.value, nil)
            }
        }
        for member in new where !known.contains(member.key) {
            let child = self.child(node, member.key)
            if !isVolatile(child) { emit(Self.place(path, member.key), nil, member.value) }
        }
    }

    private mutating func elements(_ old: [JSONValue], _ new: [JSONValue], _ node: Int?, _ path: String) {
        let isSet = node.flatMap { node in rules?.nodes[node].isSet } ?? false
        let child = node.flatMap { node in rules?.nodes[node].every }
        let before = old.map { canonical($0, child) }
        let after = new.map { canonical($0, child) }
        if before == after { return }
        if isSet, Self.sorted(before) == Self.sorted(after) { return }
        if let key = ElementIdentity.member(old, new) {
            let mark = output.count
            identified(old, new, by: key, child, path)
            // Only the order differs, and it counts.
            if output.count == mark, !isFull { emit(path, .array(old), .array(new)) }
        } else if isSet {
            var left = Self.counts(after)
            for (value, form) in zip(old, before) where !Self.take(form, &left) { emit("\(path)[]", value, nil) }
            left = Self.counts(before)
            for (value, form) in zip(new, after) where !Self.take(form, &left) { emit("\(path)[]", nil, value) }
        } else {
            emit(path, .array(old), .array(new))
        }
    }

    private mutating func identified(
        _ old: [JSONValue], _ new: [JSONValue], by key: String, _ child: Int?, _ path: String
    ) {
        func id(_ element: JSONValue) -> String { element[key]?.string ?? "" }
        let after = Dictionary(new.map { (id($0), $0) }) { first, _ in first }
        let known = Set(old.map(id))
        for element in old {
            let place = "\(path)[\(key)=\(id(element))]"
            if let value = after[id(element)] {
                compare(element, value, child, place)
            } else {
                emit(place, element, nil)
            }
        }
        for element in new where !known.contains(id(element)) { emit("\(path)[\(key)=\(id(element))]", nil, element) }
    }

    // MARK: Forms

    /// The value with members sorted, sets sorted and volatile members left out: equal for what counts as equal.
    private func canonical(_ value: JSONValue, _ node: Int?) -> [UInt8] {
        switch value {
        case .object(let members):
            let kept = members.filter { !isVolatile(child(node, $0.key)) }
                .map { ($0.key, canonical($0.value, child(node, $0.key))) }
                .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
            return JSONValue.object(kept.map { .init($0.0, .raw($0.1)) }).serialized
        case .array(let elements):
            let every = node.flatMap { node in rules?.nodes[node].every }
            let isSet = node.flatMap { node in rules?.nodes[node].isSet } ?? false
            let forms = elements.map { canonical($0, every) }
            return JSONValue.array((isSet ? Self.sorted(forms) : forms).map(JSONValue.raw)).serialized
        default: return value.serialized
        }
    }

    private func child(_ node: Int?, _ name: String) -> Int? {
        guard let node, let rules else { return nil }
        let bytes = Array(name.utf8)
        return rules.child(of: node, member: bytes.span, 0, bytes.count)
    }

    private func isVolatile(_ node: Int?) -> Bool {
        guard let node, let rules else { return false }
        return rules.nodes[node].isVolatile
    }

    private static func sorted(_ forms: [[UInt8]]) -> [[UInt8]] { forms.sorted { $0.lexicographicallyPrecedes($1) } }

    private static func counts(_ forms: [[UInt8]]) -> [[UInt8]: Int] {
        forms.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    private static func take(_ form: [UInt8], _ left: inout [[UInt8]: Int]) -> Bool {
        guard let count = left[form], count > 0 else { return false }
        left[form] = count - 1
        return true
    }

    /// Names of AWS's members need no quotes; others, of maps, are written as JSON strings.
    private static func place(_ path: String, _ name: String) -> String {
        let isPlain =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        guard isPlain else { return "\(path)[\(JSONValue.string(name).text)]" }
        return path.isEmpty ? name : "\(path).\(name)"
    }
}

/// Finds what tells the elements of a list apart.
private enum ElementIdentity {
    /// AWS's usual names, in the order in which they are tried.
    private static let exact = ["Key", "key", "TagKey", "Id", "id", "Arn", "arn"]
    /// Ids before names, which may change.
    private static let endings = ["Id", "Identifier", "Arn", "ARN", "Name", "name"]
    /// They name what an element belongs to.
    private static let owners: Set = ["OwnerId", "RequesterId", "AccountId", "UserId", "VpcId", "SubnetId"]

    /// A member that is a string in every element and differs within each list; `nil` when there is none.
    static func member(_ old: [JSONValue], _ new: [JSONValue]) -> String? {
        guard let first = (old.first ?? new.first)?.members else { return nil }
        let names = first.map(\.key)
        let candidates =
            exact.filter(names.contains)
            + endings.flatMap { ending in names.filter { $0.hasSuffix(ending) && !owners.contains($0) } }
        return candidates.first { isIdentity($0, of: old) && isIdentity($0, of: new) }
    }

    private static func isIdentity(_ name: String, of elements: [JSONValue]) -> Bool {
        var seen: Set<String> = []
        return elements.allSatisfy { element in
            guard let id = element[name]?.string else { return false }
            return seen.insert(id).inserted
        }
    }
}
