import Configuration
import JSON

/// Honours the variables of the system that this daemon replaces, where the files are silent.
struct InheritedEnvironment {
    let environment: [String: String]

    /// Fills in what the variables say. Accounts are only taken from them when the files name neither an account nor
    /// an organization.
    func apply(to merger: inout ConfigurationMerger) {
        merger.finish { merger, configuration in
            applyStore(&merger, &configuration.store)
            if configuration.collectsOwnAccount { addAccounts(&merger, &configuration) }
            applyOrganization(&merger, &configuration)
            for index in configuration.accounts.indices {
                applyAccount(&merger, &configuration.accounts[index], configuration.organization)
            }
        }
    }

    /// A variable that is set and not empty, as an entry that places errors in it.
    private func entry(_ variable: String, as key: String) -> INIEntry? {
        guard let value = environment[variable], !value.isEmpty else { return nil }
        let place = SourcePosition(file: variable)
        return INIEntry(key: key, value: value, keyPosition: place, valuePosition: place)
    }

    private func applyStore(_ merger: inout ConfigurationMerger, _ store: inout StoreSettings) {
        let section = SectionKind.store.rawValue
        let settings = ConfigurationSchema.store
        guard let table = entry("INVENTORY_TABLE_NAME", as: "InventoryTable") else { return }
        var engine = table
        engine.key = "Type"
        engine.value = StoreSettings.Engine.dynamodb.rawValue
        merger.inherit(engine, from: "INVENTORY_TABLE_NAME", section: section, settings: settings, to: &store)
        guard store.engine == .dynamodb else { return }
        merger.inherit(table, from: "INVENTORY_TABLE_NAME", section: section, settings: settings, to: &store)
        if let metadata = entry("METADATA_TABLE_NAME", as: "MetadataTable") {
            merger.inherit(metadata, from: "METADATA_TABLE_NAME", section: section, settings: settings, to: &store)
        }
    }

    private func applyOrganization(_ merger: inout ConfigurationMerger, _ configuration: inout CollectorConfiguration) {
        guard var organization = configuration.organization else { return }
        let variables = [
            ("INVENTORY_ROLE_NAME", "MemberRoleName"), ("EXTERNAL_ID", "ExternalId"),
            ("ROLE_SESSION_NAME", "SessionName"),
        ]
        for (variable, key) in variables {
            guard let entry = entry(variable, as: key) else { continue }
            merger.inherit(
                entry, from: variable, section: SectionKind.organization.rawValue,
                settings: ConfigurationSchema.organization, to: &organization)
        }
        configuration.organization = organization
    }

    private func applyAccount(
        _ merger: inout ConfigurationMerger, _ account: inout AccountSettings, _ organization: OrganizationSettings?
    ) {
        let section = "Account \(account.id)"
        let settings = ConfigurationSchema.account
        // With an organization its MemberRoleName= stands for the variable.
        if organization == nil, account.roleARN == nil, var role = entry("INVENTORY_ROLE_NAME", as: "RoleArn") {
            let prefix = "arn:\(partition):iam::\(account.id):role/"
            role.value = prefix + role.value
            merger.inherit(
                role, from: "INVENTORY_ROLE_NAME", section: section, settings: settings, to: &account,
                place: { $0.shifted(by: -min(prefix.unicodeScalars.count, $0.offset)) })
        }
        guard account.roleARN != nil || organization != nil else { return }
        for (variable, key) in [("EXTERNAL_ID", "ExternalId"), ("ROLE_SESSION_NAME", "SessionName")] {
            guard let entry = entry(variable, as: key) else { continue }
            merger.inherit(entry, from: variable, section: section, settings: settings, to: &account)
        }
    }

    /// A role's name has no partition; the region that the AWS SDKs are told about has.
    private var partition: String {
        let region = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? ""
        if region.hasPrefix("cn-") { return "aws-cn" }
        return region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
    }

    private func addAccounts(_ merger: inout ConfigurationMerger, _ configuration: inout CollectorConfiguration) {
        let variable = "INVENTORY_ACCOUNTS"
        guard let list = entry(variable, as: variable) else { return }
        do throws(ValueError) {
            var seen: Set<String> = []
            for inherited in try InheritedAccount.read(list.value) where seen.insert(inherited.id).inserted {
                var account = AccountSettings(id: inherited.id)
                for (key, value) in inherited.settings {
                    let place = list.valuePosition
                    let entry = INIEntry(key: key, value: value, keyPosition: place, valuePosition: place)
                    merger.inherit(
                        entry, from: variable, section: "Account \(account.id)", settings: ConfigurationSchema.account,
                        to: &account,
                        // The column inside a JSON string says little about the place in the variable.
                        place: { ValueError($0.message, suggestion: $0.suggestion) })
                }
                configuration.accounts.append(account)
            }
        } catch {
            merger.report(list.error(error))
        }
    }
}
