import Inventory

/// Takes resources that are not stored: parents listed only for their children, whose items the ledger keeps.
struct DiscardingConsumer: ListingConsumer {
    private let listing: Listing
    private let journal: RunJournal
    /// The listing begins anew, and the ledger has taken nothing of it yet.
    private var isFirst: Bool
    /// Items that the ledger has not taken yet.
    private var untold: [KeptItem] = []

    /// - Parameter remains: what the listing goes on from; `nil` when it begins anew.
    init(_ listing: Listing, journal: RunJournal, from remains: ListingRemains?) {
        self.listing = listing
        self.journal = journal
        isFirst = remains?.parent == nil || remains?.isForeign == true
        if let remains, remains.isForeign { untold = remains.parent?.items ?? [] }
    }

    mutating func beginPage(isRestart: Bool) {}

    mutating func accept(
        _ resource: borrowing CollectedResource, reader: TypeReader, context: ItemContext
    ) throws(ListingFailure) {}

    mutating func flush() async throws(ListingFailure) {}

    mutating func reach(_ position: ListingPosition, keeping items: [KeptItem]?) async throws(ListingFailure) {
        guard let items else { return }
        untold += items
        let page = ParentPage(listing: listing, position: position, items: untold, isFirst: isFirst)
        guard await journal.reach(nil, page) else { return }
        untold = []
        isFirst = false
    }
}
