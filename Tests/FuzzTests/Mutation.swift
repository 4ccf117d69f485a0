/// Small changes to inputs, the same ones for the same seed.
struct Mutation {
    /// What readers look for.
    private static let tokens: [[UInt8]] = [
        "<", ">", "</", "<!DOCTYPE a [", "<!ENTITY a \"b\">", "<![CDATA[", "]]>", "&#0;", "&#x10FFFF;", "&amp;", "<!--",
        "-->",
        "{", "}", "[", "]", "\"", "\\u0000", "\\ud800", "1e999", "-0", "null", ",", ":", "=", "\n[", "#", "\u{0}",
        "\u{FEFF}",
    ].map { Array($0.utf8) }

    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The next number below `limit`, by SplitMix64.
    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(limit, 1)))
    }

    /// One to three changes: a byte, a token put in, a part left out, doubled or taken from `other`.
    mutating func changed(_ bytes: [UInt8], with other: [UInt8]) -> [UInt8] {
        var found = bytes
        for _ in 0...below(3) {
            let start = below(found.count + 1)
            let end = min(found.count, start + below(40))
            switch below(5) {
            case 0: if start < found.count { found[start] = UInt8(below(256)) }
            case 1: found.insert(contentsOf: Self.tokens[below(Self.tokens.count)], at: start)
            case 2: found.removeSubrange(start..<end)
            case 3: found.insert(contentsOf: found[start..<end], at: start)
            default:
                let from = below(other.count + 1)
                found.replaceSubrange(start..<end, with: other[from..<min(other.count, from + below(60))])
            }
        }
        return found
    }
}
