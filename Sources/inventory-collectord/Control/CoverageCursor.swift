import Inventory

/// Where the next page of a run's listings starts, as text for callers: behind a listing. Opaque to them.
struct CoverageCursor {
    let listing: Listing

    init(_ listing: Listing) { self.listing = listing }

    /// Reads what `text` made; `nil` for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        listing = Listing(type: parts[2], scope: Scope(account: parts[0], region: parts[1]))
    }

    /// Names of accounts, regions and types have no spaces.
    var text: String { "\(listing.scope.account) \(listing.scope.region) \(listing.type)" }
}
