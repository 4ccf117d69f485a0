/// An item of a parent's listing as a ledger keeps it: what children need of it, by which another process makes the same
/// `ParentItem`. Holds nothing that is declared redacted.
package struct KeptItem: Sendable, Equatable {
    /// Indices of the call that found it, among the inputs that apply and among the parents.
    package var input: Int
    package var parent: Int
    package var id: String
    /// What `ParentProjection` leaves of the item: JSON.
    package var document: [UInt8]

    package init(input: Int, parent: Int, id: String, document: [UInt8]) {
        self.input = input
        self.parent = parent
        self.id = id
        self.document = document
    }
}

/// How far the listing of a parent has got, and the items on the way: what its children are listed from, whatever becomes
/// of the parent's own listing.
package struct ParentPage: Sendable, Equatable {
    package var listing: Listing
    package var position: ListingPosition
    /// Items found since the page before; as a ledger answers it, all that were found.
    package var items: [KeptItem]
    /// The listing began anew: what is kept of it goes.
    package var isFirst: Bool

    package init(listing: Listing, position: ListingPosition, items: [KeptItem], isFirst: Bool) {
        self.listing = listing
        self.position = position
        self.items = items
        self.isFirst = isFirst
    }
}

extension KeptItem {
    /// What the items of one listing may take in a ledger, in bytes: 300,000 of them and more. Behind it the listing's
    /// position stays, so that another process asks for what follows again.
    package static let limitInBytes = 32 << 20

    /// Its share of the limit: numbers and ends are counted with 16 bytes.
    var sizeInBytes: Int { id.utf8.count + document.count + 16 }
}
