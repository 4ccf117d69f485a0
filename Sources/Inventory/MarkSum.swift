/// Stands for a set of stored rows, whatever their order: how many there are, and 128 bits of their marks.
///
/// Two different sets have the same sum with a probability of about 2⁻¹²⁸, and one row's content or key is told from
/// another's by the 64 bits of each that a `SeenMark` has. Kept in files: the same in every version.
package struct MarkSum: Sendable, Equatable {
    package private(set) var count: Int
    package private(set) var low: UInt64
    package private(set) var high: UInt64

    package init(count: Int = 0, low: UInt64 = 0, high: UInt64 = 0) {
        self.count = count
        self.low = low
        self.high = high
    }

    /// The rows of one type.
    package init(_ table: KeyTable) {
        self.init()
        for position in table.entries.indices { add(table.mark(position)) }
    }

    package mutating func add(_ mark: SeenMark) {
        count += 1
        low &+= Self.low(mark)
        high &+= Self.high(mark)
    }

    /// Takes back a mark that was added.
    package mutating func remove(_ mark: SeenMark) {
        count -= 1
        low &-= Self.low(mark)
        high &-= Self.high(mark)
    }

    // Two mixes of key and digest together, so that rows that swap their contents change the sum.
    private static func low(_ mark: SeenMark) -> UInt64 {
        StableHash.mix(mark.key &+ StableHash.mix(mark.digest &+ 0x9e37_79b9_7f4a_7c15))
    }

    private static func high(_ mark: SeenMark) -> UInt64 {
        StableHash.mix(mark.digest ^ StableHash.mix(mark.key ^ 0x6a09_e667_f3bc_c908))
    }
}
