import Inventory
import JSON
import Testing

@testable import Refresh

@Suite("Who needs which permissions")
struct AccessPlanTests {
    private let catalogue: Catalogue

    init() throws { catalogue = try Catalogue.builtIn() }

    private func settings(
        _ accounts: [AccountTarget], organization: OrganizationTarget? = nil, regions: RegionChoice = .enabled
    ) -> RefreshSettings {
        RefreshSettings(
            workers: 1, regions: regions, types: ["sqs"], accounts: accounts, organization: organization,
            homeRegion: "eu-west-1", listingTimeout: .seconds(1), runTimeout: .seconds(1))
    }

    private func role(_ account: String, types: [String]? = nil) -> AccountTarget {
        AccountTarget(
            id: account, roleARN: "arn:aws:iam::\(account):role/R", sessionName: "s", types: types)
    }

    private func plan(
        _ settings: RefreshSettings, own: AccessPlan.Own = .init(account: "1", entersItself: false),
        store: AccessPlan.StoreAccess? = nil, account: String? = nil
    ) throws -> AccessPlan {
        try AccessPlan(settings, catalogue: catalogue, own: own, store: store, account: account)
    }

    private static let queue = ["ec2:DescribeRegions", "sqs:GetQueueAttributes", "sqs:ListQueueTags", "sqs:ListQueues"]

    @Test("The caller's own account needs reading and nothing else")
    func ownAccount() throws {
        let needs = try plan(settings([AccountTarget(id: nil, sessionName: "s")])).needs
        #expect(needs.map(\.audience) == [.collector])
        #expect(needs.first?.statements.map(\.actions) == [Self.queue])
    }

    @Test("Listed regions need no question about regions")
    func listedRegions() throws {
        let target = AccountTarget(id: nil, sessionName: "s")
        let needs = try plan(settings([target], regions: .listed(["eu-west-1"]))).needs
        #expect(needs.first?.statements.map(\.actions) == [Array(Self.queue.dropFirst())])
    }

    @Test("Accounts that need the same share a policy; the collector may assume exactly their roles")
    func roles() throws {
        let needs = try plan(settings([role("1"), role("2"), role("3", types: ["sns/topic"])])).needs
        #expect(needs.map(\.audience) == [.collector, .member, .member])
        #expect(needs.map(\.accounts) == [["1"], ["1", "2"], ["3"]])
        let assume = try #require(needs.first?.statements.first)
        #expect(assume.actions == ["sts:AssumeRole"])
        #expect(assume.resources == (1...3).map { "arn:aws:iam::\($0):role/R" })
        #expect(needs.first?.statements.count == 1)
        #expect(try plan(settings([role("1"), role("2", types: ["sns"])]), account: "2").needs.count == 2)
    }

    private func organization(
        role: String? = nil, included: [String] = [], excluded: [String] = []
    ) -> OrganizationTarget {
        OrganizationTarget(
            roleARN: role, memberRoleName: "Read", externalID: nil, sessionName: "s", excludedAccounts: [],
            includedUnits: included, excludedUnits: excluded)
    }

    @Test("Discovery needs exactly the calls it makes")
    func discovery() throws {
        func actions(_ organization: OrganizationTarget) throws -> [String] {
            try plan(settings([], organization: organization)).needs
                .flatMap(\.statements).filter { $0.id == "DiscoverAccounts" }.flatMap(\.actions)
        }
        #expect(try actions(organization()) == ["organizations:ListAccounts"])
        let walk = ["organizations:ListAccountsForParent", "organizations:ListOrganizationalUnitsForParent"]
        #expect(try actions(organization(included: ["ou-1"])) == walk)
        #expect(try actions(organization(excluded: ["ou-1"])) == walk + ["organizations:ListRoots"])
    }

    @Test("Members are entered by the role's name within the collector's own organisation")
    func members() throws {
        let needs = try plan(settings([], organization: organization()), own: .init(account: "1", entersItself: true))
            .needs
        #expect(needs.map(\.audience) == [.collector, .member])
        #expect(needs[0].statements.map(\.id) == ["ReadInventory", "DiscoverAccounts", "AssumeMemberRoles"])
        #expect(needs[0].statements[2].resources == ["arn:aws:iam::*:role/Read"])
        #expect(
            needs[0].statements[2].condition == ["StringEquals": ["aws:ResourceOrgID": "${aws:PrincipalOrgID}"]])
        let remote = try plan(settings([], organization: organization(role: "arn:aws:iam::9:role/Org"))).needs
        #expect(remote.map(\.audience).contains(.organization))
        #expect(remote[0].statements.map(\.id) == ["AssumeRoles", "AssumeMemberRoles"])
    }

    @Test("A store with a role of its own has a policy of its own")
    func store() throws {
        let writes = IAMStatement(id: "KeepInventory", actions: ["dynamodb:Query"], resources: ["t"])
        let own = try plan(settings([role("1")]), store: .init(roleARN: nil, statements: [writes])).needs
        #expect(own[0].statements.contains(writes))
        let other = try plan(
            settings([role("1")]), store: .init(roleARN: "arn:aws:iam::5:role/S", statements: [writes])
        ).needs
        #expect(other.first { $0.audience == .store }?.statements == [writes])
        #expect(other[0].statements[0].resources == ["arn:aws:iam::1:role/R", "arn:aws:iam::5:role/S"])
    }

    @Test("A role's trust asks for the external id, and for the collector's role with or without a path")
    func trust() {
        let user = CallerIdentity(account: "1", arn: "arn:aws:iam::1:user/c")
        let plain = AccessPlan.trust(user, externalID: "x", partition: "aws")["Statement"]?.array?.first
        #expect(plain?["Principal"] == ["AWS": "arn:aws:iam::1:user/c"])
        #expect(plain?["Condition"] == ["StringEquals": ["sts:ExternalId": "x"]])
        let session = CallerIdentity(account: "1", arn: "arn:aws:sts::1:assumed-role/Collector/s")
        let role = AccessPlan.trust(session, externalID: nil, partition: "aws")["Statement"]?.array?.first
        #expect(role?["Principal"] == ["AWS": "arn:aws:iam::1:root"])
        #expect(
            role?["Condition"] == [
                "ArnLike": ["aws:PrincipalArn": ["arn:aws:iam::1:role/Collector", "arn:aws:iam::1:role/*/Collector"]]
            ])
    }
}
