/// Computes a document's `Digest`: 128 bits over its structure and values.
///
/// Members of objects combine by addition, so their order means nothing; so do elements of lists that the catalogue
/// declares as sets; members declared volatile are left out. It tells change from no change between our own writes; it is
/// no defence against somebody who forges documents.
struct DigestHasher {
    private struct Sum {
        var high: UInt64
        var low: UInt64
    }

    private let rules: MemberRules

    init(rules: MemberRules) { self.rules = rules }

    func digest(of document: Span<UInt8>) -> Digest {
        guard document.count > 0 else { return Digest(high: 0, low: 0) }
        var position = 0
        let sum = value(document, &position, rules.root)
        return Digest(high: sum.high, low: sum.low)
    }

    /// The same of an object, and in `places` where each of its members stands.
    func digest(of document: Span<UInt8>, noting places: inout [MemberPlace]) -> Digest {
        places.removeAll(keepingCapacity: true)
        guard document.count > 0, document[0] == UInt8(ascii: "{") else { return digest(of: document) }
        var sum = Self.objectStart
        var position = 1
        while document[position] == UInt8(ascii: "\"") {
            let start = position
            let nameEnd = member(document, &position, rules.root, &sum)
            places.append(MemberPlace(nameStart: start + 1, nameEnd: nameEnd - 1, valueEnd: position))
            if document[position] == UInt8(ascii: ",") { position += 1 }
        }
        sum = Self.mix(sum, Self.objectEnd)
        return Digest(high: sum.high, low: sum.low)
    }

    /// First 64 bits of the fractional parts of the square roots of 2, 3, 5, 7: numbers nobody chose.
    private static let roots: (UInt64, UInt64, UInt64, UInt64) = (
        0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1
    )

    private static var objectStart: Sum { Sum(high: roots.0, low: roots.1) }
    private static var objectEnd: Sum { Sum(high: roots.2, low: roots.3) }

    private func value(_ bytes: Span<UInt8>, _ position: inout Int, _ node: Int?) -> Sum {
        switch bytes[position] {
        case UInt8(ascii: "{"): return object(bytes, &position, node)
        case UInt8(ascii: "["): return list(bytes, &position, node)
        default:
            let start = position
            position = DocumentScanner.end(of: bytes, from: start)
            return Self.hash(bytes, start, position)
        }
    }

    private func object(_ bytes: Span<UInt8>, _ position: inout Int, _ node: Int?) -> Sum {
        var sum = Self.objectStart
        position += 1
        while bytes[position] == UInt8(ascii: "\"") {
            _ = member(bytes, &position, node, &sum)
            if bytes[position] == UInt8(ascii: ",") { position += 1 }
        }
        position += 1
        return Self.mix(sum, Self.objectEnd)
    }

    /// Adds the member at `position`, which moves behind it; answers where its name ends.
    @inline(__always)
    private func member(_ bytes: Span<UInt8>, _ position: inout Int, _ node: Int?, _ sum: inout Sum) -> Int {
        let keyStart = position
        let keyEnd = DocumentScanner.stringEnd(bytes, from: position)
        position = keyEnd + 1
        let child = rules.child(of: node, member: bytes, keyStart + 1, keyEnd - 1)
        if let child, rules.nodes[child].isVolatile {
            position = DocumentScanner.end(of: bytes, from: position)
        } else {
            let key = Self.hash(bytes, keyStart, keyEnd)
            let member = Self.mix(key, value(bytes, &position, child))
            sum.high &+= member.high
            sum.low &+= member.low
        }
        return keyEnd
    }

    private func list(_ bytes: Span<UInt8>, _ position: inout Int, _ node: Int?) -> Sum {
        var sum = Sum(high: Self.roots.1, low: Self.roots.2)
        let isSet = node.map { rules.nodes[$0].isSet } ?? false
        let child = node.flatMap { rules.nodes[$0].every }
        position += 1
        while bytes[position] != UInt8(ascii: "]") {
            let element = value(bytes, &position, child)
            if isSet {
                let mixed = Self.mix(element, Sum(high: Self.roots.3, low: Self.roots.0))
                sum.high &+= mixed.high
                sum.low &+= mixed.low
            } else {
                sum = Self.mix(sum, element)
            }
            if bytes[position] == UInt8(ascii: ",") { position += 1 }
        }
        position += 1
        return Self.mix(sum, Sum(high: Self.roots.3, low: Self.roots.2))
    }

    /// Two 64-bit lanes, each a multiply and fold per 16 bytes, with the operands' roles exchanged between the lanes.
    @inline(__always)
    private static func hash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Sum {
        let raw = bytes.bytes
        let count = end - start
        var sum = Sum(high: roots.2 ^ UInt64(count), low: roots.3 &+ UInt64(count))
        var index = start
        while end - index > 16 {
            let first = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let second = raw.unsafeLoadUnaligned(fromByteOffset: index + 8, as: UInt64.self)
            sum = mix(sum, Sum(high: first, low: second))
            index += 16
        }
        let rest = end - index
        if rest >= 8 {
            let first = raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let second = raw.unsafeLoadUnaligned(fromByteOffset: end - 8, as: UInt64.self)
            return mix(sum, Sum(high: first, low: second))
        }
        var word: UInt64 = 0
        if end >= 8, rest > 0 {
            // The last bytes of the eight that end here.
            word = raw.unsafeLoadUnaligned(fromByteOffset: end - 8, as: UInt64.self).bigEndian
            word &= ~0 >> UInt64(64 - 8 * rest)
        } else {
            for place in index..<end { word = word << 8 | UInt64(bytes[place]) }
        }
        return mix(sum, Sum(high: word, low: UInt64(rest)))
    }

    @inline(__always)
    private static func mix(_ state: Sum, _ input: Sum) -> Sum {
        let first = (state.high ^ input.high ^ roots.0).multipliedFullWidth(by: input.low ^ roots.1 ^ state.low)
        let second = (state.low ^ input.low ^ roots.2).multipliedFullWidth(by: input.high ^ roots.3)
        return Sum(
            high: first.high ^ first.low ^ state.low, low: second.high ^ second.low ^ (state.high &+ input.high))
    }
}
