import JSON

/// IAM's policies: URL-encoded JSON inside XML.
enum PolicyDocument {
    /// The buffer holds `"` and the encoded text from `start`: makes it the policy itself, or the text as a string when
    /// it is none.
    static func decode(from start: Int, in out: inout ByteBuffer) {
        let encoded = out.bytes(start + 1..<out.count)
        var decoded = percentDecoded(unescaped(encoded))
        // The reader wants to see where a value ends.
        decoded.append(UInt8(ascii: " "))
        out.truncate(to: start)
        do throws(WireError) {
            let end = try JSONScanner.appendAny(decoded.span, from: 0, to: &out)
            guard decoded[end...].allSatisfy({ $0 <= 0x20 }) else { throw .truncated }
        } catch {
            out.truncate(to: start)
            out.append(UInt8(ascii: "\""))
            out.append(encoded)
            out.append(UInt8(ascii: "\""))
        }
    }

    /// The text that stands in the buffer as the inside of a JSON string.
    private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
        let quote = [UInt8(ascii: "\"")]
        guard bytes.contains(UInt8(ascii: "\\")), let text = try? JSONValue.parse(quote + bytes + quote).string else {
            return bytes
        }
        return Array(text.utf8)
    }

    private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 1)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = digit(bytes[index + 1]),
                let low = digit(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
