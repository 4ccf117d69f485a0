import Inventory
import JSON

/// Finds out why AWS did not know an account's keys in a region: asks STS and the account's region list, once for each
/// account of a run.
actor RefusalJudge {
    private let accounts: AccountDirectory
    private var asked: [String: Task<RefusalFacts, Never>] = [:]
    private var known: [String: RefusalFacts] = [:]

    /// For one run: what an account has enabled may be another thing in the next.
    init(accounts: AccountDirectory) { self.accounts = accounts }

    /// The failure with its real outcome; any other failure as it is. When cancelled, judges without having asked.
    func settle(_ failure: ListingFailure, account: KnownAccount, region: String) async -> ListingFailure {
        guard failure.isUnsettled else { return failure }
        return await facts(of: account).settle(failure, region: region)
    }

    /// The failure of every listing in a region of which AWS said that the account has not enabled it; `nil` while that is
    /// not known.
    func failure(account: String, region: String) -> ListingFailure? {
        guard known[account]?.isProvenDisabled(region) == true else { return nil }
        return ListingFailure(
            outcome: .notEnabled,
            error: ListingError(
                operation: "", code: "RegionNotEnabled", message: "the account has not enabled the region"))
    }

    private func facts(of account: KnownAccount) async -> RefusalFacts {
        if let known = known[account.id] { return known }
        // Unstructured: listings that fail at the same time share one answer.
        let asking = asked[account.id] ?? Task { await accounts.refusalFacts(of: account) }
        asked[account.id] = asking
        let facts = await withTaskCancellationHandler {
            await asking.value
        } onCancel: {
            asking.cancel()
        }
        if asking.isCancelled { asked[account.id] = nil } else { known[account.id] = facts }
        return facts
    }
}

extension AccountDirectory {
    /// What AWS says of an account whose keys were not known somewhere. Never throws: what cannot be asked is not known.
    func refusalFacts(of account: KnownAccount) async -> RefusalFacts {
        do throws(ListingFailure) {
            _ = try await ask("sts", "GetCallerIdentity", .object([]), account.credentials, account: account.id)
        } catch {
            let isRefused = error.outcome == .credentials
            return RefusalFacts(identity: isRefused ? .refused : .unasked, enabled: nil)
        }
        return RefusalFacts(identity: .known, enabled: await enabledRegions(of: account))
    }

    private func enabledRegions(of account: KnownAccount) async -> [String: Bool]? {
        do throws(ListingFailure) {
            let reply = try await ask(
                "ec2", "DescribeRegions", .object([.init("AllRegions", .bool(true))]), account.credentials,
                account: account.id)
            return Self.table(reply["Regions"]?.array, "OptInStatus") { $0 != "not-opted-in" }
        } catch {
            return await optedInRegions(of: account)
        }
    }

    /// The same from Account Management, which a role may be allowed where EC2 is not. One page holds every region.
    private func optedInRegions(of account: KnownAccount) async -> [String: Bool]? {
        do throws(ListingFailure) {
            let reply = try await ask(
                "account", "ListRegions", .object([.init("MaxResults", .integer(50))]), account.credentials,
                account: account.id)
            return Self.table(reply["Regions"]?.array, "RegionOptStatus") { $0.hasPrefix("ENABLED") }
        } catch {
            return nil
        }
    }

    private static func table(
        _ regions: [JSONValue]?, _ member: String, isEnabled: (String) -> Bool
    ) -> [String: Bool]? {
        var table: [String: Bool] = [:]
        for region in regions ?? [] {
            guard let name = region["RegionName"]?.string, let status = region[member]?.string else { continue }
            table[name] = isEnabled(status)
        }
        return table.isEmpty ? nil : table
    }
}
