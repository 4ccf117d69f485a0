import Configuration

/// Looks for values that are right by themselves and wrong together. Pure.
struct ConfigurationReview {
    let configuration: CollectorConfiguration
    let origins: [SettingID: [SettingOrigin]]
    /// Where each section was named first.
    let sections: [String: SourcePosition]
    /// Keys whose value was refused; what depends on them is not judged.
    let rejected: Set<SettingID>
    /// The files in the order in which they apply.
    let files: [String]
    let checks: ConfigurationChecks
    private(set) var errors: [ConfigurationError] = []

    init(
        _ merger: ConfigurationMerger, files: [String], checks: ConfigurationChecks
    ) {
        configuration = merger.configuration
        origins = merger.origins
        sections = merger.sectionPositions
        rejected = merger.rejected
        self.files = files
        self.checks = checks
        reviewCollector()
        reviewStore()
        reviewOrganization()
        for account in configuration.accounts { review(account) }
        for schedule in configuration.schedules { review(schedule) }
        reviewSelections()
    }

    /// The assignment in a file that made the value, the last one of a list.
    private func entry(_ section: String, _ key: String) -> INIEntry? {
        guard case .file(let entry)? = origins[SettingID(section: section, key: key)]?.last else { return nil }
        return entry
    }

    private mutating func reviewCollector() {
        let collector = configuration.collector
        let pairs = [
            ("CallTimeout", collector.callTimeout, "ListingTimeout", collector.listingTimeout),
            ("ListingTimeout", collector.listingTimeout, "RunTimeout", collector.runTimeout),
        ]
        for (shortKey, short, longKey, long) in pairs where short > long {
            guard let entry = entry("Collector", shortKey) ?? entry("Collector", longKey) else { continue }
            let message = "\(shortKey)= is longer than \(longKey)="
            errors.append(
                entry.error(
                    ValueError(
                        message,
                        suggestion: "\(longKey)= is \(ValueParser.printed(timeSpan: long)), "
                            + "\(shortKey)= \(ValueParser.printed(timeSpan: short))")))
        }
    }

    private mutating func reviewStore() {
        let store = configuration.store
        guard store.engine == .sqlite, !rejected.contains(SettingID(section: "Store", key: "Type")) else { return }
        let type = entry("Store", "Type")
        let onlyDynamoDB = ["InventoryTable", "MetadataTable", "Region", "RoleArn"]
        for setting in ConfigurationSchema.store where onlyDynamoDB.contains(setting.key) {
            // Defaults that were only uncommented do no harm.
            guard let entry = entry("Store", setting.key), setting.text(store) != setting.defaultText else { continue }
            // A file further up may switch to SQLite without taking back every key below it.
            if let type, rank(type) > rank(entry) { continue }
            errors.append(
                entry.error(
                    ValueError("has no meaning for SQLite", suggestion: "set Type=dynamodb or leave this out")))
        }
    }

    private func rank(_ entry: INIEntry) -> Int { files.firstIndex(of: entry.keyPosition.file) ?? files.count }

    private mutating func reviewOrganization() {
        guard let organization = configuration.organization else { return }
        let section = SectionKind.organization.rawValue
        let excluded = Set(organization.exclude)
        for account in configuration.accounts where excluded.contains(account.id) {
            report(
                section, "Exclude", word: account.id, "account \(account.id) has a section of its own",
                "remove [Account \(account.id)] or the exclusion")
        }
        for unit in organization.includeOU where organization.excludeOU.contains(unit) {
            report(
                section, "ExcludeOU", word: unit, "`\(unit)` is in IncludeOU= too", "name it in one of the two")
        }
    }

    private mutating func review(_ account: AccountSettings) {
        let section = "Account \(account.id)"
        if let arn = account.roleARN, let entry = entry(section, "RoleArn") {
            let owner = AWSName.account(ofRole: arn)
            if owner.id != account.id {
                errors.append(
                    entry.error(
                        ValueError(
                            "the role belongs to account \(owner.id)", at: owner.offset,
                            suggestion: "use a role of account \(account.id)")))
            }
        }
        let hasRole = account.roleARN != nil || rejected.contains(SettingID(section: section, key: "RoleArn"))
        if !hasRole, configuration.organization == nil, let entry = entry(section, "ExternalId") {
            errors.append(
                entry.error(ValueError("an external id needs a role", suggestion: "set RoleArn= or leave this out")))
        }
    }

    private mutating func review(_ schedule: ScheduleSettings) {
        let section = "Schedule \(schedule.name)"
        guard !schedule.cron.isEmpty else {
            // The wrong value has been reported if there was one; its section still names a place.
            let place = sections[section] ?? SourcePosition(file: files.last ?? "")
            return errors.append(
                ConfigurationError(
                    "[\(section)] has no Cron=", at: place, suggestion: "add a line such as Cron=cron(0 2 * * ? *)"))
        }
        if let mistake = checks.schedule(schedule.cron, schedule.timeZone) {
            let error = ValueError(
                mistake.message, at: max(0, mistake.column - 1), suggestion: mistake.suggestion)
            if let entry = entry(section, mistake.isInTimeZone ? "TimeZone" : "Cron") ?? entry(section, "Cron") {
                errors.append(entry.error(error))
            }
        }
        reviewAccounts(of: schedule, section)
    }

    private mutating func reviewAccounts(of schedule: ScheduleSettings, _ section: String) {
        // With an organization, or for the caller's own account, the ids are only known later.
        guard configuration.organization == nil, !configuration.accounts.isEmpty else { return }
        let known = Set(configuration.accounts.map(\.id))
        for id in schedule.accounts where id != "*" && !known.contains(id) {
            report(
                section, "Accounts", word: id, "there is no [Account \(id)]",
                Spelling.suggestion(for: id, in: known.sorted()) ?? "add the section or remove the id")
        }
    }

    private mutating func reviewSelections() {
        for (id, assignments) in origins where ["Types", "Services", "Unredacted"].contains(id.key) {
            for case .file(let entry) in assignments {
                let value = ConfigurationMerger.withoutComment(entry.value)
                // What cannot be split was reported when it was read.
                for word in (try? ValueParser.words(value)) ?? [] {
                    guard let mistake = checks.selection(word.text, configuration.collector.catalogueDirectory) else {
                        continue
                    }
                    errors.append(
                        entry.error(
                            ValueError(mistake.message, at: word.offset, suggestion: mistake.suggestion)))
                }
            }
        }
    }

    /// Reports `word` where it stands in the assignments of a list.
    private mutating func report(
        _ section: String, _ key: String, word: String, _ message: String, _ suggestion: String
    ) {
        for case .file(let entry) in origins[SettingID(section: section, key: key)] ?? [] {
            // What cannot be split was reported when it was read.
            let words = (try? ValueParser.words(entry.value)) ?? []
            guard let place = words.first(where: { $0.text == word }) else { continue }
            return errors.append(entry.error(ValueError(message, at: place.offset, suggestion: suggestion)))
        }
    }
}
