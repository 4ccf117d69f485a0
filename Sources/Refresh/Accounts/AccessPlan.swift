import AWS
import Inventory
import JSON

/// Which permissions whom the configured work needs: no call is made without one, and there is none without a call.
package struct AccessPlan: Sendable {
    /// Whose permissions they are.
    package enum Audience: Sendable, Equatable {
        case member, collector, organization, store
    }

    /// The permissions of one identity, or of several that need the same.
    package struct Need: Sendable, Equatable {
        package var audience: Audience
        /// Role ARNs; empty for the collector's own identity.
        package var roles: [String]
        /// Account ids; empty means every discovered one.
        package var accounts: [String]
        package var statements: [IAMStatement]
    }

    package private(set) var needs: [Need] = []
    /// Actions among them that no reference of IAM names, sorted.
    package private(set) var guessed: [String] = []

    /// What the collector knows of itself.
    package struct Own: Sendable {
        /// `nil` when STS could not be asked.
        package var account: String?
        /// Whether accounts are entered with the collector's own credentials.
        package var entersItself: Bool

        package init(account: String?, entersItself: Bool) {
            self.account = account
            self.entersItself = entersItself
        }
    }

    /// The statements of a store that is not local, and the role that reaches it.
    package struct StoreAccess: Sendable {
        package var roleARN: String?
        package var statements: [IAMStatement]

        package init(roleARN: String?, statements: [IAMStatement]) {
            self.roleARN = roleARN
            self.statements = statements
        }
    }

    private let settings: RefreshSettings
    private let catalogue: Catalogue

    /// - Parameter account: only what is needed in this account; the collector's own needs stay.
    package init(
        _ settings: RefreshSettings, catalogue: Catalogue, own: Own, store: StoreAccess?, account: String? = nil
    ) throws(CatalogueError) {
        self.settings = settings
        self.catalogue = catalogue
        var guesses: Set<String> = []
        var ownStatements: [IAMStatement] = []
        for target in settings.accounts where account == nil || target.id == account || target.id == nil {
            let statement = try reading(types: target.types, regions: target.regions, &guesses)
            if let role = target.roleARN {
                add(statement, role: role, account: target.id)
            } else {
                ownStatements = Self.merged(ownStatements, statement)
            }
        }
        if let organization = settings.organization {
            let statement = try reading(types: nil, regions: nil, &guesses)
            if account == nil || !settings.accounts.contains(where: { $0.id == account }) {
                add(statement, role: memberRole(organization, account: account ?? "*"), account: account)
            }
            if own.entersItself { ownStatements = Self.merged(ownStatements, statement) }
            let discovery = Self.discovery(organization)
            if let role = organization.roleARN {
                needs.append(Need(audience: .organization, roles: [role], accounts: [], statements: [discovery]))
            } else {
                ownStatements.append(discovery)
            }
        }
        if let store, let role = store.roleARN {
            needs.append(Need(audience: .store, roles: [role], accounts: [], statements: store.statements))
        } else if let store {
            ownStatements += store.statements
        }
        ownStatements += entering(store)
        let ownAccounts = [own.account].compactMap(\.self)
        needs.insert(Need(audience: .collector, roles: [], accounts: ownAccounts, statements: ownStatements), at: 0)
        needs.removeAll(where: \.statements.isEmpty)
        guessed = guesses.sorted()
    }

    // MARK: Statements

    /// What listing takes in one account.
    private func reading(
        types: [String]?, regions: RegionChoice?, _ guesses: inout Set<String>
    ) throws(CatalogueError) -> IAMStatement {
        var listed: [String]?
        if case .listed(let names) = regions ?? settings.regions { listed = names + [Scope.global] }
        let selected = try SelectedActions(words: types ?? settings.types, in: catalogue, regions: listed)
        guesses.formUnion(selected.guessed)
        return IAMStatement(
            id: "ReadInventory", actions: selected.actions.union(listed == nil ? ["ec2:DescribeRegions"] : []))
    }

    /// The calls that `AccountDirectory` makes to find accounts.
    private static func discovery(_ organization: OrganizationTarget) -> IAMStatement {
        let isWhole = organization.includedUnits.isEmpty && organization.excludedUnits.isEmpty
        var actions = ["organizations:ListAccounts"]
        if !isWhole {
            actions = ["organizations:ListAccountsForParent", "organizations:ListOrganizationalUnitsForParent"]
            if organization.includedUnits.isEmpty { actions.append("organizations:ListRoots") }
        }
        return IAMStatement(id: "DiscoverAccounts", actions: actions)
    }

    /// Assuming exactly the roles that are configured. The accounts of an organisation are not known by name, so that
    /// the role's name is allowed in every account of the collector's own organisation.
    private func entering(_ store: StoreAccess?) -> [IAMStatement] {
        var statements: [IAMStatement] = []
        let roles =
            settings.accounts.compactMap(\.roleARN)
            + [store?.roleARN, settings.organization?.roleARN]
            .compactMap(\.self)
        if !roles.isEmpty {
            statements.append(
                IAMStatement(id: "AssumeRoles", actions: ["sts:AssumeRole"], resources: Set(roles).sorted()))
        }
        if let organization = settings.organization {
            // An organisation role lies in another account, which may be of another organisation.
            let condition: JSONValue = ["StringEquals": ["aws:ResourceOrgID": "${aws:PrincipalOrgID}"]]
            statements.append(
                IAMStatement(
                    id: "AssumeMemberRoles", actions: ["sts:AssumeRole"],
                    resources: [memberRole(organization, account: "*")],
                    condition: organization.roleARN == nil ? condition : nil))
        }
        return statements
    }

    private func memberRole(_ organization: OrganizationTarget, account: String) -> String {
        "arn:\(Partition(region: settings.homeRegion).name):iam::\(account):role/\(organization.memberRoleName)"
    }

    // MARK: Grouping

    /// Accounts that need the same share a policy.
    private mutating func add(_ statement: IAMStatement, role: String, account: String?) {
        let place = needs.firstIndex {
            $0.audience == .member && $0.statements == [statement] && $0.accounts.isEmpty == (account == nil)
        }
        guard let place else {
            let accounts = [account].compactMap(\.self)
            needs.append(Need(audience: .member, roles: [role], accounts: accounts, statements: [statement]))
            return
        }
        needs[place].roles.append(role)
        if let account { needs[place].accounts.append(account) }
    }

    /// One reading statement for all accounts that are entered without a role.
    private static func merged(_ statements: [IAMStatement], _ next: IAMStatement) -> [IAMStatement] {
        guard let place = statements.firstIndex(where: { $0.id == next.id }) else { return statements + [next] }
        var statements = statements
        statements[place] = IAMStatement(id: next.id, actions: statements[place].actions + next.actions)
        return statements
    }
}

extension AccessPlan {
    /// The trust policy of a role that the collector assumes.
    ///
    /// A user is trusted by name. A role's session tells no path of its role, so its account is trusted and the role is
    /// required by its name, with and without a path.
    package static func trust(_ caller: CallerIdentity, externalID: String?, partition: String) -> JSONValue {
        var principal = caller.arn
        var conditions: [JSONValue.Member] = []
        if let externalID {
            conditions.append(.init("StringEquals", ["sts:ExternalId": .string(externalID)]))
        }
        if let role = caller.roleName {
            let start = "arn:\(partition):iam::\(caller.account)"
            principal = "\(start):root"
            conditions.append(
                .init(
                    "ArnLike",
                    ["aws:PrincipalArn": [.string("\(start):role/\(role)"), .string("\(start):role/*/\(role)")]]))
        }
        var statement: [JSONValue.Member] = [
            .init("Sid", "CollectorAssumesRole"), .init("Effect", "Allow"),
            .init("Principal", ["AWS": .string(principal)]), .init("Action", "sts:AssumeRole"),
        ]
        if !conditions.isEmpty { statement.append(.init("Condition", .object(conditions))) }
        return ["Version": "2012-10-17", "Statement": [.object(statement)]]
    }
}
