import JSON
import Testing

@testable import Inventory

@Suite("The digest of a document") struct DigestTests {
    private static let volatile = [["LastUsed"], ["Items", "[]", "Seen"], ["Counts", "[]"]]
    private static let sets = [["Tags"], ["Items", "[]", "Groups"]]

    private static let hasher = DigestHasher(rules: MemberRules(volatile: volatile, sets: sets, redactions: []))

    private static func digest(_ value: JSONValue) -> Digest { hasher.digest(of: value.serialized.span) }

    private static func digest(_ text: String) -> Digest { hasher.digest(of: Array(text.utf8).span) }

    /// A random document; strings and containers of every small size.
    private static func document(_ depth: Int, _ generator: inout SeededNumbers) -> JSONValue {
        switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &generator) {
        case 0: return .integer(Int64.random(in: -9...99_999, using: &generator))
        case 1: return .bool(.random(using: &generator))
        case 2: return .null
        case 3, 4:
            let count = Int.random(in: 0...40, using: &generator)
            return .string(String(repeating: "ab\"é🗼0", count: count / 6) + "\(count)")
        case 5:
            return .array((0..<Int.random(in: 0...4, using: &generator)).map { _ in document(depth + 1, &generator) })
        default:
            return .object(
                (0..<Int.random(in: 0...5, using: &generator)).map { .init("m\($0)", document(depth + 1, &generator)) })
        }
    }

    private static func shuffled(_ value: JSONValue, _ generator: inout SeededNumbers) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map { shuffled($0, &generator) })
        case .object(let members):
            return .object(members.map { .init($0.key, shuffled($0.value, &generator)) }.shuffled(using: &generator))
        default: return value
        }
    }

    @Test("the order of members means nothing, at any depth", arguments: 0..<200)
    func memberOrder(seed: Int) {
        var generator = SeededNumbers(state: UInt64(seed))
        let value = Self.document(0, &generator)
        #expect(Self.digest(Self.shuffled(value, &generator)) == Self.digest(value))
    }

    @Test("the walk that notes members gives the same digest, and finds each member as a scan does", arguments: 0..<200)
    func notedMembers(seed: Int) {
        var generator = SeededNumbers(state: UInt64(seed))
        let members = (0..<seed % 9).map { index in
            JSONValue.Member(index == 3 ? "LastUsed" : "m\(index)", Self.document(1, &generator))
        }
        let bytes = JSONValue.object(members).serialized
        var places = [MemberPlace(nameStart: 0, nameEnd: 0, valueEnd: 0)]
        #expect(Self.hasher.digest(of: bytes.span, noting: &places) == Self.hasher.digest(of: bytes.span))
        #expect(places.count == members.count)
        let paths =
            members.map { [Array($0.key.utf8)] } + [[Array("m1".utf8), Array("m0".utf8)], [Array("none".utf8)], []]
        for path in paths {
            let found = IndexedDocument(bytes.span, places: places.span).value(at: path)
            let scanned = DocumentScanner.value(at: path, of: bytes.span)
            #expect(found == scanned)
        }
    }

    @Test("one changed bit of a text changes the digest", arguments: 0..<60)
    func bits(seed: Int) {
        var generator = SeededNumbers(state: UInt64(seed) &* 977)
        let length = Int.random(in: 1...70, using: &generator)
        let letters = (0..<length).map { _ in UInt8.random(in: 0x30...0x39, using: &generator) }
        func digest(_ letters: [UInt8]) -> Digest {
            Self.hasher.digest(of: (Array("{\"a\":\"".utf8) + letters + Array("\"}".utf8)).span)
        }
        var seen: Set<Digest> = [digest(letters)]
        for index in letters.indices {
            for bit in [0, 1, 2, 3, 4, 6] where letters[index] ^ (1 << UInt8(bit)) != UInt8(ascii: "\"") {
                var changed = letters
                changed[index] ^= 1 << UInt8(bit)
                #expect(seen.insert(digest(changed)).inserted, "byte \(index), bit \(bit)")
            }
        }
    }

    @Test("declared sets have no order; other lists have")
    func sets() {
        let first = #"{"Tags":[{"K":"a"},{"K":"b"},{"K":"c"}],"Items":[{"Groups":[1,2]}],"List":[1,2]}"#
        let other = #"{"Tags":[{"K":"c"},{"K":"a"},{"K":"b"}],"Items":[{"Groups":[2,1]}],"List":[1,2]}"#
        #expect(Self.digest(first) == Self.digest(other))
        #expect(Self.digest(#"{"List":[1,2]}"#) != Self.digest(#"{"List":[2,1]}"#))
        #expect(Self.digest(#"{"Items":[1,2]}"#) != Self.digest(#"{"Items":[2,1]}"#))
    }

    @Test("how often an element of a set is there counts")
    func repeatedElements() {
        #expect(Self.digest(#"{"Tags":["a","a"]}"#) != Self.digest(#"{"Tags":["a"]}"#))
        #expect(Self.digest(#"{"Tags":["a","a","b"]}"#) != Self.digest(#"{"Tags":["a","b","b"]}"#))
        #expect(Self.digest(#"{"Tags":["a","a"]}"#) != Self.digest(#"{"Tags":["b","b"]}"#))
    }

    @Test("volatile members do not count, whether they change, come or go")
    func volatileMembers() {
        let wanted = Self.digest(#"{"A":1,"Items":[{"B":2}],"Counts":[]}"#)
        #expect(Self.digest(#"{"A":1,"LastUsed":{"x":[1]},"Items":[{"B":2,"Seen":"now"}],"Counts":[]}"#) == wanted)
        #expect(Self.digest(#"{"LastUsed":null,"A":1,"Items":[{"Seen":9,"B":2}],"Counts":[]}"#) == wanted)
        #expect(Self.digest(#"{"A":1,"Items":[{"B":2,"LastUsed":1}],"Counts":[]}"#) != wanted)
    }

    @Test("documents that differ in shape differ in digest")
    func shapes() {
        let documents = [
            "{}", "[]", "null", "0", "\"\"", "\"0\"", "true", "false", "\"true\"", "[{}]", "[[]]", "{\"a\":{}}",
            "{\"a\":[]}", "{\"a\":null}", "{\"b\":null}", "{\"a\":\"b\"}", "{\"b\":\"a\"}", "[\"a\",\"b\"]", "[\"ab\"]",
            "{\"a\":1,\"b\":2}", "{\"a\":2,\"b\":1}", "{\"a\":{\"b\":1}}", "[1,2,3]", "[[1,2],3]", "[1,[2,3]]",
            "[12,3]",
            "{\"a\":{\"c\":1},\"b\":{\"d\":2}}", "{\"a\":{\"d\":2},\"b\":{\"c\":1}}", "1", "1.0", "-1", "[null]",
            "[null,null]",
            "\"\(String(repeating: "x", count: 16))\"", "\"\(String(repeating: "x", count: 17))\"",
        ]
        var seen: [Digest: String] = [:]
        for document in documents {
            let digest = Self.digest(document)
            #expect(seen[digest] == nil, "\(document) and \(seen[digest] ?? "")")
            seen[digest] = document
        }
    }
}

/// SplitMix64, so that a failure can be repeated.
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
