/// A set of small numbers, 0 to 255, held in four machine words; the largest field, the year, needs 230.
struct ValueSet: Sendable, Equatable {
    private var words = SIMD4<UInt64>(repeating: 0)

    /// The numbers 0 to 63 as one word of bits.
    var low: UInt64 { words[0] }

    mutating func insert(_ value: Int) {
        words[value >> 6] |= 1 << UInt64(value & 63)
    }

    func contains(_ value: Int) -> Bool {
        words[value >> 6] & (1 << UInt64(value & 63)) != 0
    }

    /// The smallest member that is not below `value`, or nil.
    func first(from value: Int) -> Int? {
        guard value < 256 else { return nil }
        var word = value >> 6
        var bits = words[word] & (UInt64.max << UInt64(value & 63))
        while bits == 0 {
            word += 1
            guard word < 4 else { return nil }
            bits = words[word]
        }
        return word << 6 + bits.trailingZeroBitCount
    }
}
