import AWS
import JSON

/// Tags of many resources by their ARN, packed: one text and a hash table over it.
///
/// A resource costs its ARN, its tags as JSON and about 40 bytes.
struct TagTable: Sendable {
    /// ARN and tags of all resources, one behind the other.
    private var text: [UInt8] = []
    private var places: [Key: Place] = [:]
    /// Resources were left out because the table was full: an ARN that is not found may be tagged all the same.
    private(set) var isCut = false

    /// 128 bits of the ARN; two different ARNs of an account do not share them in practice, and the ARN is compared.
    private struct Key: Hashable {
        var high: UInt64
        var low: UInt64
    }

    private struct Place {
        var start: UInt32
        var arnCount: UInt32
        var end: UInt32
    }

    /// About 40,000 tagged resources of one account and region, in the services that need the table.
    static let limitInBytes = 16 << 20

    /// Bytes held.
    var size: Int { text.count + places.count * 40 }

    /// Takes one element of `ResourceTagMappingList`. One without an ARN is passed over.
    mutating func add(_ mapping: Span<UInt8>) {
        guard let arn = DocumentScanner.member(Array("ResourceARN".utf8), of: mapping, from: 0),
            let tags = DocumentScanner.member(Array("Tags".utf8), of: mapping, from: 0)
        else { return }
        let name = arn.lowerBound + 1..<arn.upperBound - 1
        guard size + name.count + tags.count <= Self.limitInBytes else { return isCut = true }
        let start = text.count
        for index in name { text.append(mapping[index]) }
        for index in tags { text.append(mapping[index]) }
        places[Self.key(text[start..<start + name.count])] = Place(
            start: UInt32(start), arnCount: UInt32(name.count), end: UInt32(text.count))
    }

    /// The resource's tags as a JSON list of `Key` and `Value`; `nil` when it has none.
    func tags(of arn: String) -> [UInt8]? {
        let wanted = Array(arn.utf8)
        guard let place = places[Self.key(wanted[...])] else { return nil }
        let start = Int(place.start)
        let middle = start + Int(place.arnCount)
        guard text[start..<middle].elementsEqual(wanted) else { return nil }
        return Array(text[middle..<Int(place.end)])
    }

    private static func key(_ arn: ArraySlice<UInt8>) -> Key {
        // FNV-1a from two starting points: http://www.isthe.com/chongo/tech/comp/fnv/
        var key = Key(high: 0xcbf2_9ce4_8422_2325, low: 0x9e37_79b9_7f4a_7c15)
        for byte in arn {
            key.high = (key.high ^ UInt64(byte)) &* 0x100_0000_01b3
            key.low = (key.low ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return key
    }
}
