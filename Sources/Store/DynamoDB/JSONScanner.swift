import JSON

/// Walks JSON text without building values: ranges of bytes, escapes untouched.
///
/// Checks the structure it walks over, not the inside of strings and numbers.
struct JSONScanner {
    /// The text is not JSON, or not of the expected form.
    struct Failure: Error, Equatable {
        let offset: Int
    }

    /// The inside of a string.
    struct Text: Equatable {
        var range: Range<Int>
        var hasEscapes: Bool
    }

    let bytes: [UInt8]
    private(set) var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The first byte of the next token; 0 at the end.
    mutating func peek() -> UInt8 {
        while index < bytes.count {
            let byte = bytes[index]
            if byte != 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 { return byte }
            index += 1
        }
        return 0
    }

    /// Takes the next token when it is `byte`.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws(Failure) {
        guard take(byte) else { throw Failure(offset: index) }
    }

    /// Walks the members of an object; `body` gets the key and must walk over the value.
    mutating func members(_ body: (inout JSONScanner, Text) throws(Failure) -> Void) throws(Failure) {
        try expect(UInt8(ascii: "{"))
        if take(UInt8(ascii: "}")) { return }
        while true {
            let key = try text()
            try expect(UInt8(ascii: ":"))
            try body(&self, key)
            if take(UInt8(ascii: ",")) { continue }
            return try expect(UInt8(ascii: "}"))
        }
    }

    /// Walks the elements of an array; `body` must walk over one.
    mutating func elements(_ body: (inout JSONScanner) throws(Failure) -> Void) throws(Failure) {
        try expect(UInt8(ascii: "["))
        if take(UInt8(ascii: "]")) { return }
        while true {
            try body(&self)
            if take(UInt8(ascii: ",")) { continue }
            return try expect(UInt8(ascii: "]"))
        }
    }

    /// A string.
    mutating func text() throws(Failure) -> Text {
        try expect(UInt8(ascii: "\""))
        let start = index
        var hasEscapes = false
        while true {
            index = ByteScan.quoteOrBackslash(bytes.span, from: min(index, bytes.count))
            guard index < bytes.count else { throw Failure(offset: index) }
            if bytes[index] == UInt8(ascii: "\"") {
                index += 1
                return Text(range: start..<index - 1, hasEscapes: hasEscapes)
            }
            hasEscapes = true
            index += 2
        }
    }

    /// A number or a word: everything up to the next separator.
    mutating func bare() throws(Failure) -> Range<Int> {
        _ = peek()
        let start = index
        scan: while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: "\""), 0x20,
                0x0A,
                0x0D, 0x09:
                break scan
            default: index += 1
            }
        }
        guard index > start else { throw Failure(offset: index) }
        return start..<index
    }

    /// Walks over any value, however deep, and answers its bytes.
    mutating func skip() throws(Failure) -> Range<Int> {
        _ = peek()
        let start = index
        var depth = 0
        repeat {
            switch peek() {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                index += 1
            case UInt8(ascii: "\""): _ = try text()
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                guard depth > 0 else { throw Failure(offset: index) }
                index += 1
            case 0: throw Failure(offset: index)
            default: _ = try bare()
            }
            guard depth >= 0 else { throw Failure(offset: index) }
        } while depth > 0
        return start..<index
    }

    /// `true` when the string is `word`, which has no character that JSON escapes.
    func equals(_ text: Text, _ word: StaticString) -> Bool {
        guard text.range.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { $0.elementsEqual(bytes[text.range]) }
    }

    /// The string's value; a lone surrogate becomes U+FFFD.
    func string(_ text: Text) -> String {
        guard text.hasEscapes else { return String(decoding: bytes[text.range], as: UTF8.self) }
        return String(decoding: unescaped(text), as: UTF8.self)
    }

    /// The string's value as UTF-8.
    func unescaped(_ text: Text) -> [UInt8] {
        guard text.hasEscapes else { return Array(bytes[text.range]) }
        var value: [UInt8] = []
        value.reserveCapacity(text.range.count)
        var position = text.range.lowerBound
        while position < text.range.upperBound {
            let byte = bytes[position]
            position += 1
            guard byte == UInt8(ascii: "\\"), position < text.range.upperBound else {
                value.append(byte)
                continue
            }
            let mark = bytes[position]
            position += 1
            switch mark {
            case UInt8(ascii: "b"): value.append(8)
            case UInt8(ascii: "f"): value.append(12)
            case UInt8(ascii: "n"): value.append(10)
            case UInt8(ascii: "r"): value.append(13)
            case UInt8(ascii: "t"): value.append(9)
            case UInt8(ascii: "u"): value += scalar(&position, end: text.range.upperBound)
            default: value.append(mark)
            }
        }
        return value
    }

    /// The UTF-8 of the scalar whose four digits stand at `position`, with its second half when it has one.
    private func scalar(_ position: inout Int, end: Int) -> [UInt8] {
        var code = hex(position, end: end)
        position = min(position + 4, end)
        if (0xD800..<0xDC00).contains(code), position + 6 <= end, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            let low = hex(position + 2, end: end)
            if (0xDC00..<0xE000).contains(low) {
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                position += 6
            }
        }
        return Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    }

    private func hex(_ position: Int, end: Int) -> UInt32 {
        guard position + 4 <= end else { return 0xD800 }
        return UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16) ?? 0xD800
    }
}
