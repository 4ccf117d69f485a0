import JSON

/// Turns one JSON value of a reply into the JSON that AWS CLI v2 prints for it, guided by the service's shapes: members
/// renamed, nulls and unknown members dropped, timestamps rewritten. One pass, no tree.
struct JSONConverter {
    private let plan: DecodingPlan
    /// rest-json services may send numbers and booleans as strings.
    private let coerces: Bool
    private var guess = MemberGuess()

    init(plan: DecodingPlan) {
        self.plan = plan
        coerces = plan.model.wireProtocol == .restJSON
    }

    /// Appends the value at or after `position`; answers the place behind it.
    mutating func value(
        _ shape: Int, _ bytes: Span<UInt8>, from position: Int, depth: Int = 0, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        guard depth < WireLimits.depth else { throw .tooDeep(limit: WireLimits.depth) }
        let start = try JSONScanner.next(bytes, from: position)
        let node = plan.nodes[shape]
        switch (node.kind, bytes[start]) {
        case (.structure, UInt8(ascii: "{")): return try structure(node, bytes, start, depth, to: &out)
        case (.list, UInt8(ascii: "[")): return try list(node, bytes, start, depth, to: &out)
        case (.map, UInt8(ascii: "{")): return try map(node, bytes, start, depth, to: &out)
        case (.timestamp, _): return try timestamp(bytes, start, to: &out)
        case (.integer, UInt8(ascii: "\"")), (.float, UInt8(ascii: "\"")), (.boolean, UInt8(ascii: "\"")):
            guard coerces else { return try JSONScanner.appendString(bytes, from: start + 1, to: &out) }
            return try coerced(node.kind, bytes, start, to: &out)
        case (_, UInt8(ascii: "\"")): return try JSONScanner.appendString(bytes, from: start + 1, to: &out)
        // Whatever does not fit its shape is kept as it came rather than lost.
        default: return try JSONScanner.appendAny(bytes, from: start, depth: depth, to: &out)
        }
    }

    private mutating func structure(
        _ node: DecodingPlan.Node, _ bytes: Span<UInt8>, _ start: Int, _ depth: Int, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        out.append(UInt8(ascii: "{"))
        let outStart = out.count
        var seen = MemberSet()
        var previous = -1
        var index = try JSONScanner.next(bytes, from: start + 1)
        while bytes[index] != UInt8(ascii: "}") {
            let nameStart = try JSONScanner.expect(UInt8(ascii: "\""), bytes, from: index)
            let nameEnd = try JSONScanner.closingQuote(bytes, from: nameStart)
            index = try JSONScanner.expect(UInt8(ascii: ":"), bytes, from: nameEnd + 1)
            if let member = find(node, bytes, nameStart, nameEnd, after: previous) {
                previous = member
                index = try self.member(member, bytes, index, depth, outStart, &seen, to: &out)
            } else {
                let value = try JSONScanner.next(bytes, from: index)
                index = try JSONScanner.skip(bytes, from: value)
                if node.isUnion, out.count == outStart, bytes[value] != UInt8(ascii: "n") {
                    try unknownMember(bytes, nameStart, nameEnd, to: &out)
                }
            }
            index = try separator(bytes, index, close: UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "}"))
        return index + 1
    }

    /// A union's member that the model does not know yet is printed by its name.
    private func unknownMember(
        _ bytes: Span<UInt8>, _ start: Int, _ end: Int, to out: inout ByteBuffer
    ) throws(WireError) {
        guard !Self.isTypeName(bytes, start, end) else { return }
        out.append("\"SDK_UNKNOWN_MEMBER\":{\"name\":")
        _ = try JSONScanner.appendString(bytes, from: start, to: &out)
        out.append(UInt8(ascii: "}"))
    }

    /// Whether the member is `__type`, which names the structure and is no member of it.
    private static func isTypeName(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let name: [UInt8] = Array("__type".utf8)
        return end - start == name.count && name.indices.allSatisfy { bytes[start + $0] == name[$0] }
    }

    private mutating func member(
        _ index: Int, _ bytes: Span<UInt8>, _ position: Int, _ depth: Int, _ outStart: Int, _ seen: inout MemberSet,
        to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        let start = try JSONScanner.next(bytes, from: position)
        guard bytes[start] != UInt8(ascii: "n"), seen.insert(index) else {
            return try JSONScanner.skip(bytes, from: start)
        }
        let member = plan.members[index]
        if out.count > outStart { out.append(UInt8(ascii: ",")) }
        let key = Int(member.key.start)
        out.append(plan.names, key..<key + Int(member.key.count))
        return try value(Int(member.shape), bytes, from: start, depth: depth + 1, to: &out)
    }

    @inline(__always)
    private mutating func find(
        _ node: DecodingPlan.Node, _ bytes: Span<UInt8>, _ start: Int, _ end: Int, after previous: Int
    ) -> Int? {
        if let guess = guess.after(previous, firstMember: node.firstMember), node.has(guess),
            plan.matches(plan.members[guess].wireName, bytes, start, end)
        {
            return guess
        }
        guard let member = plan.member(of: node, named: bytes, start, end) else { return nil }
        guess.learn(member, after: previous, firstMember: node.firstMember)
        return member
    }

    /// The place of the next element or of `close`, past one comma.
    @inline(__always)
    private func separator(_ bytes: Span<UInt8>, _ position: Int, close: UInt8) throws(WireError) -> Int {
        let index = try JSONScanner.next(bytes, from: position)
        if bytes[index] == close { return index }
        guard bytes[index] == UInt8(ascii: ",") else {
            throw .malformed(offset: index, reason: "expected ',' or '\(Character(Unicode.Scalar(close)))'")
        }
        let next = try JSONScanner.next(bytes, from: index + 1)
        guard bytes[next] != close else { throw .malformed(offset: next, reason: "a comma before the end") }
        return next
    }

    private mutating func list(
        _ node: DecodingPlan.Node, _ bytes: Span<UInt8>, _ start: Int, _ depth: Int, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        out.append(UInt8(ascii: "["))
        let outStart = out.count
        var index = try JSONScanner.next(bytes, from: start + 1)
        while bytes[index] != UInt8(ascii: "]") {
            if out.count > outStart { out.append(UInt8(ascii: ",")) }
            index = try value(Int(node.element), bytes, from: index, depth: depth + 1, to: &out)
            index = try separator(bytes, index, close: UInt8(ascii: "]"))
        }
        out.append(UInt8(ascii: "]"))
        return index + 1
    }

    private mutating func map(
        _ node: DecodingPlan.Node, _ bytes: Span<UInt8>, _ start: Int, _ depth: Int, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        out.append(UInt8(ascii: "{"))
        let outStart = out.count
        var index = try JSONScanner.next(bytes, from: start + 1)
        while bytes[index] != UInt8(ascii: "}") {
            if out.count > outStart { out.append(UInt8(ascii: ",")) }
            let nameStart = try JSONScanner.expect(UInt8(ascii: "\""), bytes, from: index)
            index = try JSONScanner.appendString(bytes, from: nameStart, to: &out)
            index = try JSONScanner.expect(UInt8(ascii: ":"), bytes, from: index)
            out.append(UInt8(ascii: ":"))
            index = try value(Int(node.element), bytes, from: index, depth: depth + 1, to: &out)
            index = try separator(bytes, index, close: UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "}"))
        return index + 1
    }

    private func timestamp(_ bytes: Span<UInt8>, _ start: Int, to out: inout ByteBuffer) throws(WireError) -> Int {
        if bytes[start] == UInt8(ascii: "\"") {
            let mark = out.count
            let end = try JSONScanner.appendString(bytes, from: start + 1, to: &out)
            // What came with escapes is no form that is known here; it stays as it is.
            guard out.count - mark == end - start else { return end }
            out.truncate(to: mark)
            TimestampText.append(bytes, start + 1, end - 1, to: &out)
            return end
        }
        let first = bytes[start]
        guard first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10 else {
            return try JSONScanner.appendAny(bytes, from: start, to: &out)
        }
        let end = try JSONScanner.scalarEnd(bytes, at: start)
        try JSONScanner.check(bytes, start, end)
        TimestampText.append(bytes, start, end, to: &out)
        return end
    }

    private func coerced(
        _ kind: DecodingPlan.Kind, _ bytes: Span<UInt8>, _ start: Int, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        let mark = out.count
        let end = try JSONScanner.appendString(bytes, from: start + 1, to: &out)
        out.truncate(to: out.count - 1)
        if kind == .boolean {
            ScalarText.replaceBoolean(from: mark, ignoresCase: true, in: &out)
        } else {
            ScalarText.unquoteNumber(from: mark, isInteger: kind == .integer, in: &out)
        }
        return end
    }
}
