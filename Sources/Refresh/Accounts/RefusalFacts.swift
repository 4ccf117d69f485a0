import AWS
import Inventory

/// What AWS says about an account in one of whose regions it did not know the keys, and what follows. Pure.
struct RefusalFacts: Sendable, Equatable {
    /// What STS says of the same keys in the home region.
    enum Identity: Sendable, Equatable {
        case known
        case refused
        /// STS could not be asked.
        case unasked
    }

    var identity: Identity
    /// Whether the account has enabled each region; `nil` when it could not be asked.
    var enabled: [String: Bool]?

    /// The failure of a listing with its real outcome, and why.
    func settle(_ failure: ListingFailure, region: String) -> ListingFailure {
        let (outcome, reason) = verdict(failure.error.code, region)
        var settled = failure
        settled.isUnsettled = false
        settled.outcome = outcome
        settled.error = ListingError(
            operation: failure.error.operation, code: failure.error.code,
            message: failure.error.message + " (" + reason + ")", requestID: failure.error.requestID)
        return settled
    }

    /// Whether AWS itself says that the region is not enabled, so that nothing else need be asked there.
    func isProvenDisabled(_ region: String) -> Bool { identity == .known && enabled?[region] == false }

    private func verdict(_ code: String, _ region: String) -> (Outcome, String) {
        switch identity {
        case .refused: return (.credentials, "STS refuses the keys too")
        case .unasked: return guess(region, "STS cannot be asked")
        case .known: break
        }
        // Keys that STS accepts sign well: the fault is in how this request was signed.
        if Self.signatureCodes.contains(code) { return (.failed, "STS accepts the same keys") }
        switch enabled?[region] {
        case true?: return (.credentials, "STS accepts the keys, and the account has enabled the region")
        case false?: return (.notEnabled, "STS accepts the keys, and the account has not enabled the region")
        case nil: return guess(region, "STS accepts the keys; whether the account has enabled the region is not known")
        }
    }

    private static let signatureCodes: Set<String> = ["SignatureDoesNotMatch", "InvalidSignatureException"]

    /// What is most likely when AWS cannot be asked.
    private func guess(_ region: String, _ reason: String) -> (Outcome, String) {
        let isOptIn = Partition(region: region).name == "aws" && !Self.defaultRegions.contains(region)
        return (isOptIn ? .notEnabled : .credentials, reason)
    }

    /// The regions every account of the partition `aws` has from the start; all later ones must be enabled
    /// (https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html).
    private static let defaultRegions: Set<String> = [
        "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
        "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1",
        "eu-west-2", "eu-west-3", "sa-east-1", "aws-global",
    ]
}
