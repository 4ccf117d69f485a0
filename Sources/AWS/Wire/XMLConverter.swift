import JSON

/// Turns one XML element into the JSON that AWS CLI v2 prints for it, guided by the service's shapes, in one pass and
/// without a tree.
struct XMLConverter {
    private let plan: DecodingPlan
    private var guess = MemberGuess()

    init(plan: DecodingPlan) { self.plan = plan }

    /// Appends the value of the element with this opening tag; answers the place behind its end.
    mutating func value(
        _ shape: Int, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, depth: Int = 0, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        guard depth < WireLimits.depth else { throw .tooDeep(limit: WireLimits.depth) }
        let node = plan.nodes[shape]
        switch node.kind {
        case .structure: return try structure(node, tag, bytes, depth, to: &out)
        case .list: return try list(node, tag, bytes, depth, to: &out)
        case .map: return try map(node, tag, bytes, depth, to: &out)
        default: return try scalar(node.kind, tag, bytes, to: &out)
        }
    }

    // MARK: Structures

    private mutating func structure(
        _ node: DecodingPlan.Node, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, _ depth: Int,
        to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        out.append(UInt8(ascii: "{"))
        let start = out.count
        if node.hasAttributes { try attributes(node, tag, bytes, start, to: &out) }
        guard tag.kind == .open else {
            out.append(UInt8(ascii: "}"))
            return tag.end
        }
        var members = OpenMembers()
        var position = tag.end
        var previous = -1
        while true {
            let mark = try XMLScanner.nextMark(bytes, from: position)
            if let expected = guess.after(previous, firstMember: node.firstMember), node.has(expected),
                let child = XMLScanner.plainTag(plan.members[expected].wireName, plan, bytes, at: mark)
            {
                previous = expected
                position = try member(expected, child, bytes, depth, start, &members, to: &out)
                continue
            }
            if let end = XMLScanner.plainEnd(of: tag, bytes, at: mark) {
                out.append(UInt8(ascii: "}"))
                return end
            }
            let child = try XMLScanner.tagOrMarkup(bytes, at: mark)
            if child.kind == .close {
                out.append(UInt8(ascii: "}"))
                return child.end
            }
            guard let found = plan.member(of: node, named: bytes, child.nameStart, child.nameEnd) else {
                position = child.kind == .empty ? child.end : try XMLScanner.skipElement(bytes, from: child.end)
                continue
            }
            guess.learn(found, after: previous, firstMember: node.firstMember)
            previous = found
            position = try member(found, child, bytes, depth, start, &members, to: &out)
        }
    }

    /// Which members of a structure were written, and where flattened lists and maps end in the output.
    private struct OpenMembers {
        var seen = MemberSet()
        var flattened: [(member: Int, end: Int)] = []
    }

    private mutating func member(
        _ index: Int, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, _ depth: Int, _ start: Int,
        _ open: inout OpenMembers, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        let member = plan.members[index]
        if member.isFlattened { return try flattened(index, member, tag, bytes, depth, start, &open, to: &out) }
        guard open.seen.insert(index) else {
            return tag.kind == .empty ? tag.end : try XMLScanner.skipElement(bytes, from: tag.end)
        }
        appendKey(member, start, to: &out)
        return try value(Int(member.shape), tag, bytes, depth: depth + 1, to: &out)
    }

    /// One element of a flattened list or map. AWS sends them in a row; where something else came between, the element
    /// is inserted where its list ended.
    private mutating func flattened(
        _ index: Int, _ member: DecodingPlan.Member, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, _ depth: Int,
        _ start: Int, _ open: inout OpenMembers, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        let node = plan.nodes[Int(member.shape)]
        let isList = node.kind == .list
        let known = open.flattened.firstIndex { $0.member == index }
        if let known, open.flattened[known].end != out.count {
            let mark = out.count
            out.append(UInt8(ascii: ","))
            let end = try element(node, isList, tag, bytes, depth, to: &out)
            let moved = out.bytes(mark..<out.count)
            out.truncate(to: mark)
            let place = open.flattened[known].end - 1
            out.insert(moved, at: place)
            for other in open.flattened.indices where open.flattened[other].end > place {
                open.flattened[other].end += moved.count
            }
            return end
        }
        if known != nil {
            out.truncate(to: out.count - 1)
            out.append(UInt8(ascii: ","))
        } else {
            appendKey(member, start, to: &out)
            out.append(isList ? UInt8(ascii: "[") : UInt8(ascii: "{"))
        }
        let end = try element(node, isList, tag, bytes, depth, to: &out)
        out.append(isList ? UInt8(ascii: "]") : UInt8(ascii: "}"))
        if let known {
            open.flattened[known].end = out.count
        } else {
            open.flattened.append((index, out.count))
        }
        return end
    }

    /// Appends one element of a flattened list, or one entry of a flattened map, of that shape.
    mutating func flattenedElement(
        _ shape: Int, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        let node = plan.nodes[shape]
        return try element(node, node.kind == .list, tag, bytes, 0, to: &out)
    }

    private mutating func element(
        _ node: DecodingPlan.Node, _ isList: Bool, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, _ depth: Int,
        to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        if isList { return try value(Int(node.element), tag, bytes, depth: depth + 1, to: &out) }
        return try entry(node, tag, bytes, depth, to: &out)
    }

    @inline(__always)
    private func appendKey(_ member: DecodingPlan.Member, _ start: Int, to out: inout ByteBuffer) {
        if out.count > start { out.append(UInt8(ascii: ",")) }
        let key = Int(member.key.start)
        out.append(plan.names, key..<key + Int(member.key.count))
    }

    private func attributes(
        _ node: DecodingPlan.Node, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, _ start: Int,
        to out: inout ByteBuffer
    ) throws(WireError) {
        for index in Int(node.firstMember)..<Int(node.firstMember + node.memberCount) {
            let member = plan.members[index]
            guard member.isAttribute else { continue }
            var name: [UInt8] = []
            for offset in 0..<Int(member.wireName.count) {
                name.append(plan.names[Int(member.wireName.start) + offset])
            }
            let local = name.lastIndex(of: UInt8(ascii: ":")).map { Array(name[($0 + 1)...]) } ?? name
            guard let value = attribute(local, tag, bytes) else { continue }
            appendKey(member, start, to: &out)
            out.append(UInt8(ascii: "\""))
            // An attribute's text ends where a tag would: reuse the reader by giving it a stop.
            var text = value
            text.append(contentsOf: "<".utf8)
            text.append(0x20)
            _ = try XMLScanner.appendText(text.span, from: 0, to: &out)
            out.append(UInt8(ascii: "\""))
        }
    }

    /// The raw text of the attribute with that local name.
    private func attribute(_ local: [UInt8], _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>) -> [UInt8]? {
        var index = tag.nameEnd
        while index < tag.attributesEnd {
            while index < tag.attributesEnd, bytes[index] <= 0x20 { index += 1 }
            var nameStart = index
            while index < tag.attributesEnd, bytes[index] != UInt8(ascii: "="), bytes[index] > 0x20 {
                if bytes[index] == UInt8(ascii: ":") { nameStart = index + 1 }
                index += 1
            }
            let nameEnd = index
            while index < tag.attributesEnd, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "'") {
                index += 1
            }
            guard index < tag.attributesEnd else { return nil }
            let close = ByteScan.first(bytes[index], in: bytes, from: index + 1)
            guard close < tag.attributesEnd else { return nil }
            if nameEnd - nameStart == local.count,
                local.indices.allSatisfy({ bytes[nameStart + $0] == local[$0] })
            {
                return (index + 1..<close).map { bytes[$0] }
            }
            index = close + 1
        }
        return nil
    }

    // MARK: Lists and maps

    private mutating func list(
        _ node: DecodingPlan.Node, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, _ depth: Int,
        to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        out.append(UInt8(ascii: "["))
        var position = tag.end
        if tag.kind == .open {
            let start = out.count
            while true {
                let mark = try XMLScanner.nextMark(bytes, from: position)
                if let end = XMLScanner.plainEnd(of: tag, bytes, at: mark) {
                    position = end
                    break
                }
                let plain = XMLScanner.plainTag(node.elementName, plan, bytes, at: mark)
                let child = if let plain { plain } else { try XMLScanner.tagOrMarkup(bytes, at: mark) }
                position = child.end
                if child.kind == .close { break }
                if out.count > start { out.append(UInt8(ascii: ",")) }
                position = try value(Int(node.element), child, bytes, depth: depth + 1, to: &out)
            }
        }
        out.append(UInt8(ascii: "]"))
        return position
    }

    private mutating func map(
        _ node: DecodingPlan.Node, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, _ depth: Int,
        to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        out.append(UInt8(ascii: "{"))
        var position = tag.end
        if tag.kind == .open {
            let start = out.count
            while true {
                let child = try XMLScanner.nextTag(bytes, from: position)
                position = child.end
                if child.kind == .close { break }
                if out.count > start { out.append(UInt8(ascii: ",")) }
                position = try entry(node, child, bytes, depth, to: &out)
            }
        }
        out.append(UInt8(ascii: "}"))
        return position
    }

    /// One `<entry><key/><value/></entry>`; the value may come first.
    private mutating func entry(
        _ node: DecodingPlan.Node, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, _ depth: Int,
        to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        guard tag.kind == .open else {
            out.append("\"\":null")
            return tag.end
        }
        var key = ByteBuffer(capacity: 64)
        var content = ByteBuffer(capacity: 64)
        var position = tag.end
        while true {
            let child = try XMLScanner.nextTag(bytes, from: position)
            position = child.end
            if child.kind == .close { break }
            if plan.matches(node.keyName, bytes, child.nameStart, child.nameEnd) {
                key.truncate(to: 0)
                position = try scalar(.string, child, bytes, to: &key)
            } else if plan.matches(node.elementName, bytes, child.nameStart, child.nameEnd) {
                content.truncate(to: 0)
                position = try value(Int(node.element), child, bytes, depth: depth + 1, to: &content)
            } else if child.kind == .open {
                position = try XMLScanner.skipElement(bytes, from: child.end)
            }
        }
        if key.isEmpty { out.append("\"\"") } else { out.append(key.span) }
        out.append(UInt8(ascii: ":"))
        if content.isEmpty { out.append("null") } else { out.append(content.span) }
        return position
    }

    // MARK: Scalars

    private func scalar(
        _ kind: DecodingPlan.Kind, _ tag: XMLScanner.Tag, _ bytes: Span<UInt8>, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        let start = out.count
        out.append(UInt8(ascii: "\""))
        var position = tag.end
        if tag.kind == .open {
            let textStart = position
            position = try XMLScanner.appendText(bytes, from: position, to: &out)
            if kind == .timestamp {
                let isPlain = out.count - start - 1 == position - textStart
                let text = isPlain ? [] : out.bytes(start + 1..<out.count)
                out.truncate(to: start)
                if isPlain {
                    TimestampText.append(bytes, textStart, position, to: &out)
                } else {
                    TimestampText.append(text.span, 0, text.count, to: &out)
                }
            }
            let end = XMLScanner.plainEnd(of: tag, bytes, at: position)
            position = if let end { end } else { try close(bytes, at: position) }
            if kind == .timestamp { return position }
        }
        switch kind {
        case .integer, .float: ScalarText.unquoteNumber(from: start, isInteger: kind == .integer, in: &out)
        case .boolean: ScalarText.replaceBoolean(from: start, in: &out)
        case .policyDocument: PolicyDocument.decode(from: start, in: &out)
        default: out.append(UInt8(ascii: "\""))
        }
        return position
    }

    /// Past the closing tag at `position`; elements that a scalar should not have are passed over.
    private func close(_ bytes: Span<UInt8>, at position: Int) throws(WireError) -> Int {
        let tag = try XMLScanner.tag(bytes, at: position)
        if tag.kind == .close { return tag.end }
        let inner = tag.kind == .empty ? tag.end : try XMLScanner.skipElement(bytes, from: tag.end)
        return try XMLScanner.skipElement(bytes, from: inner)
    }
}
