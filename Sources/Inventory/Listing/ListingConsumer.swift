import AWS
import JSON

/// One resource as a listing hands it out: bytes that are valid until the call returns.
package struct CollectedResource: ~Escapable {
    /// `sk`.
    package let key: Span<UInt8>
    /// Its identifier within its type.
    package let id: Span<UInt8>
    /// The finished document, redacted.
    package let document: IndexedDocument
    /// The reply's item it was made from.
    package let item: IndexedDocument
    package let digest: Digest
    /// A follow-up call failed, so that the document lacks what it would have told: store it when the resource is new,
    /// keep the last good row when it is known.
    package let isIncomplete: Bool

    @_lifetime(copy key, copy id, copy document, copy item)
    init(
        key: Span<UInt8>, id: Span<UInt8>, document: IndexedDocument, item: IndexedDocument, digest: Digest,
        isIncomplete: Bool
    ) {
        self.key = key
        self.id = id
        self.document = document
        self.item = item
        self.digest = digest
        self.isIncomplete = isIncomplete
    }
}

/// Takes the resources of one listing as they are read.
package protocol ListingConsumer {
    /// The resources of another page follow; `isRestart` when they are those of the page before again, because its reading
    /// broke off.
    mutating func beginPage(isRestart: Bool)

    /// Takes one resource. `context` and `reader` tell its ARN, name and tags where they are needed.
    mutating func accept(
        _ resource: borrowing CollectedResource, reader: TypeReader, context: ItemContext
    ) throws(ListingFailure)

    /// Called between resources whenever waiting is fine; writes what has gathered.
    mutating func flush() async throws(ListingFailure)

    /// Called when a page has been read to its end and another call follows: everything that was shown is behind
    /// `position`, so that the listing can go on from there in another process. Returns when that is written down.
    ///
    /// - Parameter items: those found since the call before, where children are listed from them; their listing also
    ///   reaches its end, which is a position behind the last parent of the last input.
    mutating func reach(_ position: ListingPosition, keeping items: [KeptItem]?) async throws(ListingFailure)
}

/// Why a listing ended without proof of completeness.
package struct ListingFailure: Error, Sendable, Equatable {
    package var outcome: Outcome
    package var error: ListingError
    /// AWS did not know the keys, which also means a region that is not enabled: somebody must ask which it is.
    package var isUnsettled = false

    package init(outcome: Outcome, error: ListingError) {
        self.outcome = outcome
        self.error = error
    }
}
