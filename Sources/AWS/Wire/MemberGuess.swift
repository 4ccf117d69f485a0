/// Which member of a structure came after which the last time: AWS sends members in the same order every time, so that
/// a name is mostly compared once and not looked up.
struct MemberGuess {
    /// Places for followers. Two members that share one only guess wrong, and few of a service's members occur in the
    /// replies of one operation.
    private static let size = 512
    private var followers: [Int32]

    init() { followers = Array(repeating: -1, count: Self.size) }

    /// The member that came after `previous` in the structure whose members start at `firstMember`; at its start
    /// `previous` is -1. The answer may be a member of another structure.
    @inline(__always)
    func after(_ previous: Int, firstMember: Int32) -> Int? {
        let guess = followers[Self.place(previous, firstMember)]
        return guess < 0 ? nil : Int(guess)
    }

    @inline(__always)
    mutating func learn(_ member: Int, after previous: Int, firstMember: Int32) {
        followers[Self.place(previous, firstMember)] = Int32(truncatingIfNeeded: member)
    }

    @inline(__always)
    private static func place(_ previous: Int, _ firstMember: Int32) -> Int {
        (previous < 0 ? ~Int(firstMember) : previous) & (size - 1)
    }
}
