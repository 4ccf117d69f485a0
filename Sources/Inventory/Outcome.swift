/// How a listing ended. Every planned listing ends in exactly one of these.
package enum Outcome: String, Sendable, CaseIterable {
    /// The last page was read and resources were found.
    case complete
    /// The last page was read and there are none: the only way to a count of 0.
    case empty
    /// IAM refuses the call.
    case denied
    /// A service control policy or another explicit deny of the organisation refuses the call.
    case deniedByPolicy
    /// The account has not enabled the region, or has not subscribed to the service.
    case notEnabled
    /// The region does not offer the service or the operation.
    case unsupported
    case throttled
    case timedOut
    /// The account's credentials could not be had, or AWS refused them.
    case credentials
    case failed
    case cancelled
    /// The daemon ended while the listing was under way.
    case interrupted

    /// `true` when what was seen is everything there is, so that what was not seen is gone.
    package var isProof: Bool { self == .complete || self == .empty }

    /// `true` for outcomes that are as they should be: nothing for an operator to do.
    package var isGood: Bool { isProof || self == .notEnabled || self == .unsupported }
}

/// What went wrong with a listing, as told to operators.
package struct ListingError: Error, Sendable, Equatable {
    /// `DescribeInstances`; empty when no call was made.
    package var operation: String
    /// AWS's error code, or our own word for what happened below AWS.
    package var code: String
    /// AWS's message or ours, at most 1,000 characters.
    package var message: String
    package var requestID: String?

    package init(operation: String, code: String, message: String, requestID: String? = nil) {
        self.operation = operation
        self.code = code
        self.message = String(message.prefix(1000))
        self.requestID = requestID
    }
}

/// A listing and how it ended.
package struct ListingResult: Sendable, Equatable {
    package var listing: Listing
    package var outcome: Outcome
    package var error: ListingError?
    /// Resources seen; with an outcome that is no proof, as far as it got.
    package var count: Int
    package var changes: ChangeCounts
    /// The rows of the type that the store held afterwards, by which a store that has lost some is known; `nil` where
    /// that cannot be told.
    package var stored: MarkSum?

    package init(
        listing: Listing, outcome: Outcome, error: ListingError? = nil, count: Int = 0,
        changes: ChangeCounts = ChangeCounts(), stored: MarkSum? = nil
    ) {
        self.stored = stored
        self.listing = listing
        self.outcome = outcome
        self.error = error
        self.count = count
        self.changes = changes
    }
}

extension ListingResult {
    /// The listing is complete and lost too much at once: what it no longer showed is kept until another confirms it.
    package var isQuarantined: Bool { outcome.isProof && error?.code == Quarantine.errorCode }

    /// `true` when there is nothing for an operator to do or to wait for.
    package var isGood: Bool { outcome.isGood && !isQuarantined }
}

/// What a listing or a run did to the store.
package struct ChangeCounts: Sendable, Equatable {
    package var created = 0
    package var updated = 0
    package var deleted = 0
    package var unchanged = 0
    /// Unchanged, but written again because the TTL was running out.
    package var renewed = 0

    package init() {}

    package static func += (lhs: inout ChangeCounts, rhs: ChangeCounts) {
        lhs.created += rhs.created
        lhs.updated += rhs.updated
        lhs.deleted += rhs.deleted
        lhs.unchanged += rhs.unchanged
        lhs.renewed += rhs.renewed
    }
    package static func -= (lhs: inout ChangeCounts, rhs: ChangeCounts) {
        lhs.created -= rhs.created
        lhs.updated -= rhs.updated
        lhs.deleted -= rhs.deleted
        lhs.unchanged -= rhs.unchanged
        lhs.renewed -= rhs.renewed
    }
}
