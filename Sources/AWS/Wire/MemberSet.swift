/// Members of one structure that were written already: the first wins, so that no document has a key twice.
struct MemberSet {
    /// The window of members that bits stand for: 64 on either side of the first, wider than all but a few structures.
    private static let reach = 64
    private var base = Int.min
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    /// Members outside the window.
    private var rest: Set<Int> = []

    @inline(__always)
    func contains(_ member: Int) -> Bool {
        guard base != .min else { return false }
        switch member - base {
        case 0..<64: return low & bit(member) != 0
        case 64..<128: return high & bit(member) != 0
        default: return rest.contains(member)
        }
    }

    /// `false` when the member is there already.
    @inline(__always) @discardableResult
    mutating func insert(_ member: Int) -> Bool {
        if base == .min { base = member - Self.reach }
        switch member - base {
        case 0..<64:
            guard low & bit(member) == 0 else { return false }
            low |= bit(member)
        case 64..<128:
            guard high & bit(member) == 0 else { return false }
            high |= bit(member)
        default: return rest.insert(member).inserted
        }
        return true
    }

    @inline(__always)
    private func bit(_ member: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: member &- base) }
}
