public import CBytes

/// Searching in spans of bytes, sixteen or eight at a time.
///
/// `public`, as `ByteBuffer` is, and its short functions inlinable: Swift 6.3 inlines no `package` function into another
/// module, whatever its attributes say, and these are called for every byte and name of a reply.
public enum ByteScan {
    // Computed, so that other modules see constants.
    @inlinable static var ones: UInt64 { 0x0101_0101_0101_0101 }
    @inlinable static var highs: UInt64 { 0x8080_8080_8080_8080 }

    /// What one of the functions that look at sixteen bytes finds in those from `index` on, which lie within the span.
    @inlinable @inline(__always)
    static func bits(_ bytes: Span<UInt8>, _ index: Int, _ find: (UnsafePointer<UInt8>) -> UInt32) -> UInt32 {
        bytes.withUnsafeBufferPointer { $0.baseAddress.map { find($0 + index) } ?? 0 }
    }

    /// High bits set at (at least the first of) the bytes of `word` that are zero.
    @inlinable @inline(__always)
    static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

    /// The high bits of exactly those bytes of `word` that are zero.
    @inlinable @inline(__always)
    static func exactZeroBytes(_ word: UInt64) -> UInt64 { ~(((word & ~highs) &+ ~highs) | word | ~highs) }

    /// The high bits of exactly those bytes of `word` that a JSON string must escape: `"`, `\`, control characters, of
    /// which a document has none.
    @inline(__always)
    static func escapes(_ word: UInt64, isDocument: Bool) -> UInt64 {
        let quoted =
            exactZeroBytes(word ^ (UInt64(UInt8(ascii: "\"")) &* ones))
            | exactZeroBytes(word ^ (UInt64(UInt8(ascii: "\\")) &* ones))
        return isDocument ? quoted : quoted | exactZeroBytes(word & (0xE0 &* ones))
    }

    /// The first byte at or after `start` that JSON text cannot carry as it is (`"`, `\`, control characters), or that
    /// needs a closer look: `stop`, `&` when `ampersand`, or any byte of a multi-byte character. `bytes.count` if none.
    @inlinable @inline(__always)
    public static func special(_ bytes: Span<UInt8>, from start: Int, stop: UInt8, ampersand: Bool) -> Int {
        let raw = bytes.bytes
        var index = start
        while index + 16 <= bytes.count {
            let found = bits(bytes, index) { collector_find_specials($0, stop, ampersand ? UInt8(ascii: "&") : stop) }
            if found != 0 { return index + found.trailingZeroBitCount }
            index += 16
        }
        while index + 8 <= bytes.count {
            let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let found = special(word, stop: stop, ampersand: ampersand)
            if found != 0 { return index + found.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x20 || byte >= 0x80 || byte == stop || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
                || (ampersand && byte == UInt8(ascii: "&"))
            {
                return index
            }
            index += 1
        }
        return index
    }

    /// High bits set at (at least the first of) the bytes of `word` that `special` of a span looks for.
    @inlinable @inline(__always)
    static func special(_ word: UInt64, stop: UInt8, ampersand: Bool) -> UInt64 {
        var found = word | ((word &- (0x20 &* ones)) & ~word)
        found |= zeroBytes(word ^ (UInt64(stop) &* ones)) | zeroBytes(word ^ (UInt64(UInt8(ascii: "\\")) &* ones))
        found |= zeroBytes(word ^ (UInt64(UInt8(ascii: "\"")) &* ones))
        if ampersand { found |= zeroBytes(word ^ (UInt64(UInt8(ascii: "&")) &* ones)) }
        return found & highs
    }

    /// The first `"` or `\` at or after `start`; `bytes.count` if none.
    @inlinable @inline(__always)
    public static func quoteOrBackslash(_ bytes: Span<UInt8>, from start: Int) -> Int {
        let raw = bytes.bytes
        var index = start
        while index + 16 <= bytes.count {
            let found = bits(bytes, index) { collector_find_quotes($0) }
            if found != 0 { return index + found.trailingZeroBitCount }
            index += 16
        }
        while index + 8 <= bytes.count {
            let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            var found = zeroBytes(word ^ (UInt64(UInt8(ascii: "\"")) &* ones))
            found |= zeroBytes(word ^ (UInt64(UInt8(ascii: "\\")) &* ones))
            if found != 0 { return index + found.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
            index += 1
        }
        return index
    }

    /// The first `"` or bracket of either kind at or after `start`, where no control characters are; `bytes.count` if none.
    @inlinable @inline(__always)
    public static func quoteOrBracket(_ bytes: Span<UInt8>, from start: Int) -> Int {
        let raw = bytes.bytes
        var index = start
        while index + 8 <= bytes.count {
            // With this bit set `[` is `{`, `]` is `}`, and a quote is itself.
            let word = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self) | (0x20 &* ones)
            var found = zeroBytes(word ^ (UInt64(UInt8(ascii: "\"")) &* ones))
            found |= zeroBytes(word ^ (UInt64(UInt8(ascii: "{")) &* ones))
            found |= zeroBytes(word ^ (UInt64(UInt8(ascii: "}")) &* ones))
            if found != 0 { return index + found.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"):
                return index
            default: index += 1
            }
        }
        return index
    }

    /// The first `byte` at or after `start`; `bytes.count` if none.
    @inlinable @inline(__always)
    public static func first(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int {
        let raw = bytes.bytes
        let pattern = UInt64(byte) &* ones
        var index = start
        while index + 16 <= bytes.count {
            let found = bits(bytes, index) { collector_find_byte($0, byte) }
            if found != 0 { return index + found.trailingZeroBitCount }
            index += 16
        }
        while index + 8 <= bytes.count {
            let found = zeroBytes(raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self) ^ pattern)
            if found != 0 { return index + found.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < bytes.count, bytes[index] != byte { index += 1 }
        return index
    }

    /// Whether `count` bytes at both places, which must lie within the spans, are the same.
    @inlinable @inline(__always)
    public static func equal(
        _ left: Span<UInt8>, _ leftStart: Int, _ right: Span<UInt8>, _ rightStart: Int, count: Int
    ) -> Bool {
        let (first, second) = (left.bytes, right.bytes)
        func isSame<Word: FixedWidthInteger & BitwiseCopyable>(_ index: Int, _ word: Word.Type) -> Bool {
            first.unsafeLoadUnaligned(fromByteOffset: leftStart + index, as: word)
                == second.unsafeLoadUnaligned(fromByteOffset: rightStart + index, as: word)
        }
        // The last word overlaps the one before where the count is no multiple of its size.
        if count >= 8 {
            var index = 0
            while index + 8 <= count {
                guard isSame(index, UInt64.self) else { return false }
                index += 8
            }
            return index == count || isSame(count - 8, UInt64.self)
        }
        if count >= 4 { return isSame(0, UInt32.self) && isSame(count - 4, UInt32.self) }
        for index in 0..<count where left[leftStart + index] != right[rightStart + index] { return false }
        return true
    }

    /// The length of the well-formed UTF-8 character that starts at `start` with a byte of 0x80 or more; 0 when it is
    /// not well-formed, `nil` when the bytes end inside it.
    package static func characterLength(_ bytes: Span<UInt8>, at start: Int) -> Int? {
        let lead = bytes[start]
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, low) = (3, 0xA0)
        case 0xED: (length, high) = (3, 0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, low) = (4, 0x90)
        case 0xF4: (length, high) = (4, 0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        for offset in 1..<length {
            guard start + offset < bytes.count else { return nil }
            let byte = bytes[start + offset]
            guard byte >= low, byte <= high else { return 0 }
            (low, high) = (0x80, 0xBF)
        }
        return length
    }
}
