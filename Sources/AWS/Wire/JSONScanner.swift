import JSON

/// Reads JSON tokens from bytes of a reply. Works on any prefix: where the bytes end inside a token it throws
/// `needMore` and the caller starts the value again with more bytes.
enum JSONScanner {
    /// The next byte that is no white space.
    @inline(__always)
    static func next(_ bytes: Span<UInt8>, from position: Int) throws(WireError) -> Int {
        var index = position
        while index < bytes.count {
            let byte = bytes[index]
            if byte != 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 { return index }
            index += 1
        }
        throw .needMore
    }

    /// The place behind `byte`, which must be the next that is no white space.
    @inline(__always)
    static func expect(_ byte: UInt8, _ bytes: Span<UInt8>, from position: Int) throws(WireError) -> Int {
        let index = try next(bytes, from: position)
        guard bytes[index] == byte else {
            throw .malformed(offset: index, reason: "expected '\(Character(Unicode.Scalar(byte)))'")
        }
        return index + 1
    }

    /// The place of the closing quote of the string whose first byte inside is at `position`.
    @inline(__always)
    static func closingQuote(_ bytes: Span<UInt8>, from position: Int) throws(WireError) -> Int {
        var index = position
        while true {
            index = ByteScan.special(bytes, from: index, stop: UInt8(ascii: "\""), ampersand: false)
            guard index < bytes.count else { throw .needMore }
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { return index }
            index += byte == UInt8(ascii: "\\") ? 2 : 1
        }
    }

    /// Appends the string whose first byte inside is at `position` with its quotes, in the least escaped form; answers
    /// the place behind the closing quote.
    @inline(__always)
    static func appendString(
        _ bytes: Span<UInt8>, from position: Int, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        out.append(UInt8(ascii: "\""))
        var index = position
        while true {
            let stop = out.appendPlain(bytes, from: index, stop: UInt8(ascii: "\""), ampersand: false)
            guard stop < bytes.count else { throw .needMore }
            if bytes[stop] == UInt8(ascii: "\"") {
                out.append(UInt8(ascii: "\""))
                return stop + 1
            }
            index = try appendUnusual(bytes, at: stop, to: &out)
        }
    }

    private static func appendUnusual(
        _ bytes: Span<UInt8>, at start: Int, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        let byte = bytes[start]
        if byte == UInt8(ascii: "\\") { return try appendEscape(bytes, at: start, to: &out) }
        if byte < 0x20 {
            // Not JSON, but kept: some services send raw tabs inside strings.
            out.appendEscaped(byte)
            return start + 1
        }
        guard let length = ByteScan.characterLength(bytes, at: start) else { throw .needMore }
        if length == 0 { out.append("\u{FFFD}") } else { out.append(bytes.extracting(start..<start + length)) }
        return start + max(length, 1)
    }

    private static func appendEscape(
        _ bytes: Span<UInt8>, at start: Int, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        guard start + 1 < bytes.count else { throw .needMore }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""): out.append("\\\"")
        case UInt8(ascii: "\\"): out.append("\\\\")
        case UInt8(ascii: "/"): out.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): out.append("\\b")
        case UInt8(ascii: "f"): out.append("\\f")
        case UInt8(ascii: "n"): out.append("\\n")
        case UInt8(ascii: "r"): out.append("\\r")
        case UInt8(ascii: "t"): out.append("\\t")
        case UInt8(ascii: "u"):
            var code = try hex4(bytes, at: start + 2)
            var end = start + 6
            if (0xD800..<0xDC00).contains(code) {
                guard end + 1 < bytes.count else { throw .needMore }
                if bytes[end] == UInt8(ascii: "\\"), bytes[end + 1] == UInt8(ascii: "u") {
                    let low = try hex4(bytes, at: end + 2)
                    if (0xDC00..<0xE000).contains(low) {
                        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                        end += 6
                    }
                }
            }
            let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
            for byte in Array(String(Character(scalar)).utf8) { out.appendEscaped(byte) }
            return end
        default: throw .malformed(offset: start, reason: "not a JSON escape")
        }
        return start + 2
    }

    private static func hex4(_ bytes: Span<UInt8>, at start: Int) throws(WireError) -> UInt32 {
        guard start + 4 <= bytes.count else { throw .needMore }
        var code: UInt32 = 0
        for index in start..<start + 4 {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw .malformed(offset: index, reason: "not a JSON escape")
            }
            code = code << 4 | UInt32(digit)
        }
        return code
    }

    /// The place behind the number, `true`, `false` or `null` that starts at `start`.
    @inline(__always)
    static func scalarEnd(_ bytes: Span<UInt8>, at start: Int) throws(WireError) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || byte <= 0x20 {
                guard index > start else { throw .malformed(offset: start, reason: "expected a value") }
                return index
            }
            index += 1
        }
        throw .needMore
    }

    private static func isLiteral(_ word: StaticString, _ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard end - start == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { ByteScan.equal(bytes, start, $0.span, 0, count: $0.count) }
    }

    /// Past the value at or after `position`.
    static func skip(_ bytes: Span<UInt8>, from position: Int) throws(WireError) -> Int {
        var index = try next(bytes, from: position)
        var depth = 0
        while true {
            switch bytes[index] {
            case UInt8(ascii: "\""): index = try closingQuote(bytes, from: index + 1) + 1
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                guard depth <= WireLimits.depth else { throw .tooDeep(limit: WireLimits.depth) }
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                index += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"): index += 1
            default:
                // A word that is none must not pass for a null, and so for an empty list.
                let end = try scalarEnd(bytes, at: index)
                try check(bytes, index, end)
                index = end
            }
            if depth <= 0 { return index }
            index = try next(bytes, from: index)
        }
    }

    /// Appends the value at or after `position` compactly and in canonical escapes, whatever it is.
    static func appendAny(
        _ bytes: Span<UInt8>, from position: Int, depth: Int = 0, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        guard depth < WireLimits.depth else { throw .tooDeep(limit: WireLimits.depth) }
        let start = try next(bytes, from: position)
        switch bytes[start] {
        case UInt8(ascii: "\""): return try appendString(bytes, from: start + 1, to: &out)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let isObject = bytes[start] == UInt8(ascii: "{")
            let close = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
            out.append(bytes[start])
            var index = try next(bytes, from: start + 1)
            while bytes[index] != close {
                if isObject {
                    index = try appendString(bytes, from: expect(UInt8(ascii: "\""), bytes, from: index), to: &out)
                    index = try expect(UInt8(ascii: ":"), bytes, from: index)
                    out.append(UInt8(ascii: ":"))
                }
                index = try next(bytes, from: appendAny(bytes, from: index, depth: depth + 1, to: &out))
                if bytes[index] == close { break }
                guard bytes[index] == UInt8(ascii: ",") else {
                    throw .malformed(offset: index, reason: "expected a comma or the end")
                }
                out.append(UInt8(ascii: ","))
                index = try next(bytes, from: index + 1)
                guard bytes[index] != close else { throw .malformed(offset: index, reason: "a comma before the end") }
            }
            out.append(close)
            return index + 1
        default:
            let end = try scalarEnd(bytes, at: start)
            try check(bytes, start, end)
            out.append(bytes.extracting(start..<end))
            return end
        }
    }

    /// Refuses what is neither a number nor one of the three words.
    static func check(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) throws(WireError) {
        let isWord: Bool
        switch bytes[start] {
        case UInt8(ascii: "t"): isWord = isLiteral("true", bytes, start, end)
        case UInt8(ascii: "f"): isWord = isLiteral("false", bytes, start, end)
        case UInt8(ascii: "n"): isWord = isLiteral("null", bytes, start, end)
        default: isWord = ScalarText.isNumber(bytes, start, end)
        }
        guard isWord else { throw .malformed(offset: start, reason: "expected a value") }
    }
}
