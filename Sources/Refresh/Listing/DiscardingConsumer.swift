import Inventory

/// Takes resources that are not stored: parents listed only for their children.
struct DiscardingConsumer: ListingConsumer {
    mutating func beginPage(isRestart: Bool) {}

    mutating func accept(
        _ resource: borrowing CollectedResource, reader: TypeReader, context: ItemContext
    ) throws(ListingFailure) {}

    mutating func flush() async throws(ListingFailure) {}

    mutating func reach(_ position: ListingPosition) async throws(ListingFailure) {}
}
