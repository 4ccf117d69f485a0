import AWS
import Control
import Inventory
import JSON
import Refresh

/// What the configuration needs of IAM.
extension CollectorService {
    func iamPolicy(
        _ parameters: IAMPolicyParameters, _ context: CallContext
    ) async throws(CollectorError) -> IAMPolicyReply {
        let settings = RefreshSettings(
            loaded.configuration, homeRegion: components.homeRegion, index: components.catalogue.index)
        if let account = parameters.account { _ = try await target(of: account, in: settings) }
        var notes: [String] = []
        let caller: CallerIdentity?
        do throws(ListingFailure) {
            caller = try await components.accounts.identity()
        } catch {
            caller = nil
            notes.append("the collector's own identity cannot be told: \(error.error.message)")
        }
        let own = await own(caller, settings, &notes)
        let store = try storeAccess(caller)
        let plan: AccessPlan
        do throws(CatalogueError) {
            plan = try AccessPlan(
                settings, catalogue: components.catalogue, own: own, store: store, account: parameters.account)
        } catch {
            throw .accessFailed("the catalogue cannot be read: \(error)")
        }
        if !plan.guessed.isEmpty {
            notes.append(
                "\(plan.guessed.count) actions are in no reference of IAM, they are called like the operation: "
                    + plan.guessed.joined(separator: ", "))
        }
        let split = parameters.split ?? .managed
        var documents: [PolicyDocument] = []
        for need in plan.needs {
            let audience = PolicyAudience(need.audience)
            guard parameters.audience == nil || parameters.audience == audience else { continue }
            let number = plan.needs.filter { $0.audience == need.audience }.firstIndex(of: need) ?? 0
            let several = plan.needs.count { $0.audience == need.audience } > 1
            documents += Self.documents(
                need, name: "inventory-\(audience.rawValue)" + (several ? "-\(number + 1)" : ""),
                attachTo: Self.owner(need, caller), split: split, &notes)
        }
        return IAMPolicyReply(documents: documents, notes: notes)
    }

    func trustPolicy(
        _ parameters: TrustPolicyParameters, _ context: CallContext
    ) async throws(CollectorError) -> TrustPolicyReply {
        let settings = RefreshSettings(
            loaded.configuration, homeRegion: components.homeRegion, index: components.catalogue.index)
        let target = try await target(of: parameters.account, in: settings)
        guard let role = target.roleARN else { throw .noRole(parameters.account) }
        let caller: CallerIdentity
        do throws(ListingFailure) {
            caller = try await components.accounts.identity()
        } catch {
            throw .accessFailed("the collector's own identity cannot be told: \(error.error.message)")
        }
        var notes: [String] = []
        if target.externalID == nil {
            notes.append("no external id is configured for this role: set ExternalId= so that nobody else can use it")
        }
        let partition = Partition(region: components.homeRegion).name
        return TrustPolicyReply(
            account: parameters.account, roleARN: role,
            document: AccessPlan.trust(caller, externalID: target.externalID, partition: partition), notes: notes)
    }

    // MARK: Facts

    /// The way into an account, configured or by the organisation's member role.
    private func target(
        of account: String, in settings: RefreshSettings
    ) async throws(CollectorError) -> AccountTarget {
        if let target = settings.accounts.first(where: { $0.id == account }) { return target }
        let (known, failure) = await components.accounts.accounts([account])
        if let target = known.first?.target { return target }
        if let failure { throw .accessFailed("the accounts cannot be told: \(failure.error.message)") }
        throw .noSuchAccount(account)
    }

    /// What the collector's own identity has to do with the accounts it lists.
    private func own(
        _ caller: CallerIdentity?, _ settings: RefreshSettings, _ notes: inout [String]
    ) async -> AccessPlan.Own {
        guard settings.organization != nil else { return AccessPlan.Own(account: caller?.account, entersItself: false) }
        let (known, failure) = await components.accounts.accounts([])
        if let failure {
            notes.append(
                "the organisation cannot be asked (\(failure.error.code)), so that the collector's own account counts as "
                    + "one of its accounts")
            return AccessPlan.Own(account: caller?.account, entersItself: true)
        }
        let configured = Set(settings.accounts.compactMap(\.id))
        let entersItself = known.contains { $0.target.roleARN == nil && !configured.contains($0.id) }
        return AccessPlan.Own(account: caller?.account, entersItself: entersItself)
    }

    /// The calls of the DynamoDB store, on exactly its tables; `nil` for a local store.
    private func storeAccess(_ caller: CallerIdentity?) throws(CollectorError) -> AccessPlan.StoreAccess? {
        let store = loaded.configuration.store
        guard store.engine == .dynamodb else { return nil }
        let owner = store.roleARN.flatMap {
            $0.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first
        }
        guard let account = owner.map(String.init) ?? caller?.account else {
            throw .accessFailed("the tables' account is not known: the collector has no usable AWS credentials")
        }
        let region = store.region ?? components.homeRegion
        let tables = [store.inventoryTable, store.metadataTable].map {
            "arn:\(Partition(region: region).name):dynamodb:\(region):\(account):table/\($0)"
        }
        return AccessPlan.StoreAccess(
            roleARN: store.roleARN,
            statements: [
                IAMStatement(
                    id: "KeepInventory", actions: DynamoDBActions.daily.map { "dynamodb:\($0)" },
                    resources: Set(tables).sorted()),
                IAMStatement(
                    id: "CreateTables", actions: DynamoDBActions.setUp.map { "dynamodb:\($0)" },
                    resources: Set(tables).sorted()),
            ])
    }

    // MARK: Documents

    private static func documents(
        _ need: AccessPlan.Need, name: String, attachTo: String, split: PolicySplit, _ notes: inout [String]
    ) -> [PolicyDocument] {
        let whole = IAMPolicy(need.statements)
        let parts = split == .managed ? whole.split(limit: IAMPolicy.managedLimit) : [whole]
        if parts.count > IAMPolicy.attachedLimit {
            notes.append(
                "\(name) is \(parts.count) policies; a role takes \(IAMPolicy.attachedLimit) unless its quota "
                    + "\"Managed policies attached to an IAM role\" is raised")
        }
        if split == .inline, whole.characters > IAMPolicy.inlineLimit {
            notes.append(
                "\(name) has \(whole.characters) characters; all inline policies of a role may have "
                    + "\(IAMPolicy.inlineLimit): use managed policies")
        }
        return parts.enumerated().map { number, policy in
            PolicyDocument(
                name: parts.count == 1 ? name : "\(name)-\(number + 1)of\(parts.count)",
                audience: PolicyAudience(need.audience), attachTo: attachTo, accounts: need.accounts,
                characters: policy.characters, document: policy.document)
        }
    }

    private static func owner(_ need: AccessPlan.Need, _ caller: CallerIdentity?) -> String {
        guard !need.roles.isEmpty else { return caller?.arn ?? "the collector's own identity" }
        return need.roles.joined(separator: " ")
    }
}

/// The calls that the DynamoDB store makes; a test holds them against the requests of a run.
enum DynamoDBActions {
    /// At each start and in each run.
    static let daily = [
        "BatchGetItem", "BatchWriteItem", "DescribeTable", "DescribeTimeToLive", "PutItem", "Query", "Scan",
        "UpdateItem",
    ]
    /// Only while tables are missing or keep expired rows; may be left out for tables that exist.
    static let setUp = ["CreateTable", "UpdateTimeToLive"]
}

extension PolicyAudience {
    init(_ audience: AccessPlan.Audience) {
        switch audience {
        case .member: self = .member
        case .collector: self = .collector
        case .organization: self = .organization
        case .store: self = .store
        }
    }
}
