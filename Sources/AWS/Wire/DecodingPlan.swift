import JSON

/// A service's shapes prepared for reading: names as bytes, members found by hash, output keys ready to be copied.
///
/// Made once per service and shared; immutable.
package final class DecodingPlan: Sendable {
    enum Kind: UInt8, Sendable {
        case string, integer, float, boolean, blob, timestamp, document, jsonValue, policyDocument, list, map, structure
    }

    /// Bytes in `names`.
    struct Name: Sendable {
        var start: Int32
        var count: Int32
    }

    struct Node: Sendable {
        var kind: Kind
        var isFlattened = false
        /// Element of a list, value of a map.
        var element: Int32 = 0
        /// Name of a list's items or a map's values.
        var elementName = Name(start: 0, count: 0)
        var keyName = Name(start: 0, count: 0)
        /// Range in `members` of a structure.
        var firstMember: Int32 = 0
        var memberCount: Int32 = 0
        /// Range in `slots`: a power of two.
        var firstSlot: Int32 = 0
        var slotMask: Int32 = 0
        var hasAttributes = false
        var isUnion = false
        /// A document of the model's `document` trait, or a scalar it wraps.
        var isScalar: Bool { kind.rawValue < Kind.list.rawValue }

        /// Whether the member of that index belongs to this structure.
        @inline(__always)
        func has(_ member: Int) -> Bool { member >= Int(firstMember) && member < Int(firstMember + memberCount) }
    }

    struct Member: Sendable {
        /// On the wire, for flattened lists that of the item.
        var wireName: Name
        /// `"Name":`
        var key: Name
        var shape: Int32
        var isFlattened: Bool
        var isAttribute: Bool
    }

    let model: ServiceModel
    let nodes: [Node]
    let members: [Member]
    let names: [UInt8]
    private let slots: [Int32]

    package init(model: ServiceModel) {
        var builder = Builder(model: model)
        builder.build()
        self.model = model
        nodes = builder.nodes
        members = builder.members
        names = builder.names
        slots = builder.slots
    }

    /// The member of `node` with that wire name; members that travel outside the body are not found.
    @inline(__always)
    func member(of node: Node, named bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        guard node.memberCount > 0, end > start else { return nil }
        var slot = Self.hash(bytes, start, end) & Int(node.slotMask)
        while true {
            let index = Int(slots[Int(node.firstSlot) + slot])
            if index < 0 { return nil }
            if matches(members[index].wireName, bytes, start, end) { return index }
            slot = (slot + 1) & Int(node.slotMask)
        }
    }

    @inline(__always)
    func matches(_ name: Name, _ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard Int(name.count) == end - start else { return false }
        return names.withUnsafeBufferPointer {
            ByteScan.equal(bytes, start, $0.span, Int(name.start), count: end - start)
        }
    }

    /// Where the member of that output name is in `members`.
    func member(of shape: ShapeRef, outputName: String) -> Int? {
        let node = nodes[shape]
        let first = Int(node.firstMember)
        return (first..<first + Int(node.memberCount)).first { index in
            let key = members[index].key
            return names[Int(key.start) + 1..<Int(key.start + key.count) - 2].elementsEqual(outputName.utf8)
        }
    }

    /// Length and three letters: enough to tell the members of one structure apart in almost all cases.
    @inline(__always)
    private static func hash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        let count = end - start
        return count &* 7 &+ Int(bytes[start]) &* 31 &+ Int(bytes[end - 1]) &* 131
            &+ Int(bytes[start + count / 2]) &* 17
    }

    private struct Builder {
        let model: ServiceModel
        var nodes: [Node] = []
        var members: [Member] = []
        var names: [UInt8] = []
        var slots: [Int32] = []

        init(model: ServiceModel) { self.model = model }

        mutating func build() {
            for shape in model.shapes { nodes.append(node(shape)) }
        }

        private mutating func node(_ shape: Shape) -> Node {
            switch shape {
            case .string: return Node(kind: .string)
            case .integer: return Node(kind: .integer)
            case .float: return Node(kind: .float)
            case .boolean: return Node(kind: .boolean)
            case .blob: return Node(kind: .blob)
            case .timestamp: return Node(kind: .timestamp)
            case .document: return Node(kind: .document)
            case .jsonValue: return Node(kind: .jsonValue)
            case .policyDocument: return Node(kind: .policyDocument)
            case .list(let list):
                let itemName = list.itemName ?? (model.wireProtocol == .ec2 ? "item" : "member")
                return Node(
                    kind: .list, isFlattened: list.isFlattened, element: Int32(list.element),
                    elementName: name(itemName))
            case .map(let map):
                return Node(
                    kind: .map, isFlattened: map.isFlattened, element: Int32(map.value),
                    elementName: name(map.valueName ?? "value"), keyName: name(map.keyName ?? "key"))
            case .structure(let structure): return self.structure(structure)
            }
        }

        private mutating func structure(_ structure: Shape.Structure) -> Node {
            var node = Node(kind: .structure, firstMember: Int32(members.count), isUnion: structure.isUnion)
            for member in bodyMembers(structure) {
                var wireName = member.wireName
                var isFlattened = false
                switch model.shapes[member.shape] {
                case .list(let list) where list.isFlattened:
                    isFlattened = true
                    wireName = list.itemName ?? wireName
                case .map(let map): isFlattened = map.isFlattened
                default: break
                }
                let key = name(JSONValue.string(member.name).text + ":")
                members.append(
                    Member(
                        wireName: name(wireName), key: key, shape: Int32(member.shape), isFlattened: isFlattened,
                        isAttribute: member.location == .attribute))
                if member.location == .attribute { node.hasAttributes = true }
            }
            node.memberCount = Int32(members.count) - node.firstMember
            addSlots(to: &node)
            return node
        }

        private mutating func addSlots(to node: inout Node) {
            var size = 2
            while size < Int(node.memberCount) * 2 { size *= 2 }
            var table = [Int32](repeating: -1, count: size)
            for index in Int(node.firstMember)..<Int(node.firstMember + node.memberCount) {
                let wireName = members[index].wireName
                let start = Int(wireName.start)
                guard wireName.count > 0 else { continue }
                var slot = DecodingPlan.hash(names.span, start, start + Int(wireName.count)) & (size - 1)
                while table[slot] >= 0 { slot = (slot + 1) & (size - 1) }
                table[slot] = Int32(index)
            }
            node.firstSlot = Int32(slots.count)
            node.slotMask = Int32(size - 1)
            slots.append(contentsOf: table)
        }

        private mutating func name(_ text: String) -> Name {
            let start = names.count
            names.append(contentsOf: text.utf8)
            return Name(start: Int32(start), count: Int32(names.count - start))
        }
    }
}

/// The members that stand in the body, in the model's order.
private func bodyMembers(_ structure: Shape.Structure) -> [Shape.Member] {
    structure.members.filter { $0.location == .body || $0.location == .attribute || $0.location == .payload }
}
