import Configuration

/// Puts the files of a configuration on top of each other, key by key, and remembers where each value comes from.
struct ConfigurationMerger {
    /// What the files said so far. Schedules are empty until a file names one.
    private(set) var configuration: CollectorConfiguration
    private(set) var origins: [SettingID: [SettingOrigin]] = [:]
    private(set) var errors: [ConfigurationError] = []
    /// The keys whose value was refused; what depends on them is not judged.
    private(set) var rejected: Set<SettingID> = []
    /// The keys of the file that is being added, with the place where each stands.
    private var keysOfFile: [SettingID: SourcePosition] = [:]
    private var accountIndex: [String: Int] = [:]
    private var scheduleIndex: [String: Int] = [:]
    /// Where each section was named first.
    private(set) var sectionPositions: [String: SourcePosition] = [:]

    init() {
        configuration = CollectorConfiguration()
        configuration.schedules = []
    }

    /// Adds a file above those added before.
    mutating func add(_ file: ConfigurationFiles.File) {
        let (document, mistakes) = INIDocument.parse(file.bytes, file: file.path, dialect: .systemd)
        errors += mistakes
        keysOfFile = [:]
        for section in document.sections { add(section) }
    }

    /// Sets one value where the files are silent. `entry` holds the value under the setting's key; `place` turns an
    /// error in it into one in the variable.
    mutating func inherit<Group>(
        _ entry: INIEntry, from variable: String, section: String, settings: [Setting<Group>], to group: inout Group,
        place: (ValueError) -> ValueError = { $0 }
    ) {
        let id = SettingID(section: section, key: entry.key)
        guard origins[id] == nil, let setting = settings.first(where: { $0.key == entry.key }) else { return }
        do throws(ValueError) {
            try setting.assign(&group, entry.value, false)
            origins[id] = [.environment(variable)]
        } catch {
            rejected.insert(id)
            errors.append(entry.error(place(error)))
        }
    }

    /// Changes what is configured and may report errors: for the steps that come after the files.
    mutating func finish(_ step: (inout Self, inout CollectorConfiguration) -> Void) {
        var result = configuration
        step(&self, &result)
        configuration = result
    }

    mutating func report(_ error: ConfigurationError) { errors.append(error) }

    private mutating func add(_ section: INISection) {
        let parts = section.name.split(maxSplits: 1, whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
        let argument = parts.count > 1 ? parts[1].drop { $0 == " " || $0 == "\t" } : ""
        guard let word = parts.first, let kind = SectionKind(rawValue: word) else {
            return errors.append(unknownSection(section, word: parts.first ?? ""))
        }
        let title = argument.isEmpty ? word : "\(word) \(argument)"
        if sectionPositions[title] == nil { sectionPositions[title] = section.position }
        switch kind {
        case .collector, .store, .organization:
            guard argument.isEmpty else {
                return errors.append(
                    ConfigurationError(
                        "[\(word)] takes no name", at: section.position, suggestion: "write [\(word)]"))
            }
            addPlain(kind, section)
        case .account: addAccount(String(argument), section)
        case .schedule: addSchedule(String(argument), section)
        }
    }

    private mutating func addPlain(_ kind: SectionKind, _ section: INISection) {
        switch kind {
        case .collector:
            var group = configuration.collector
            apply(section, kind.rawValue, ConfigurationSchema.collector, to: &group)
            configuration.collector = group
        case .store:
            var group = configuration.store
            apply(section, kind.rawValue, ConfigurationSchema.store, to: &group)
            configuration.store = group
        default:
            var group = configuration.organization ?? OrganizationSettings()
            apply(section, kind.rawValue, ConfigurationSchema.organization, to: &group)
            configuration.organization = group
        }
    }

    private mutating func addAccount(_ id: String, _ section: INISection) {
        var isValid = true
        do throws(ValueError) {
            try AWSName.checkAccount(id)
        } catch {
            isValid = false
            errors.append(nameError(error, of: section, argument: id))
        }
        let index = accountIndex[id]
        var group = index.map { configuration.accounts[$0] } ?? AccountSettings(id: id)
        apply(section, "Account \(id)", ConfigurationSchema.account, to: &group)
        guard isValid else { return }
        if let index {
            configuration.accounts[index] = group
        } else {
            accountIndex[id] = configuration.accounts.count
            configuration.accounts.append(group)
        }
    }

    private mutating func addSchedule(_ name: String, _ section: INISection) {
        var isValid = true
        do throws(ValueError) {
            try AWSName.scheduleName.check(name)
        } catch {
            isValid = false
            errors.append(nameError(error, of: section, argument: name))
        }
        let index = scheduleIndex[name]
        var group = index.map { configuration.schedules[$0] } ?? ScheduleSettings(name: name)
        apply(section, "Schedule \(name)", ConfigurationSchema.schedule, to: &group)
        guard isValid else { return }
        if let index {
            configuration.schedules[index] = group
        } else {
            scheduleIndex[name] = configuration.schedules.count
            configuration.schedules.append(group)
        }
    }

    private mutating func apply<Group>(
        _ section: INISection, _ title: String, _ settings: [Setting<Group>], to group: inout Group
    ) {
        for entry in section.entries {
            guard let setting = settings.first(where: { $0.key == entry.key }) else {
                errors.append(unknownKey(entry, title: title, keys: settings.map(\.key)))
                continue
            }
            let id = SettingID(section: title, key: entry.key)
            if let earlier = keysOfFile[id], !setting.isList {
                errors.append(
                    ConfigurationError(
                        "\(entry.key)= comes a second time in this file", at: entry.keyPosition,
                        suggestion: "keep this one or that of line \(earlier.line)"))
                continue
            }
            keysOfFile[id] = entry.keyPosition
            assign(entry, id, setting, to: &group)
        }
    }

    private mutating func assign<Group>(
        _ entry: INIEntry, _ id: SettingID, _ setting: Setting<Group>, to group: inout Group
    ) {
        let value = setting.takesComment ? Self.withoutComment(entry.value) : entry.value
        guard !value.isEmpty else {
            setting.reset(&group)
            origins[id] = nil
            return
        }
        do throws(ValueError) {
            let adding = setting.isList && origins[id] != nil
            try setting.assign(&group, value, adding)
            origins[id] = (adding ? origins[id] ?? [] : []) + [.file(entry)]
        } catch {
            rejected.insert(id)
            errors.append(entry.error(error))
        }
    }

    /// The value up to a `#` that stands at its beginning or behind white space.
    static func withoutComment(_ value: String) -> String {
        var before: Character = " "
        var end = value.startIndex
        for index in value.indices {
            let isSpace = value[index] == " " || value[index] == "\t"
            if value[index] == "#", before == " " || before == "\t" { return String(value[..<end]) }
            if !isSpace { end = value.index(after: index) }
            before = value[index]
        }
        return value
    }
}
