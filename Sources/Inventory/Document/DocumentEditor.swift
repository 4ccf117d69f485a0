import JSON

/// Builds a resource's document out of the reply's item and the documents of its follow-up calls.
enum DocumentEditor {
    /// What stands instead of a value that must not be stored.
    static let redactionMarker: StaticString = "\"[redacted]\""

    /// Appends the object `base` with the members of the object `over` in place of, or after, its own.
    static func merge(_ base: Span<UInt8>, _ over: Span<UInt8>, into out: inout ByteBuffer) {
        var replaced: [Range<Int>] = []
        var added = DocumentMembers(of: over, at: 0)
        while let (key, _) = added.next(of: over) { replaced.append(key) }
        out.append(UInt8(ascii: "{"))
        let start = out.count
        var kept = DocumentMembers(of: base, at: 0)
        while let (key, value) = kept.next(of: base) {
            if replaced.contains(where: { DocumentScanner.equal(over, $0, base, key) }) { continue }
            if out.count > start { out.append(UInt8(ascii: ",")) }
            out.append(base.extracting(key.lowerBound - 1..<value.upperBound))
        }
        added = DocumentMembers(of: over, at: 0)
        while let (key, value) = added.next(of: over) {
            if out.count > start { out.append(UInt8(ascii: ",")) }
            out.append(over.extracting(key.lowerBound - 1..<value.upperBound))
        }
        out.append(UInt8(ascii: "}"))
    }

    /// Adds a member to the object that ends `document`, in place of one of the same name.
    static func add(_ name: String, _ value: Span<UInt8>, to document: inout ByteBuffer) {
        var member = ByteBuffer(capacity: value.count + name.utf8.count + 8)
        member.append(UInt8(ascii: "{"))
        member.append(JSONValue.string(name).serialized)
        member.append(UInt8(ascii: ":"))
        member.append(value)
        member.append(UInt8(ascii: "}"))
        var merged = ByteBuffer(capacity: document.count + member.count)
        merge(document.span, member.span, into: &merged)
        document = merged
    }

    /// Appends `document` with the values that the rules redact replaced by the marker.
    static func redact(_ document: Span<UInt8>, rules: MemberRules, into out: inout ByteBuffer) {
        var position = 0
        redactValue(document, &position, rules, rules.root, &out)
    }

    private static func redactValue(
        _ bytes: Span<UInt8>, _ position: inout Int, _ rules: MemberRules, _ node: Int?, _ out: inout ByteBuffer
    ) {
        guard let node else {
            let end = DocumentScanner.end(of: bytes, from: position)
            out.append(bytes.extracting(position..<end))
            position = end
            return
        }
        if rules.nodes[node].isRedacted {
            let end = DocumentScanner.end(of: bytes, from: position)
            // Nothing is hidden where there is nothing.
            let isNull = bytes[position] == UInt8(ascii: "n")
            if isNull { out.append("null") } else { out.append(redactionMarker) }
            position = end
            return
        }
        switch bytes[position] {
        case UInt8(ascii: "{"):
            out.append(UInt8(ascii: "{"))
            position += 1
            while bytes[position] == UInt8(ascii: "\"") {
                let keyStart = position
                let keyEnd = DocumentScanner.stringEnd(bytes, from: position)
                out.append(bytes.extracting(keyStart..<keyEnd + 1))
                position = keyEnd + 1
                let child = rules.child(of: node, member: bytes, keyStart + 1, keyEnd - 1)
                redactValue(bytes, &position, rules, child, &out)
                copyComma(bytes, &position, &out)
            }
            out.append(UInt8(ascii: "}"))
            position += 1
        case UInt8(ascii: "["):
            out.append(UInt8(ascii: "["))
            position += 1
            while bytes[position] != UInt8(ascii: "]") {
                redactValue(bytes, &position, rules, rules.nodes[node].every, &out)
                copyComma(bytes, &position, &out)
            }
            out.append(UInt8(ascii: "]"))
            position += 1
        default: redactValue(bytes, &position, rules, nil, &out)
        }
    }

    private static func copyComma(_ bytes: Span<UInt8>, _ position: inout Int, _ out: inout ByteBuffer) {
        guard bytes[position] == UInt8(ascii: ",") else { return }
        out.append(UInt8(ascii: ","))
        position += 1
    }
}
