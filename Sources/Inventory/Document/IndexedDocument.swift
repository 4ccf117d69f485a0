/// A document together with where its members stand, when one walk over it has noted that: looking one up is then a few
/// comparisons of names, where it would be a scan of all that stands before it.
package struct IndexedDocument: ~Escapable {
    /// The document itself.
    package let bytes: Span<UInt8>
    /// The members of the document's object in their order; none when they were not noted.
    private let places: Span<MemberPlace>

    /// A document whose members nobody noted; look-ups scan it.
    @_lifetime(copy bytes)
    package init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
        places = Span()
    }

    /// `places` are those of all the members of `bytes`, which is an object.
    @_lifetime(copy bytes, copy places)
    init(_ bytes: Span<UInt8>, places: Span<MemberPlace>) {
        self.bytes = bytes
        self.places = places
    }

    /// The value at the end of a path of member names, as `DocumentScanner.value(at:of:)` finds it.
    func value(at path: [[UInt8]]) -> Range<Int>? {
        guard places.count > 0, let name = path.first else {
            return DocumentScanner.value(at: path, of: bytes)
        }
        guard var range = member(name) else { return nil }
        for name in path.dropFirst() {
            guard let next = DocumentScanner.member(name, of: bytes, from: range.lowerBound) else {
                return nil
            }
            range = next
        }
        return range
    }

    private func member(_ name: [UInt8]) -> Range<Int>? {
        for index in 0..<places.count {
            let place = places[index]
            guard DocumentScanner.equal(bytes, place.nameStart, place.nameEnd, name) else { continue }
            return bytes[place.valueStart] == UInt8(ascii: "n") ? nil : place.valueStart..<place.valueEnd
        }
        return nil
    }
}

/// Where a member stands in its document.
struct MemberPlace {
    /// Behind the name's opening quote.
    var nameStart: Int
    /// At the name's closing quote, which a colon and the value follow.
    var nameEnd: Int
    var valueEnd: Int

    var valueStart: Int { nameEnd + 2 }
}
