import AWS
import Inventory

/// Who the collector is in AWS.
package struct CallerIdentity: Sendable, Equatable {
    package var account: String
    /// `arn:aws:sts::111122223333:assumed-role/Collector/session`.
    package var arn: String

    package init(account: String, arn: String) {
        self.account = account
        self.arn = arn
    }

    /// The role's name where the identity is a role's session; STS leaves its path out.
    package var roleName: String? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "sts" else { return nil }
        let names = parts[5].split(separator: "/")
        return names.count >= 2 && names[0] == "assumed-role" ? String(names[1]) : nil
    }
}

extension AccountDirectory {
    /// Asks STS who the collector's own credentials belong to; needs no permission.
    package func identity() async throws(ListingFailure) -> CallerIdentity {
        try await identity(base, account: "")
    }

    /// Asks STS who an account's credentials belong to, which proves that they can be had.
    package func identity(of account: KnownAccount) async throws(ListingFailure) -> CallerIdentity {
        try await identity(account.credentials, account: account.id)
    }

    private func identity(
        _ credentials: any CredentialsProvider, account: String
    ) async throws(ListingFailure) -> CallerIdentity {
        let reply = try await ask("sts", "GetCallerIdentity", .object([]), credentials, account: account)
        guard let id = reply["Account"]?.string, let arn = reply["Arn"]?.string else {
            throw ListingFailure(
                outcome: .credentials,
                error: ListingError(
                    operation: "GetCallerIdentity", code: "NoAccount", message: "the reply names no account"))
        }
        return CallerIdentity(account: id, arn: arn)
    }
}
