/// The one table of everything an operator can configure. Parsing, `dump-defaults`, `etc/collectord.conf`, the
/// suggestions in errors and the manual pages are derived from it.
enum ConfigurationSchema {
    static let sections = [
        SectionSchema(
            .collector, explanation: "How much is collected, how fast, and where the daemon keeps its things.",
            settings: collector),
        SectionSchema(.store, explanation: "Where the inventory is kept.", settings: store),
        SectionSchema(
            .organization,
            explanation: """
                Discovers the accounts to collect from AWS Organizations. Leave the section out to collect only the \
                accounts that are listed below.
                """, settings: organization),
        SectionSchema(
            .account,
            explanation: """
                One section for each account, named by its 12 digits. With neither an account nor an organization \
                the account of the daemon's own credentials is collected.
                """, settings: account),
        SectionSchema(
            .schedule,
            explanation: """
                When to refresh. There may be several sections, each with its own name. Without any, everything is \
                refreshed at 02:00 UTC each day by a schedule named default.
                """, settings: schedule),
    ]

    static subscript(kind: SectionKind) -> SectionSchema? { sections.first { $0.kind == kind } }
}

/// The kinds of sections; the raw value is the first word of the header.
enum SectionKind: String, Sendable, CaseIterable {
    case collector = "Collector"
    case store = "Store"
    case organization = "Organization"
    case account = "Account"
    case schedule = "Schedule"

    /// What stands behind the kind in the header, as an example; `nil` when nothing may.
    var exampleArgument: String? {
        switch self {
        case .account: "111122223333"
        case .schedule: "nightly"
        case .collector, .store, .organization: nil
        }
    }

    /// `false` when the section is there with its defaults also when no file names it.
    var isOptional: Bool { self != .collector && self != .store }

    /// A header as one would write it: `[Account 111122223333]`.
    var exampleHeader: String { "[\(exampleArgument.map { "\(rawValue) \($0)" } ?? rawValue)]" }
}

/// One section of the table without the types of its values: for texts about the settings.
struct SectionSchema: Sendable {
    let kind: SectionKind
    let explanation: String
    let settings: [SettingSchema]

    init<Group>(_ kind: SectionKind, explanation: String, settings: [Setting<Group>]) {
        self.kind = kind
        self.explanation = explanation
        self.settings = settings.map(SettingSchema.init)
    }
}

/// One row of the table without the type of its value.
struct SettingSchema: Sendable, Equatable {
    let key: String
    let syntax: String
    let defaultText: String
    let isList: Bool
    let isRequired: Bool
    let explanation: String
    let example: String

    init<Group>(_ setting: Setting<Group>) {
        key = setting.key
        syntax = setting.syntax
        defaultText = setting.defaultText
        isList = setting.isList
        isRequired = setting.isRequired
        explanation = setting.explanation
        example = setting.example
    }
}
