/// What is special about members of a type's documents, as a tree that is walked along with the document.
///
/// Made once per type; immutable.
package struct MemberRules: Sendable {
    struct Node: Sendable {
        /// Left out of the digest.
        var isVolatile = false
        /// A list whose order means nothing.
        var isSet = false
        /// Replaced by a marker before storage.
        var isRedacted = false
        /// Rules of members by name, and of every element or value.
        var members: [(name: [UInt8], node: Int)] = []
        var every: Int?
    }

    private(set) var nodes = [Node()]

    /// - Parameter redactions: a path with `!` in front stays as it is below a redacted `[]`.
    init(volatile: [ResourceType.MemberPath], sets: [ResourceType.MemberPath], redactions: [ResourceType.MemberPath]) {
        for path in volatile { mark(path) { $0.isVolatile = true } }
        for path in sets { mark(path) { $0.isSet = true } }
        for path in redactions {
            if let kept = ResourceType.kept(path) {
                // A member's own node stands before the one of every value.
                mark(kept) { _ in }
            } else {
                mark(path) { $0.isRedacted = true }
            }
        }
    }

    /// The root of the document.
    var root: Int? { nodes.count > 1 ? 0 : nil }

    /// The node of a member below `node`.
    @inline(__always)
    func child(of node: Int?, member bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        guard let node else { return nil }
        for (name, child) in nodes[node].members where DocumentScanner.equal(bytes, start, end, name) { return child }
        return nodes[node].every
    }

    private mutating func mark(_ path: ResourceType.MemberPath, _ change: (inout Node) -> Void) {
        var node = 0
        for name in path {
            let bytes = Array(name.utf8)
            let known = name == "[]" ? nodes[node].every : nodes[node].members.first { $0.name == bytes }?.node
            if let known {
                node = known
                continue
            }
            nodes.append(Node())
            let added = nodes.count - 1
            if name == "[]" { nodes[node].every = added } else { nodes[node].members.append((bytes, added)) }
            node = added
        }
        change(&nodes[node])
    }
}
