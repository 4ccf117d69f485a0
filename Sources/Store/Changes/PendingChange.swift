import Inventory

/// A change that is about to be written to a store elsewhere, noted first so that it is never lost and never told twice.
struct PendingChange: Sendable, Equatable {
    var kind: ChangeKind
    var id: String
    var type: String
    var arn: String?
    var name: String?
    /// Of the content that is written; `nil` for a deletion and for what is created. Tells whether the write has happened.
    var digest: Digest?
    var diff: [UInt8]?
}
