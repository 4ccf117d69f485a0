/// Which regions of an account are collected. Services that AWS runs once for all regions are collected in any case.
enum RegionSelection: Sendable, Equatable {
    /// Those the account has enabled, asked per account.
    case enabled
    /// Exactly these, in the operator's order, without repetition; `aws-global` alone collects only the services
    /// without regions.
    case listed([String])
}
