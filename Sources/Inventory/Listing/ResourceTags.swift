import JSON

/// Tags as one flat JSON object of strings, whatever shape the service uses for them.
package struct ResourceTags: Sendable {
    /// `{"team":"data"}`; `{}` without tags.
    package private(set) var json = Self.none
    /// The value of the tag `Name`.
    package private(set) var name: String?

    private static let none = Array("{}".utf8)

    /// Reads the tags at the first of the paths that has any. A list of structures with a key and a value, or a map.
    /// `entries` is memory to write in.
    package init(of indexed: IndexedDocument, paths: [[[UInt8]]], in entries: inout ByteBuffer) {
        let document = indexed.bytes
        for path in paths {
            guard let range = indexed.value(at: path) else { continue }
            entries.truncate(to: 0)
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

    /// The members that hold a tag's key, and at the same place in the other list its value, the first that is there.
    private static let keyNames: [StaticString] = ["Key", "key", "TagKey", "tagKey"]
    private static let valueNames: [StaticString] = ["Value", "value", "TagValue", "tagValue"]

    private mutating func readMap(_ document: Span<UInt8>, _ range: Range<Int>, _ entries: inout ByteBuffer) {
        var members = DocumentMembers(of: document, at: range.lowerBound)
        while let (key, value) = members.next(of: document) {
            add(document, key.lowerBound - 1..<key.upperBound + 1, value, &entries)
        }
    }

    /// Keys are distinct in AWS; where one came twice, the first counts, so that the object stays well formed.
    private mutating func readList(_ document: Span<UInt8>, _ range: Range<Int>, _ entries: inout ByteBuffer) {
        var elements = DocumentElements(of: document, at: range.lowerBound)
        while let element = elements.next(of: document) {
            guard let (key, value) = Self.pair(document, element), !Self.has(document, key, in: entries.span) else {
                continue
            }
            add(document, key, value, &entries)
        }
    }

    /// The key, with its quotes, and the value of one tag; an empty value when it has none.
    private static func pair(_ document: Span<UInt8>, _ tag: Range<Int>) -> (key: Range<Int>, value: Range<Int>)? {
        var key = (rank: keyNames.count, range: 0..<0)
        var value = (rank: valueNames.count, range: 0..<0)
        var members = DocumentMembers(of: document, at: tag.lowerBound)
        while let (name, range) = members.next(of: document) {
            guard document[range.lowerBound] == UInt8(ascii: "\"") else { continue }
            if let rank = rank(document, name, in: keyNames), rank < key.rank {
                key = (rank, range)
            } else if let rank = rank(document, name, in: valueNames), rank < value.rank {
                value = (rank, range)
            }
        }
        return key.range.isEmpty ? nil : (key.range, value.range)
    }

    @inline(__always)
    private static func rank(_ document: Span<UInt8>, _ name: Range<Int>, in names: [StaticString]) -> Int? {
        names.firstIndex { DocumentScanner.equal(document, name.lowerBound, name.upperBound, $0) }
    }

    /// Whether the key stands among the entries written so far.
    private static func has(_ document: Span<UInt8>, _ key: Range<Int>, in entries: Span<UInt8>) -> Bool {
        var index = 1
        while index < entries.count {
            let keyEnd = DocumentScanner.stringEnd(entries, from: index)
            if DocumentScanner.equal(document, key, entries, index..<keyEnd) { return true }
            index = DocumentScanner.stringEnd(entries, from: keyEnd + 1) + 1
        }
        return false
    }

    /// `key` includes its quotes; an absent or other value counts as empty.
    private mutating func add(
        _ document: Span<UInt8>, _ key: Range<Int>, _ value: Range<Int>, _ entries: inout ByteBuffer
    ) {
        if entries.count > 1 { entries.append(",") }
        entries.append(document.extracting(key))
        entries.append(":")
        let isText = !value.isEmpty && document[value.lowerBound] == UInt8(ascii: "\"")
        if isText { entries.append(document.extracting(value)) } else { entries.append("\"\"") }
        if isText, DocumentScanner.equal(document, key.lowerBound + 1, key.upperBound - 1, "Name") {
            name = DocumentText.text(document.extracting(value))
        }
    }
}
