import JSON

/// Turns JSON text into DynamoDB's typed attribute values in one pass over the bytes, without a tree.
///
/// Strings are copied with their escapes, because both sides are JSON. Limits:
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
struct AttributeWriter {
    /// Lists and maps within each other.
    private static let depthLimit = 32
    /// Decimal digits that a number keeps exactly.
    private static let digitLimit = 38

    private var scanner: JSONScanner
    private var size = 0
    private var depth = 0

    /// Appends the document as an attribute value; answers its size as DynamoDB counts it. `nil`, with `output` as it
    /// was, when an attribute cannot hold it: too deep, an empty member name, a number of too many digits, no JSON.
    static func append(_ document: [UInt8], to output: inout ByteBuffer) -> Int? {
        var writer = AttributeWriter(scanner: JSONScanner(document))
        let start = output.count
        do {
            try writer.value(&output)
            guard writer.scanner.peek() == 0 else { throw JSONScanner.Failure(offset: writer.scanner.index) }
            return writer.size
        } catch {
            output.truncate(to: start)
            return nil
        }
    }

    /// Appends `text` as an S.
    static func append(text: String, to output: inout ByteBuffer) {
        output.append(#"{"S":"#)
        output.append(quoted: text)
        output.append(UInt8(ascii: "}"))
    }

    /// Appends a JSON document as an S.
    static func append(document: [UInt8], to output: inout ByteBuffer) {
        output.append(#"{"S":""#)
        output.appendEscaped(document: document.span)
        output.append("\"}")
    }

    private init(scanner: JSONScanner) { self.scanner = scanner }

    private mutating func value(_ output: inout ByteBuffer) throws(JSONScanner.Failure) {
        switch scanner.peek() {
        case UInt8(ascii: "{"): try map(&output)
        case UInt8(ascii: "["): try list(&output)
        case UInt8(ascii: "\""):
            output.append(#"{"S":"#)
            try string(&output)
            output.append(UInt8(ascii: "}"))
        default: try scalar(&output)
        }
    }

    private mutating func map(_ output: inout ByteBuffer) throws(JSONScanner.Failure) {
        try enter(UInt8(ascii: "{"))
        output.append(#"{"M":{"#)
        if !scanner.take(UInt8(ascii: "}")) {
            while true {
                let start = output.count
                try string(&output)
                guard output.count > start + 2 else { throw JSONScanner.Failure(offset: scanner.index) }
                try scanner.expect(UInt8(ascii: ":"))
                output.append(UInt8(ascii: ":"))
                try value(&output)
                size += 1
                guard scanner.take(UInt8(ascii: ",")) else { break }
                output.append(UInt8(ascii: ","))
            }
            try scanner.expect(UInt8(ascii: "}"))
        }
        output.append("}}")
        depth -= 1
    }

    private mutating func list(_ output: inout ByteBuffer) throws(JSONScanner.Failure) {
        try enter(UInt8(ascii: "["))
        output.append(#"{"L":["#)
        if !scanner.take(UInt8(ascii: "]")) {
            while true {
                try value(&output)
                size += 1
                guard scanner.take(UInt8(ascii: ",")) else { break }
                output.append(UInt8(ascii: ","))
            }
            try scanner.expect(UInt8(ascii: "]"))
        }
        output.append("]}")
        depth -= 1
    }

    private mutating func enter(_ mark: UInt8) throws(JSONScanner.Failure) {
        depth += 1
        guard depth <= Self.depthLimit else { throw JSONScanner.Failure(offset: scanner.index) }
        try scanner.expect(mark)
        size += 3
    }

    /// Copies a string with its quotes and escapes.
    private mutating func string(_ output: inout ByteBuffer) throws(JSONScanner.Failure) {
        let text = try scanner.text()
        output.append(scanner.bytes, text.range.lowerBound - 1..<text.range.upperBound + 1)
        size += text.hasEscapes ? scanner.unescaped(text).count : text.range.count
    }

    private mutating func scalar(_ output: inout ByteBuffer) throws(JSONScanner.Failure) {
        let range = try scanner.bare()
        let token = scanner.bytes[range]
        switch token.first {
        case UInt8(ascii: "t") where token.elementsEqual("true".utf8):
            output.append(#"{"BOOL":true}"#)
            size += 1
        case UInt8(ascii: "f") where token.elementsEqual("false".utf8):
            output.append(#"{"BOOL":false}"#)
            size += 1
        case UInt8(ascii: "n") where token.elementsEqual("null".utf8):
            output.append(#"{"NULL":true}"#)
            size += 1
        default:
            guard let digits = Self.significantDigits(token) else {
                throw JSONScanner.Failure(offset: range.lowerBound)
            }
            output.append(#"{"N":""#)
            output.append(scanner.bytes, range)
            output.append("\"}")
            size += (digits + 1) / 2 + 2
        }
    }

    /// The digits of a number that an attribute keeps exactly; `nil` when it cannot, or when this is no number.
    /// Magnitudes may lie between 1E-130 and 9.99…E+125.
    static func significantDigits(_ token: ArraySlice<UInt8>) -> Int? {
        // Most numbers are short integers.
        if token.count <= 18, token.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) { return token.count }
        var digits = 0
        var trailingZeros = 0
        var exponent = 0
        var sawDigit = false
        var sawPoint = false
        var position = token.startIndex
        if token.first == UInt8(ascii: "-") { position += 1 }
        while position < token.endIndex {
            let byte = token[position]
            if byte == UInt8(ascii: ".") && !sawPoint {
                sawPoint = true
            } else if byte | 0x20 == UInt8(ascii: "e") {
                guard let written = Int(String(decoding: token[(position + 1)...], as: UTF8.self)) else { return nil }
                exponent += written
                break
            } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                sawDigit = true
                if byte != UInt8(ascii: "0") || digits > 0 { digits += 1 }
                trailingZeros = byte == UInt8(ascii: "0") ? trailingZeros + 1 : 0
                if sawPoint { exponent -= 1 }
            } else {
                return nil
            }
            position += 1
        }
        guard sawDigit else { return nil }
        if digits == 0 { return 1 }
        let magnitude = exponent + digits - 1
        let significant = digits - min(trailingZeros, digits - 1)
        return significant <= digitLimit && (-130...125).contains(magnitude) ? significant : nil
    }
}
