import JSON

/// Tags as one flat JSON object of strings, whatever shape the service uses for them.
package struct ResourceTags: Sendable {
    /// `{"team":"data"}`; `{}` without tags.
    package private(set) var json: [UInt8] = Array("{}".utf8)
    /// The value of the tag `Name`.
    package private(set) var name: String?

    /// Reads the tags at the first of the paths that has any. A list of structures with a key and a value, or a map.
    package init(of document: Span<UInt8>, paths: [[[UInt8]]]) {
        for path in paths {
            guard let range = DocumentScanner.value(at: path, of: document) else { continue }
            var entries = ByteBuffer(capacity: 256)
            entries.append(UInt8(ascii: "{"))
            switch document[range.lowerBound] {
            case UInt8(ascii: "{"): readMap(document, range, &entries)
            case UInt8(ascii: "["): readList(document, range, &entries)
            default: continue
            }
            guard entries.count > 1 else { continue }
            entries.append(UInt8(ascii: "}"))
            json = entries.bytes()
            return
        }
    }

    private static let keyNames = ["Key", "key", "TagKey", "tagKey"].map { Array($0.utf8) }
    private static let valueNames = ["Value", "value", "TagValue", "tagValue"].map { Array($0.utf8) }

    private mutating func readMap(_ document: Span<UInt8>, _ range: Range<Int>, _ entries: inout ByteBuffer) {
        var pairs: [(Range<Int>, Range<Int>)] = []
        DocumentScanner.forEachMember(of: document, from: range.lowerBound) { key, value in
            pairs.append((key.lowerBound - 1..<key.upperBound + 1, value))
        }
        for (key, value) in pairs { add(document, key, value, &entries) }
    }

    /// Keys are distinct in AWS; where one came twice, the first counts, so that the object stays well formed.
    private mutating func readList(_ document: Span<UInt8>, _ range: Range<Int>, _ entries: inout ByteBuffer) {
        var keys: Set<[UInt8]> = []
        var elements: [Range<Int>] = []
        DocumentScanner.forEachElement(of: document, from: range.lowerBound) { elements.append($0) }
        for element in elements {
            let tag = document.extracting(element)
            guard let key = Self.member(Self.keyNames, tag), keys.insert(key.map { tag[$0] }).inserted else { continue }
            let value = Self.member(Self.valueNames, tag)
            add(
                document, key.lowerBound + element.lowerBound..<key.upperBound + element.lowerBound,
                value.map { $0.lowerBound + element.lowerBound..<$0.upperBound + element.lowerBound } ?? 0..<0,
                &entries)
        }
    }

    private static func member(_ names: [[UInt8]], _ tag: Span<UInt8>) -> Range<Int>? {
        for name in names {
            if let range = DocumentScanner.member(name, of: tag, from: 0), tag[range.lowerBound] == UInt8(ascii: "\"") {
                return range
            }
        }
        return nil
    }

    /// `key` includes its quotes; an absent or other value counts as empty.
    private mutating func add(
        _ document: Span<UInt8>, _ key: Range<Int>, _ value: Range<Int>, _ entries: inout ByteBuffer
    ) {
        if entries.count > 1 { entries.append(UInt8(ascii: ",")) }
        entries.append(document.extracting(key))
        entries.append(UInt8(ascii: ":"))
        let isText = !value.isEmpty && document[value.lowerBound] == UInt8(ascii: "\"")
        if isText { entries.append(document.extracting(value)) } else { entries.append("\"\"") }
        let isName = DocumentScanner.equal(document, key.lowerBound + 1, key.upperBound - 1, Array("Name".utf8))
        if isName, isText { name = DocumentText.text(document.extracting(value)) }
    }
}
