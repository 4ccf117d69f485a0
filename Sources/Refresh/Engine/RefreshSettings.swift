import AWS
import Inventory

/// Where an account's resources are listed.
package enum RegionChoice: Sendable, Equatable {
    /// Every region the account has enabled, asked of AWS.
    case enabled
    case listed([String])
}

/// An account to collect and the way into it.
package struct AccountTarget: Sendable, Equatable {
    /// Twelve digits; `nil` is the account of the collector's own credentials.
    package var id: String?
    package var name: String?
    /// `nil` uses the collector's own credentials.
    package var roleARN: String?
    package var externalID: String?
    package var sessionName: String
    /// `nil` is the collector's choice.
    package var regions: RegionChoice?
    /// Selection words; `nil` is the collector's choice.
    package var types: [String]?

    package init(
        id: String?, name: String? = nil, roleARN: String? = nil, externalID: String? = nil, sessionName: String,
        regions: RegionChoice? = nil, types: [String]? = nil
    ) {
        self.id = id
        self.name = name
        self.roleARN = roleARN
        self.externalID = externalID
        self.sessionName = sessionName
        self.regions = regions
        self.types = types
    }
}

/// Discovery of accounts from AWS Organizations.
package struct OrganizationTarget: Sendable, Equatable {
    /// The role to ask Organizations with; `nil` uses the collector's own credentials.
    package var roleARN: String?
    /// The role to assume in each member account.
    package var memberRoleName: String
    package var externalID: String?
    package var sessionName: String
    package var excludedAccounts: [String]
    package var includedUnits: [String]
    package var excludedUnits: [String]

    package init(
        roleARN: String?, memberRoleName: String, externalID: String?, sessionName: String, excludedAccounts: [String],
        includedUnits: [String], excludedUnits: [String]
    ) {
        self.roleARN = roleARN
        self.memberRoleName = memberRoleName
        self.externalID = externalID
        self.sessionName = sessionName
        self.excludedAccounts = excludedAccounts
        self.includedUnits = includedUnits
        self.excludedUnits = excludedUnits
    }
}

/// What the engine does, as configured; replaced as a whole on reload. Runs under way keep theirs.
package struct RefreshSettings: Sendable, Equatable {
    /// AWS calls in flight, over all runs.
    package var workers: Int
    package var regions: RegionChoice
    /// Selection words: `core`, `ec2`, `rds/*`, `!ec2/snapshot`.
    package var types: [String]
    package var accounts: [AccountTarget]
    package var organization: OrganizationTarget?
    /// Where global services are called and STS is asked.
    package var homeRegion: String
    package var listingTimeout: Duration
    package var runTimeout: Duration
    package var renewal = RenewalPolicy()
    package var shrinkGuard = ShrinkGuard()
    /// Types whose secret-bearing members are stored as they are.
    package var unredactedTypes: Set<String> = []

    package init(
        workers: Int, regions: RegionChoice, types: [String], accounts: [AccountTarget],
        organization: OrganizationTarget?, homeRegion: String, listingTimeout: Duration, runTimeout: Duration
    ) {
        self.workers = workers
        self.regions = regions
        self.types = types
        self.accounts = accounts
        self.organization = organization
        self.homeRegion = homeRegion
        self.listingTimeout = listingTimeout
        self.runTimeout = runTimeout
    }
}
