import JSON

/// What the types below a parent need of its items: the members that their selectors pick, and nothing else. Made once per
/// listing from the catalogue's entries; immutable.
package struct ParentProjection: Sendable {
    /// A member on the way to what is picked.
    private struct Node {
        var name: [UInt8] = []
        /// Picked whole, whatever it holds.
        var isPicked = false
        var members: [Node] = []
    }

    private var root = Node()
    /// Every picked path as text, sorted.
    private let paths: [String]
    /// `false` where something that is picked may hold what the catalogue declares redacted: then nothing of the items
    /// may be written down, whether the operator has redaction on or off.
    package let isStorable: Bool

    /// - Parameter types: those of the service, parent and children among them.
    package init(of type: ResourceType, in types: [ResourceType]) {
        let picked = Self.picked(of: type, in: types)
        for path in picked { Self.pick(path[...], &root) }
        paths = picked.map { $0.joined(separator: "\u{1}") }.sorted()
        // The identifier is kept beside the item.
        let named = picked + type.id.parts.joined().filter { $0.origin != .input }.map(\.members)
        isStorable = named.allSatisfy { path in
            // A bare item is a member of its document.
            let place = path.isEmpty ? [type.itemMember ?? BareItem.member] : path
            return !type.redactions.contains { Self.overlap(place, $0) }
        }
    }

    /// What is left of an item; `nil` when all of it is picked and it is no string, so that nobody can tell what is in it.
    func apply(to item: [UInt8]) -> [UInt8]? {
        guard item.first == UInt8(ascii: "{") else { return root.isPicked ? item : Array("null".utf8) }
        guard !root.isPicked else { return nil }
        var kept = ByteBuffer(capacity: 128)
        Self.append(root, of: item.span, from: 0, to: &kept)
        return kept.bytes()
    }

    /// Makes positions differ between listings that keep different members.
    func add(to hash: inout StableHash) { for path in paths { hash.add(path) } }

    // MARK: Selectors

    /// The paths that types below `type` look at in its items.
    private static func picked(of type: ResourceType, in types: [ResourceType]) -> Set<[String]> {
        var paths: Set<[String]> = []
        var kinds: Set<String> = [type.kind]
        var level = 1
        // No chain of parents is longer than there are types.
        while !kinds.isEmpty, level <= types.count {
            let below = types.filter { each in each.parent.map { kinds.contains($0.kind) } ?? false }
            for each in below { paths.formUnion(each.looks(up: level)) }
            kinds = Set(below.map(\.kind))
            level += 1
        }
        return paths
    }

    private static func pick(_ path: ArraySlice<String>, _ node: inout Node) {
        guard let name = path.first.map({ Array($0.utf8) }) else {
            node.isPicked = true
            return
        }
        let index = node.members.firstIndex { $0.name == name } ?? node.members.count
        if index == node.members.count { node.members.append(Node(name: name)) }
        pick(path.dropFirst(), &node.members[index])
    }

    /// Whether one of the paths leads into, or to, what is below the other.
    private static func overlap(_ path: [String], _ redaction: ResourceType.MemberPath) -> Bool {
        zip(path, redaction).allSatisfy { $0 == $1 || $1 == "[]" }
    }

    // MARK: Items

    private static func append(_ node: Node, of item: Span<UInt8>, from start: Int, to out: inout ByteBuffer) {
        out.append(UInt8(ascii: "{"))
        var isFirst = true
        for member in node.members {
            guard let range = DocumentScanner.member(member.name, of: item, from: start),
                member.isPicked || item[range.lowerBound] == UInt8(ascii: "{")
            else { continue }
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            out.append(UInt8(ascii: "\""))
            out.append(member.name)
            out.append("\":")
            if member.isPicked {
                out.append(item.extracting(range))
            } else {
                append(member, of: item, from: range.lowerBound, to: &out)
            }
        }
        out.append(UInt8(ascii: "}"))
    }
}

extension ResourceType {
    /// The paths that this type's selectors take in the item so many levels above its own; 1 is the parent's.
    fileprivate func looks(up level: Int) -> [[String]] {
        var own = [id]
        own += arn?.selector.map { [$0] } ?? []
        own += displayName.map { [$0] } ?? []
        for followUp in enrichments + (detail.map { [$0] } ?? []) {
            own += followUp.inputs.map(\.from) + (followUp.region.map { [$0] } ?? [])
        }
        func paths(_ selectors: [Selector], _ isMeant: (Selector.Origin) -> Bool) -> [[String]] {
            selectors.flatMap(\.parts).joined().filter { isMeant($0.origin) }.map(\.members)
        }
        // In a child's parameters the item is the parent's, and the ancestors are the parent's.
        return paths(own) { $0.ancestor == level }
            + paths(parent?.inputs.map(\.from) ?? []) { ($0 == .item ? 0 : $0.ancestor ?? -1) + 1 == level }
    }
}

extension ResourceType.Selector.Origin {
    /// How many levels up; `nil` for what is not an ancestor's.
    fileprivate var ancestor: Int? {
        if case .ancestor(let levels) = self { max(levels, 1) } else { nil }
    }
}
