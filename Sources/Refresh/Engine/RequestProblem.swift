import Inventory

/// Why a refresh cannot be asked for like this.
package enum RequestProblem: Error, Sendable, Equatable {
    case noSuchService(String, suggestion: String?)
    case noSuchType(String, suggestion: String?)
    case noSuchAccount(String)
    case noSuchRegion(String)
    /// Nothing of what is asked for is selected by the configuration.
    case nothingSelected
    case stopping
    /// A scheduled run cannot be recorded, so it is not started; the schedule tries again.
    case ledgerUnavailable(StoreError)
}
