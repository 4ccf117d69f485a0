import Configuration

/// Writes configurations as INI text.
enum ConfigurationText {
    /// The effective configuration; above each value a comment says where it comes from. Loading the text gives the
    /// same configuration. External ids are written out: the text is for the operator, not for logs.
    static func show(_ loaded: LoadedConfiguration) -> String {
        let configuration = loaded.configuration
        var text = loaded.files.isEmpty ? "# No files; defaults only.\n" : ""
        for path in loaded.files { text += "# Read: \(path)\n" }
        func add<Group>(_ title: String, _ group: Group, _ settings: [Setting<Group>]) {
            text += "\n[\(title)]\n"
            for setting in settings {
                let value = setting.text(group)
                if value.isEmpty { continue }
                let origins = loaded.origins[SettingID(section: title, key: setting.key)] ?? []
                text += "# \(origins.isEmpty ? "default" : origins.map(\.text).joined(separator: ", "))\n"
                text += "\(setting.key)=\(value)\n"
            }
        }
        add(SectionKind.collector.rawValue, configuration.collector, ConfigurationSchema.collector)
        add(SectionKind.store.rawValue, configuration.store, ConfigurationSchema.store)
        if let organization = configuration.organization {
            add(SectionKind.organization.rawValue, organization, ConfigurationSchema.organization)
        }
        for account in configuration.accounts {
            add("\(SectionKind.account.rawValue) \(account.id)", account, ConfigurationSchema.account)
        }
        for schedule in configuration.schedules {
            add("\(SectionKind.schedule.rawValue) \(schedule.name)", schedule, ConfigurationSchema.schedule)
        }
        return text
    }

    /// The sample file, `etc/collectord.conf`: every setting with its explanation and default, commented out.
    static func dumpDefaults() -> String {
        var text = paragraph(
            """
            The configuration of inventory-collectord. Every setting is shown with its default; remove the # in \
            front of a line to change it.
            """)
        text += "#\n"
        text += paragraph(
            """
            Changes are better kept in files of their own, in /etc/inventory-collectord/collectord.conf.d/*.conf: \
            they are read after this file, in the order of their names, and a key there replaces the one here. Keys \
            marked as lists collect their values instead; an empty assignment starts the list anew, and gives any \
            other key its default back.
            """)
        text += "#\n"
        text += paragraph(
            """
            inventory-collectord --check-config says what is wrong. systemctl reload inventory-collectord puts a \
            changed configuration into force, and keeps the old one when there is an error.
            """)
        for section in ConfigurationSchema.sections { text += sample(section) }
        return text
    }

    private static func sample(_ section: SectionSchema) -> String {
        var text = "\n" + paragraph(section.explanation)
        text += "\(section.kind.isOptional ? "#" : "")\(section.kind.exampleHeader)\n"
        for setting in section.settings {
            text += "\n" + paragraph(setting.explanation)
            text += paragraph(
                "Value: \(setting.syntax)\(setting.isList ? "; a list" : "")\(setting.isRequired ? "; required" : "").")
            if !setting.example.isEmpty, !setting.isRequired {
                text += "# Example: \(setting.key)=\(setting.example)\n"
            }
            text += "#\(setting.key)=\(setting.isRequired ? setting.example : setting.defaultText)\n"
        }
        return text
    }

    /// Comment lines of at most 100 characters.
    private static func paragraph(_ words: String) -> String {
        var lines: [String] = []
        var line = "#"
        for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            if line.count + 1 + word.count > 100 {
                lines.append(line)
                line = "#"
            }
            line += " \(word)"
        }
        lines.append(line)
        return lines.map { "\($0)\n" }.joined()
    }
}
