import AWS
import Inventory
import JSON

/// An account the collector can enter.
package struct KnownAccount: Sendable {
    package var id: String
    package var target: AccountTarget
    package var credentials: any CredentialsProvider
}

/// Finds out which accounts there are, how to enter them and which regions they have enabled. Remembers answers for a
/// while, so that many runs cost AWS few questions.
package actor AccountDirectory {
    private let catalogue: Catalogue
    private let client: AWSClient
    private let base: any CredentialsProvider
    private let assume:
        @Sendable (_ target: AccountTarget, _ roleARN: String) throws(CredentialsError) -> any CredentialsProvider
    private let now: @Sendable () -> Int
    private var settings: RefreshSettings
    private var callerID: String?
    private var members: (accounts: [AccountTarget], at: Int)?
    private var regions: [String: (names: [String], at: Int)] = [:]
    private var providers: [AccountTarget: any CredentialsProvider] = [:]

    /// Accounts join and regions are enabled by people, not by the minute.
    private static let lifetimeInSeconds = 3600

    package init(
        catalogue: Catalogue, client: AWSClient, base: any CredentialsProvider, settings: RefreshSettings,
        assume: @escaping @Sendable (AccountTarget, String) throws(CredentialsError) -> any CredentialsProvider,
        now: @escaping @Sendable () -> Int
    ) {
        self.catalogue = catalogue
        self.client = client
        self.base = base
        self.settings = settings
        self.assume = assume
        self.now = now
    }

    package func reload(_ settings: RefreshSettings) {
        self.settings = settings
        members = nil
        regions = [:]
        providers = [:]
    }

    /// The accounts to collect, each once: configured ones first, then discovered ones that are not configured.
    ///
    /// What cannot be told now is a failure beside those that can be: one that is unreachable holds back no other. When the
    /// organisation cannot be asked, its accounts are those of the last answer.
    ///
    /// - Parameter wanted: only these; empty for all.
    package func accounts(_ wanted: [String]) async -> (known: [KnownAccount], failure: ListingFailure?) {
        var known: [KnownAccount] = []
        var ids: Set<String> = []
        var failure: ListingFailure?
        func add(_ id: String, _ target: AccountTarget) {
            guard wanted.isEmpty || wanted.contains(id), ids.insert(id).inserted else { return }
            known.append(KnownAccount(id: id, target: target, credentials: provider(target)))
        }
        for target in settings.accounts {
            if let id = target.id {
                add(id, target)
                continue
            }
            do throws(ListingFailure) {
                add(try await caller(), target)
            } catch {
                failure = failure ?? error
            }
        }
        guard let organization = settings.organization, wanted.isEmpty || !ids.isSuperset(of: wanted) else {
            return (known, failure)
        }
        var found = members?.accounts ?? []
        do throws(ListingFailure) {
            found = try await discovered(organization)
        } catch {
            failure = failure ?? error
        }
        for target in found { if let id = target.id { add(id, target) } }
        return (known, failure)
    }

    /// How many accounts there are, as far as is known without asking AWS: before the first run of an organisation only
    /// the configured ones.
    package var knownCount: Int {
        let configured = Set(settings.accounts.compactMap(\.id))
        let discovered = (members?.accounts ?? []).filter { !configured.contains($0.id ?? "") }
        return settings.accounts.count + discovered.count
    }

    private func provider(_ target: AccountTarget) -> any CredentialsProvider {
        if let known = providers[target] { return known }
        guard let role = target.roleARN else { return base }
        do throws(CredentialsError) {
            let provider = try assume(target, role)
            providers[target] = provider
            return provider
        } catch {
            return RefusedCredentials(error: error)
        }
    }

    /// The account of the collector's own credentials.
    private func caller() async throws(ListingFailure) -> String {
        if let callerID { return callerID }
        let reply = try await ask("sts", "GetCallerIdentity", .object([]), base, account: "")
        guard let id = reply["Account"]?.string else {
            throw ListingFailure(
                outcome: .credentials,
                error: ListingError(
                    operation: "GetCallerIdentity", code: "NoAccount", message: "the reply names no account"))
        }
        callerID = id
        return id
    }

    // MARK: Regions

    /// The regions to list in an account, `Scope.global` among them.
    package func regions(of account: KnownAccount) async throws(ListingFailure) -> [String] {
        switch account.target.regions ?? settings.regions {
        case .listed(let names): return names + [Scope.global]
        case .enabled: break
        }
        if let known = regions[account.id], now() - known.at < Self.lifetimeInSeconds { return known.names }
        let reply = try await ask(
            "ec2", "DescribeRegions", .object([.init("AllRegions", .bool(false))]), account.credentials,
            account: account.id)
        let names = (reply["Regions"]?.array ?? []).compactMap { $0["RegionName"]?.string }.sorted()
        guard !names.isEmpty else {
            throw ListingFailure(
                outcome: .failed,
                error: ListingError(
                    operation: "DescribeRegions", code: "NoRegions", message: "the reply names no region"))
        }
        regions[account.id] = (names + [Scope.global], now())
        return names + [Scope.global]
    }

    /// What an account's listings are planned for when it cannot be asked: what it had enabled the last time, else the
    /// home region.
    package func assumedRegions(of account: KnownAccount) -> [String] {
        regions[account.id]?.names ?? [settings.homeRegion, Scope.global]
    }

    // MARK: Organization

    private func discovered(_ organization: OrganizationTarget) async throws(ListingFailure) -> [AccountTarget] {
        if let members, now() - members.at < Self.lifetimeInSeconds { return members.accounts }
        var credentials = base
        if let role = organization.roleARN {
            let target = AccountTarget(
                id: nil, roleARN: role, externalID: organization.externalID, sessionName: organization.sessionName)
            credentials = provider(target)
        }
        var accounts = try await list(organization, credentials)
        let excluded = Set(organization.excludedAccounts)
        accounts.removeAll { excluded.contains($0.id) }
        // Who we are only saves the role in our own account; where it cannot be told, the role is assumed there too.
        let own = try? await caller()
        let targets = accounts.map { account in
            let partition = Partition(region: settings.homeRegion).name
            let role = "arn:\(partition):iam::\(account.id):role/\(organization.memberRoleName)"
            return AccountTarget(
                id: account.id, name: account.name, roleARN: account.id == own ? nil : role,
                externalID: organization.externalID, sessionName: organization.sessionName)
        }
        members = (targets, now())
        return targets
    }

    private struct Member {
        var id: String
        var name: String?
    }

    private func list(
        _ organization: OrganizationTarget, _ credentials: any CredentialsProvider
    ) async throws(ListingFailure) -> [Member] {
        guard !organization.includedUnits.isEmpty || !organization.excludedUnits.isEmpty else {
            return try await accounts("ListAccounts", .object([]), credentials)
        }
        var roots = organization.includedUnits
        if roots.isEmpty {
            roots = try await pages("organizations", "ListRoots", .object([]), "Roots", credentials)
                .compactMap { $0["Id"]?.string }
        }
        var found: [Member] = []
        var pending = roots
        while let unit = pending.popLast() {
            guard !organization.excludedUnits.contains(unit) else { continue }
            let parent = JSONValue.object([.init("ParentId", .string(unit))])
            found += try await accounts("ListAccountsForParent", parent, credentials)
            pending += try await pages(
                "organizations", "ListOrganizationalUnitsForParent", parent, "OrganizationalUnits", credentials
            ).compactMap { $0["Id"]?.string }
        }
        return found
    }

    private func accounts(
        _ operation: String, _ input: JSONValue, _ credentials: any CredentialsProvider
    ) async throws(ListingFailure) -> [Member] {
        try await pages("organizations", operation, input, "Accounts", credentials).compactMap { account in
            guard let id = account["Id"]?.string, account["Status"]?.string ?? "ACTIVE" == "ACTIVE" else { return nil }
            return Member(id: id, name: account["Name"]?.string)
        }
    }

    /// An organisation has at most 10,000 accounts by quota, 20 a page.
    private static let pageLimit = 2_000

    private func pages(
        _ service: String, _ operation: String, _ input: JSONValue, _ list: String,
        _ credentials: any CredentialsProvider
    ) async throws(ListingFailure) -> [JSONValue] {
        var found: [JSONValue] = []
        var members = input.members ?? []
        for _ in 0..<Self.pageLimit {
            let reply = try await ask(service, operation, .object(members), credentials, account: "")
            found += reply[list]?.array ?? []
            guard let token = reply["NextToken"]?.string, !token.isEmpty else { return found }
            members.removeAll { $0.key == "NextToken" }
            members.append(.init("NextToken", .string(token)))
        }
        throw ListingFailure(
            outcome: .failed,
            error: ListingError(
                operation: operation, code: "PaginationLimit", message: "no end after \(Self.pageLimit) pages"))
    }

    func ask(
        _ service: String, _ operation: String, _ input: JSONValue, _ credentials: any CredentialsProvider,
        account: String
    ) async throws(ListingFailure) -> JSONValue {
        let described: CatalogueService
        do throws(CatalogueError) {
            described = try catalogue.service(service)
        } catch {
            throw ListingFailure(
                outcome: .failed, error: ListingError(operation: operation, code: "CatalogueError", message: "\(error)")
            )
        }
        guard let model = described.model.operations[operation] else {
            throw ListingFailure(
                outcome: .failed,
                error: ListingError(
                    operation: operation, code: "CatalogueError", message: "\(service) has no such operation"))
        }
        let call = AWSCall(
            service: described.client, operation: model, input: input, region: settings.homeRegion, account: account,
            credentials: credentials)
        let document: [UInt8]
        do throws(AWSCallError) {
            document = try await client.document(call)
        } catch {
            throw ListingFailure(error, operation: operation)
        }
        do throws(JSONError) {
            return try JSONValue.parse(document)
        } catch {
            throw ListingFailure(
                outcome: .failed, error: ListingError(operation: operation, code: "MalformedReply", message: "\(error)")
            )
        }
    }
}

extension AccountTarget: Hashable {
    package func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(roleARN)
    }
}
