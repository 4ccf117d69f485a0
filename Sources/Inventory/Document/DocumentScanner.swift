import JSON

/// Reads documents that this program wrote: compact JSON, well formed, keys unescaped where AWS's names allow it.
///
/// Works on bytes; nothing becomes a Swift string here.
enum DocumentScanner {
    /// The place behind the value that starts at `start`.
    @inline(__always)
    static func end(of bytes: Span<UInt8>, from start: Int) -> Int {
        switch bytes[start] {
        case UInt8(ascii: "\""): return stringEnd(bytes, from: start)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return containerEnd(bytes, from: start)
        default:
            var index = start
            while index < bytes.count {
                let byte = bytes[index]
                if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { break }
                index += 1
            }
            return index
        }
    }

    /// The place behind the closing quote of the string whose opening quote is at `start`.
    @inline(__always)
    static func stringEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start + 1
        while true {
            index = ByteScan.quoteOrBackslash(bytes, from: index)
            if bytes[index] == UInt8(ascii: "\"") { return index + 1 }
            index += 2
        }
    }

    private static func containerEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var depth = 0
        var index = start
        while true {
            index = ByteScan.quoteOrBracket(bytes, from: index)
            switch bytes[index] {
            case UInt8(ascii: "\""): index = stringEnd(bytes, from: index)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                index += 1
                if depth == 0 { return index }
            default: index += 1
            }
        }
    }

    /// The value of the member of that name in the object that starts at `start`; `nil` when it is absent or null.
    static func member(_ name: [UInt8], of bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
        guard bytes[start] == UInt8(ascii: "{") else { return nil }
        var index = start + 1
        while bytes[index] == UInt8(ascii: "\"") {
            let keyEnd = stringEnd(bytes, from: index)
            let valueEnd = end(of: bytes, from: keyEnd + 1)
            if equal(bytes, index + 1, keyEnd - 1, name) {
                return bytes[keyEnd + 1] == UInt8(ascii: "n") ? nil : keyEnd + 1..<valueEnd
            }
            index = valueEnd
            if bytes[index] == UInt8(ascii: ",") { index += 1 }
        }
        return nil
    }

    /// The value at the end of a path of member names; an empty path is the whole document.
    static func value(at path: [[UInt8]], of bytes: Span<UInt8>) -> Range<Int>? {
        guard bytes.count > 0 else { return nil }
        var range = 0..<bytes.count
        for name in path {
            guard let next = member(name, of: bytes, from: range.lowerBound) else { return nil }
            range = next
        }
        return bytes[range.lowerBound] == UInt8(ascii: "n") ? nil : range
    }

    @inline(__always)
    static func equal(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ name: [UInt8]) -> Bool {
        guard end - start == name.count else { return false }
        var index = 0
        while index < name.count {
            if bytes[start + index] != name[index] { return false }
            index += 1
        }
        return true
    }

    @inline(__always)
    static func equal(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ name: StaticString) -> Bool {
        guard end - start == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { equal(bytes, start..<end, $0.span, 0..<$0.count) }
    }

    @inline(__always)
    static func equal(_ left: Span<UInt8>, _ a: Range<Int>, _ right: Span<UInt8>, _ b: Range<Int>) -> Bool {
        guard a.count == b.count else { return false }
        for offset in 0..<a.count where left[a.lowerBound + offset] != right[b.lowerBound + offset] { return false }
        return true
    }
}

/// Walks over the elements of an array.
struct DocumentElements {
    private var position: Int?

    /// The elements of the value at `start`, which has none when it is no array.
    init(of bytes: Span<UInt8>, at start: Int) { position = bytes[start] == UInt8(ascii: "[") ? start + 1 : nil }

    /// The range of the next element; `nil` after the last.
    @inline(__always)
    mutating func next(of bytes: Span<UInt8>) -> Range<Int>? {
        guard let position, bytes[position] != UInt8(ascii: "]") else { return nil }
        let end = DocumentScanner.end(of: bytes, from: position)
        self.position = bytes[end] == UInt8(ascii: ",") ? end + 1 : end
        return position..<end
    }
}

/// Walks over the members of an object.
struct DocumentMembers {
    private var position: Int?

    /// The members of the value at `start`, which has none when it is no object.
    init(of bytes: Span<UInt8>, at start: Int) { position = bytes[start] == UInt8(ascii: "{") ? start + 1 : nil }

    /// The ranges of the next key, without quotes, and value; `nil` after the last.
    @inline(__always)
    mutating func next(of bytes: Span<UInt8>) -> (key: Range<Int>, value: Range<Int>)? {
        guard let position, bytes[position] == UInt8(ascii: "\"") else { return nil }
        let keyStart = position + 1
        let keyEnd = DocumentScanner.stringEnd(bytes, from: position)
        let valueEnd = DocumentScanner.end(of: bytes, from: keyEnd + 1)
        self.position = bytes[valueEnd] == UInt8(ascii: ",") ? valueEnd + 1 : valueEnd
        return (keyStart..<keyEnd - 1, keyEnd + 1..<valueEnd)
    }
}
