import Inventory
import Refresh
import Schedule

extension RefreshSettings {
    /// What the engine is to do, by the configuration.
    init(_ configuration: CollectorConfiguration, homeRegion: String, index: CatalogueIndex) {
        let collector = configuration.collector
        let organization = configuration.organization
        var accounts = configuration.accounts.map { account in
            AccountTarget(account, organization: organization, homeRegion: homeRegion)
        }
        if configuration.collectsOwnAccount {
            accounts = [AccountTarget(id: nil, sessionName: AccountSettings.defaultSessionName)]
        }
        self.init(
            workers: collector.workers, regions: RegionChoice(collector.regions), types: collector.types,
            accounts: accounts, organization: organization.map(OrganizationTarget.init), homeRegion: homeRegion,
            listingTimeout: collector.listingTimeout, runTimeout: collector.runTimeout)
        shrinkGuard.limitInPercent = collector.shrinkGuardInPercent
        unredactedTypes = Self.types(collector.unredacted, in: index)
    }

    /// The types of `Unredacted=`. Unlike `Types=` it starts from nothing, whatever its first word is, and an opt-in
    /// type is meant by its service's name too: what the operator wants to see is not hidden again.
    private static func types(_ words: [String], in index: CatalogueIndex) -> Set<String> {
        var found: Set<String> = []
        for word in words {
            // Words were checked when the configuration was read.
            if word.hasPrefix("!") {
                found.subtract((try? TypeSelection.matching(String(word.dropFirst()), in: index)) ?? [])
            } else {
                found.formUnion((try? TypeSelection.matching(word, in: index)) ?? [])
            }
        }
        return found
    }
}

extension RegionChoice {
    init(_ selection: RegionSelection) {
        switch selection {
        case .enabled: self = .enabled
        case .listed(let names): self = .listed(names.filter { $0 != Scope.global })
        }
    }
}

extension AccountTarget {
    /// An account without a role of its own uses the organisation's, where there is one.
    fileprivate init(_ account: AccountSettings, organization: OrganizationSettings?, homeRegion: String) {
        let partition = RoleName.partition(homeRegion)
        let member = organization.map { "arn:\(partition):iam::\(account.id):role/\($0.memberRoleName)" }
        self.init(
            id: account.id, name: account.name.isEmpty ? nil : account.name, roleARN: account.roleARN ?? member,
            externalID: (account.externalID ?? (account.roleARN == nil ? organization?.externalID : nil))?.value,
            sessionName: account.sessionName, regions: account.regions.map(RegionChoice.init), types: account.types)
    }
}

extension OrganizationTarget {
    fileprivate init(_ organization: OrganizationSettings) {
        self.init(
            roleARN: organization.roleARN, memberRoleName: organization.memberRoleName,
            externalID: organization.externalID?.value, sessionName: organization.sessionName,
            excludedAccounts: organization.exclude, includedUnits: organization.includeOU,
            excludedUnits: organization.excludeOU)
    }
}

extension PlannedSchedule {
    /// A checked schedule; `nil` when it cannot be planned, which the check would have told.
    init?(_ schedule: ScheduleSettings, host: String) {
        guard let expression = try? ScheduleExpression(schedule.cron),
            let zone = try? TimeZoneDirectory.system.rules(for: schedule.timeZone)
        else { return nil }
        let delay = StableDelay.seconds(
            host: host, schedule: schedule.name, maximum: schedule.randomizedDelay.components.seconds)
        var request = RefreshRequest()
        request.services = schedule.services.filter { $0 != "*" }
        request.accounts = schedule.accounts.filter { $0 != "*" }
        request.types = schedule.types ?? []
        if case .listed(let regions) = schedule.regions { request.regions = regions }
        self.init(
            name: schedule.name,
            position: SchedulePosition(
                expression: expression, zone: zone, persistent: schedule.persistent, delay: delay),
            timeZone: schedule.timeZone, request: request)
    }
}
