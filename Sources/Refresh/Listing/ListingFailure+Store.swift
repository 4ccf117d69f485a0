import Inventory

extension ListingFailure {
    /// A store that does not take what was collected: the rows it has stay as they are.
    init(_ error: StoreError) {
        let (code, message) =
            switch error {
            case .unavailable(let text): ("StoreUnavailable", text)
            case .exhausted(let text): ("StoreExhausted", text)
            case .refused(let text): ("StoreRefused", text)
            case .unstorable(let resources): (LeftOut.code, UnstorableResource.text(resources))
            case .corrupt(let text): ("StoreCorrupt", text)
            case .cancelled: ("Cancelled", "cancelled")
            }
        self.init(
            outcome: error == .cancelled ? .cancelled : .failed,
            error: ListingError(operation: "", code: code, message: message))
    }

    /// A run ledger that cannot tell what is held back of a unit, so that the unit is not listed; the text names its file.
    init(ledger error: StoreError) {
        self.init(error)
        guard error != .cancelled else { return }
        self.error.code = Self.ledgerCode
        self.error.message = "the run ledger cannot tell what is held back: \(self.error.message)"
    }

    static let ledgerCode = "LedgerUnavailable"
}
