import CBytes

/// Strings as JSON writes them, thousands of whole documents a second: see `ByteBuffer` for what every write rests on.
extension ByteBuffer {
    /// Appends the inside of a JSON string: `text`, which is UTF-8, with the escapes that RFC 8259 demands.
    package mutating func appendEscaped(_ text: Span<UInt8>) { appendEscaped(text, isDocument: false) }

    /// The same of a JSON document, in which there are no control characters to look for.
    package mutating func appendEscaped(document: Span<UInt8>) { appendEscaped(document, isDocument: true) }

    @inline(__always)
    private mutating func appendEscaped(_ text: Span<UInt8>, isDocument: Bool) {
        var index = 0
        while index < text.count {
            let end = min(index + Self.escapedBlock, text.count)
            // Six bytes for each of the block's, and the fifteen that a store of sixteen may write too many.
            reserve(6 * Self.escapedBlock + 16)
            appendEscapedBlock(text, index, end, isDocument: isDocument)
            index = end
        }
    }

    private static let escapedBlock = 512

    /// Sixteen or eight bytes at a time: they are stored as they are, and again from behind each byte that needs an escape.
    @inline(__always)
    private mutating func appendEscapedBlock(_ text: Span<UInt8>, _ start: Int, _ end: Int, isDocument: Bool) {
        let raw = text.bytes
        var place = base + used
        var index = start
        text.withUnsafeBufferPointer { bytes in
            guard let first = bytes.baseAddress else { return }
            // What is stored again lies within the next sixteen.
            while index + 16 <= end, index + 32 <= bytes.count {
                let source = first + index
                collector_copy_16(place, source)
                var found = isDocument ? collector_find_quotes(source) : collector_find_escapes(source)
                var stored = 0
                while found != 0 {
                    let plain = found.trailingZeroBitCount
                    place += plain - stored
                    JSONEscape.write(source[plain], to: &place)
                    stored = plain + 1
                    collector_copy_16(place, source + stored)
                    found &= found - 1
                }
                place += 16 - stored
                index += 16
            }
        }
        while index + 8 <= end {
            var word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            var found = ByteScan.escapes(word, isDocument: isDocument)
            var left = 8
            while found != 0 {
                let plain = found.trailingZeroBitCount >> 3
                UnsafeMutableRawPointer(place).storeBytes(of: word, as: UInt64.self)
                place += plain
                JSONEscape.write(UInt8(truncatingIfNeeded: word >> UInt64(plain * 8)), to: &place)
                word >>= UInt64(plain * 8 + 8)
                found >>= UInt64(plain * 8 + 8)
                left -= plain + 1
            }
            UnsafeMutableRawPointer(place).storeBytes(of: word, as: UInt64.self)
            place += left
            index += 8
        }
        while index < end {
            let byte = text[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                JSONEscape.write(byte, to: &place)
            } else {
                place.pointee = byte
                place += 1
            }
            index += 1
        }
        used = place - base
    }

    /// Appends one byte of a JSON string's UTF-8, escaped where RFC 8259 demands it.
    package mutating func appendEscaped(_ byte: UInt8) {
        reserve(6)
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { return append(byte) }
        var place = base + used
        JSONEscape.write(byte, to: &place)
        used = place - base
    }

    /// Appends `text` in quotes, as JSON.
    package mutating func append(quoted text: String) {
        append(UInt8(ascii: "\""))
        appendEscaped(text.utf8Span.span)
        append(UInt8(ascii: "\""))
    }
}

/// Escapes of JSON strings.
private enum JSONEscape {
    /// Writes the escape of a byte that has one; `place`, which has room for six bytes, moves behind it.
    @inline(__always)
    static func write(_ byte: UInt8, to place: inout UnsafeMutablePointer<UInt8>) {
        place[0] = UInt8(ascii: "\\")
        if byte >= 0x20 {
            place[1] = byte
            place += 2
        } else {
            writeControl(byte, to: &place)
        }
    }

    @inline(never)
    private static func writeControl(_ byte: UInt8, to place: inout UnsafeMutablePointer<UInt8>) {
        switch byte {
        case 0x08: place[1] = UInt8(ascii: "b")
        case 0x09: place[1] = UInt8(ascii: "t")
        case 0x0A: place[1] = UInt8(ascii: "n")
        case 0x0C: place[1] = UInt8(ascii: "f")
        case 0x0D: place[1] = UInt8(ascii: "r")
        default:
            let low = byte & 15
            place[1] = UInt8(ascii: "u")
            place[2] = UInt8(ascii: "0")
            place[3] = UInt8(ascii: "0")
            place[4] = UInt8(ascii: "0") + byte >> 4
            place[5] = low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10
            place += 4
        }
        place += 2
    }
}
