import Glibc

/// Files that hold inputs.
package enum FuzzInput {
    /// The bytes of a file; `nil` when it cannot be opened.
    package static func bytes(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
        return bytes
    }

    /// The inputs of a file that holds one a line, in base64; `nil` when it cannot be read.
    package static func lines(_ path: String) -> [[UInt8]]? {
        bytes(path)?.split(separator: UInt8(ascii: "\n")).map(decoded)
    }

    /// What the digits of base64 stand for; padding and others count as the end.
    private static func decoded(_ text: some Sequence<UInt8>) -> [UInt8] {
        var found: [UInt8] = []
        var held: UInt32 = 0
        var count = 0
        for byte in text {
            guard let digit = digit(byte) else { break }
            held = held << 6 | digit
            count += 6
            if count >= 8 {
                count -= 8
                found.append(UInt8(truncatingIfNeeded: held >> UInt32(count)))
            }
        }
        return found
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
