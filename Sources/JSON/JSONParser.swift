/// Why a text is not the JSON document that was expected, and where.
package struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Reason: Sendable, Equatable {
        case unexpected(String)
        case unexpectedEnd
        case badNumber
        case badEscape
        case badUTF8
        case controlCharacter
        case duplicateKey(String)
        case tooDeep(Int)
        case tooLarge(Int)
        case trailingBytes
    }

    package var reason: Reason
    /// Bytes from the start of the text.
    package var offset: Int
    /// Line and column, both from 1; columns count bytes.
    package var line: Int
    package var column: Int

    package var description: String { "\(line):\(column): \(reason.text)" }
}

extension JSONError.Reason {
    var text: String {
        switch self {
        case .unexpected(let what): "unexpected \(what)"
        case .unexpectedEnd: "the text ends inside a value"
        case .badNumber: "not a JSON number"
        case .badEscape: "not a JSON escape"
        case .badUTF8: "not valid UTF-8"
        case .controlCharacter: "a control character inside a string must be escaped"
        case .duplicateKey(let key): "the member \"\(key)\" stands twice"
        case .tooDeep(let limit): "nested deeper than \(limit)"
        case .tooLarge(let limit): "larger than \(limit) bytes"
        case .trailingBytes: "text after the end of the document"
        }
    }
}

/// The bounds within which a text from outside is read.
package struct JSONLimits: Sendable {
    package var sizeInBytes: Int
    package var depth: Int

    package init(sizeInBytes: Int, depth: Int) {
        self.sizeInBytes = sizeInBytes
        self.depth = depth
    }

    /// Messages of the control protocol: 1 MiB, depth 64.
    package static let message = JSONLimits(sizeInBytes: 1 << 20, depth: 64)
    /// Files an operator or the project wrote.
    package static let file = JSONLimits(sizeInBytes: 16 << 20, depth: 64)
}

extension JSONValue {
    /// Reads one document per RFC 8259: no comments, no trailing commas, no duplicate members, valid UTF-8.
    ///
    /// A lone surrogate escape becomes U+FFFD, so that whatever AWS sends can be stored as UTF-8.
    package static func parse(
        _ bytes: some Sequence<UInt8>, limits: JSONLimits = .file
    ) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: Array(bytes), limits: limits)
        return try parser.document()
    }

    package static func parse(_ text: String, limits: JSONLimits = .file) throws(JSONError) -> JSONValue {
        try parse(text.utf8, limits: limits)
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var index = 0
    var depth = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func document() throws(JSONError) -> JSONValue {
        guard bytes.count <= limits.sizeInBytes else { throw failure(.tooLarge(limits.sizeInBytes), at: 0) }
        let value = try self.value()
        skipSpace()
        guard index == bytes.count else { throw failure(.trailingBytes, at: index) }
        return value
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        guard index < bytes.count else { throw failure(.unexpectedEnd, at: index) }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw failure(.unexpected(printable(bytes[index])), at: index)
        }
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        try enter()
        var members: [JSONValue.Member] = []
        // Filled when there are many: a few are compared faster than hashed.
        var keys: Set<String> = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return leave(.object([])) }
        while true {
            skipSpace()
            guard index < bytes.count else { throw failure(.unexpectedEnd, at: index) }
            let start = index
            guard bytes[index] == UInt8(ascii: "\"") else {
                throw failure(.unexpected(printable(bytes[index])), at: index)
            }
            let key = try string()
            if members.count == Self.fewMembers { keys = Set(members.map(\.key)) }
            let isNew =
                members.count < Self.fewMembers
                ? !members.contains { $0.key == key } : keys.insert(key).inserted
            guard isNew else { throw failure(.duplicateKey(key), at: start) }
            skipSpace()
            try expect(UInt8(ascii: ":"))
            members.append(.init(key, try value()))
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            try expect(UInt8(ascii: "}"))
            return leave(.object(members))
        }
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        try enter()
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return leave(.array([])) }
        while true {
            elements.append(try value())
            skipSpace()
            if take(UInt8(ascii: ",")) { continue }
            try expect(UInt8(ascii: "]"))
            return leave(.array(elements))
        }
    }

    private static let fewMembers = 8

    private mutating func string() throws(JSONError) -> String {
        let end = ByteScan.special(bytes.span, from: index + 1, stop: UInt8(ascii: "\""), ampersand: false)
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return try unusualString() }
        defer { index = end + 1 }
        return bytes.span.extracting(index + 1..<end).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// A string with escapes or characters beyond ASCII, or none at all.
    private mutating func unusualString() throws(JSONError) -> String {
        let start = index
        index += 1
        var plainStart = index
        var text: [UInt8]?
        while true {
            guard index < bytes.count else { throw failure(.unexpectedEnd, at: index) }
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { break }
            if byte < 0x20 { throw failure(.controlCharacter, at: index) }
            if byte == UInt8(ascii: "\\") {
                var decoded = text ?? []
                decoded.append(contentsOf: bytes[plainStart..<index])
                try escape(into: &decoded)
                plainStart = index
                text = decoded
            } else {
                index += 1
            }
        }
        var content = text ?? []
        content.append(contentsOf: bytes[plainStart..<index])
        index += 1
        guard let valid = String(validating: content, as: UTF8.self) else { throw failure(.badUTF8, at: start) }
        return valid
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let start = index
        index += 1
        guard index < bytes.count else { throw failure(.unexpectedEnd, at: index) }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
            var code = try hex4(start)
            if (0xD800..<0xDC00).contains(code), index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
                bytes[index + 1] == UInt8(ascii: "u")
            {
                let mark = index
                index += 2
                let low = try hex4(mark)
                if (0xDC00..<0xE000).contains(low) {
                    code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                } else {
                    index = mark
                }
            }
            let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
            text.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        default: throw failure(.badEscape, at: start)
        }
    }

    private mutating func hex4(_ start: Int) throws(JSONError) -> UInt32 {
        guard index + 4 <= bytes.count else { throw failure(.unexpectedEnd, at: bytes.count) }
        var code: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure(.badEscape, at: start)
            }
            code = code << 4 | UInt32(digit)
        }
        index += 4
        return code
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        var isInteger = true
        _ = take(UInt8(ascii: "-"))
        guard let first = peek(), isDigit(first) else { throw failure(.badNumber, at: start) }
        if first == UInt8(ascii: "0") { index += 1 } else { digits() }
        if take(UInt8(ascii: ".")) {
            isInteger = false
            guard let byte = peek(), isDigit(byte) else { throw failure(.badNumber, at: start) }
            digits()
        }
        if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            index += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { index += 1 }
            guard let byte = peek(), isDigit(byte) else { throw failure(.badNumber, at: start) }
            digits()
        }
        if let byte = peek(), isDigit(byte) { throw failure(.badNumber, at: start) }
        if isInteger, bytes[start] != UInt8(ascii: "-"), index - start <= 18 {
            return .integer(bytes[start..<index].reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) })
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isInteger, text != "-0", let number = Int64(text) { return .integer(number) }
        return .decimal(text)
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let expected = String(describing: word).utf8
        guard bytes[index...].starts(with: expected) else {
            throw failure(.unexpected(printable(bytes[index])), at: index)
        }
        index += expected.count
        return value
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= limits.depth else { throw failure(.tooDeep(limits.depth), at: index) }
        index += 1
    }

    private mutating func leave(_ value: JSONValue) -> JSONValue {
        depth -= 1
        return value
    }

    private func peek() -> UInt8? { index < bytes.count ? bytes[index] : nil }

    private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private mutating func digits() {
        while let byte = peek(), isDigit(byte) { index += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard index < bytes.count else { throw failure(.unexpectedEnd, at: index) }
        guard take(byte) else { throw failure(.unexpected(printable(bytes[index])), at: index) }
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private func printable(_ byte: UInt8) -> String {
        (0x21..<0x7F).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
    }

    private func failure(_ reason: JSONError.Reason, at offset: Int) -> JSONError {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == 0x0A } + 1
        let column = offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return JSONError(reason: reason, offset: offset, line: line, column: column)
    }
}
