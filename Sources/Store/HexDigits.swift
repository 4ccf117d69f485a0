import Inventory

/// Reads digests as they are stored, without a string.
enum HexDigits {
    /// 32 hexadecimal digits; `nil` for anything else.
    static func digest(_ text: Span<UInt8>) -> Digest? {
        guard text.count == 32, let high = word(text, from: 0), let low = word(text, from: 16) else { return nil }
        return Digest(high: high, low: low)
    }

    private static func word(_ text: Span<UInt8>, from start: Int) -> UInt64? {
        var word: UInt64 = 0
        for index in start..<start + 16 {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): word = word << 4 | UInt64(byte &- UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): word = word << 4 | UInt64(byte &- UInt8(ascii: "a") &+ 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): word = word << 4 | UInt64(byte &- UInt8(ascii: "A") &+ 10)
            default: return nil
            }
        }
        return word
    }
}
