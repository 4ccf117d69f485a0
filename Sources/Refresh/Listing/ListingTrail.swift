import Inventory

/// What a listing leaves for the process that may have to go on with it: what it has shown and found since its last
/// checkpoint, and which rows of the type the store will hold.
struct ListingTrail {
    /// Shown since the last checkpoint.
    private var marks: [SeenMark] = []
    /// Found since then, where children are listed from the items.
    private var items: [KeptItem] = []
    /// The listing began anew, and the ledger has no checkpoint of it yet.
    private var isFirst = true
    private var sum = MarkSum()
    private var isDoubtful = false

    /// The type's rows in the store when everything is written; `nil` where they cannot be told.
    var rows: MarkSum? { isDoubtful ? nil : sum }

    /// Notes a resource as the store will hold it.
    ///
    /// - Parameter isChange: it was shown before, with other content.
    mutating func show(_ mark: SeenMark, isChange: Bool) {
        marks.append(mark)
        sum.add(mark)
        if isChange { isDoubtful = true }
    }

    /// Notes a row that stays although it was not shown.
    mutating func keep(_ mark: SeenMark) { sum.add(mark) }

    mutating func find(_ items: [KeptItem]) { self.items += items }

    /// Goes on with rows that were shown before; what another run has left is told to the ledger with the next checkpoint.
    mutating func resume(_ rows: MarkSum, from remains: ListingRemains) {
        sum = rows
        isFirst = remains.isForeign
        guard remains.isForeign else { return }
        marks = remains.checkpoint?.seen ?? []
        items = remains.parent?.items ?? []
    }

    func checkpoint(of listing: Listing, at position: ListingPosition, _ changes: ChangeCounts) -> ListingCheckpoint {
        ListingCheckpoint(listing: listing, position: position, changes: changes, seen: marks, isFirst: isFirst)
    }

    func parentPage(of listing: Listing, at position: ListingPosition) -> ParentPage {
        ParentPage(listing: listing, position: position, items: items, isFirst: isFirst)
    }

    /// The ledger has taken what it was told.
    mutating func isTold() { (marks, items, isFirst) = ([], [], false) }
}
