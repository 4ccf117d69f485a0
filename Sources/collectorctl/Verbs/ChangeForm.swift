import Control
import JSON

/// Changes as rows, documents and text.
enum ChangeForm {
    static let form = RecordForm<Change>(
        columns: [
            .init("sequence", "SEQ", isNumber: true) { .number($0.sequence) },
            .init("time", "TIME") { .time($0.time) },
            .init("kind", "KIND") { .styled($0.kind.rawValue, style(of: $0.kind)) },
            .init("service", "SERVICE", isExtra: true) { .text($0.service) },
            .init("resourceType", "TYPE") { .text($0.resourceType) },
            .init("accountId", "ACCOUNT") { .text($0.accountID) },
            .init("region", "REGION") { .text($0.region) },
            .init("resourceId", "ID") { .text($0.resourceID) },
            .init("name", "NAME") { Cell($0.name) },
            .init("paths", "CHANGED") { Cell(paths(of: $0)) },
            .init("arn", "ARN", isExtra: true) { Cell($0.arn) },
            .init("run", "RUN", isExtra: true) { Cell($0.run) },
            .init("diff", "DIFF", isOnRequest: true) { .text($0.diff.text) },
        ],
        name: \.resourceID, json: document)

    /// The options that choose among changes.
    static let options: [Option] = [
        Option("service", "s", takes: .service, "NAME", help: "only this service"),
        Option("type", "t", takes: .resourceType, "TYPE", help: "only this resource type, ec2/instance"),
        Option("account", "a", takes: .account, "ID", help: "only this account"),
        Option("region", "r", takes: .region, "NAME", help: "only this region; global for global services"),
        Option("id", takes: .text, "ID", help: "only resources with this id, ARN or name"),
        Option("kind", takes: .choice(ChangeKind.allCases.map(\.rawValue)), help: "only changes of this kind"),
    ]

    /// What `options` chose.
    static func selection(_ arguments: ParsedArguments) -> ChangeSelection {
        ChangeSelection(
            service: arguments.text("service"), type: arguments.text("type"), account: arguments.text("account"),
            region: arguments.text("region"), id: arguments.text("id"),
            kind: arguments.text("kind").flatMap(ChangeKind.init))
    }

    /// Every member is there, null where nothing is known: readers need not ask which.
    static func document(_ change: Change) -> JSONValue {
        .object([
            .init("sequence", .integer(Int64(change.sequence))), .init("time", .string(change.time.description)),
            .init("run", change.run.map(JSONValue.string) ?? .null), .init("kind", .string(change.kind.rawValue)),
            .init("service", .string(change.service)), .init("resourceType", .string(change.resourceType)),
            .init("accountId", .string(change.accountID)), .init("region", .string(change.region)),
            .init("resourceId", .string(change.resourceID)),
            .init("arn", change.arn.map(JSONValue.string) ?? .null),
            .init("name", change.name.map(JSONValue.string) ?? .null), .init("diff", change.diff),
        ])
    }

    static func style(of kind: ChangeKind) -> Style {
        switch kind {
        case .created: .good
        case .updated: .warning
        case .deleted: .bad
        }
    }

    /// `State.Name, Tags[Key=env].Value`.
    private static func paths(of change: Change) -> String? {
        let paths = (change.diff.array ?? []).compactMap { $0["path"]?.string }
        return paths.isEmpty ? nil : paths.map { $0.isEmpty ? "(everything)" : $0 }.joined(separator: ", ")
    }

    /// A line for what happened and one for each member that changed.
    static func text(_ change: Change, _ style: OutputStyle) -> String {
        let kind = Self.style(of: change.kind).applied(to: change.kind.rawValue, colors: style.colors)
        let place = "\(change.resourceType) \(change.accountID) \(change.region) \(change.resourceID)"
        let run = change.run.map { "  (run \($0), change \(change.sequence))" } ?? "  (change \(change.sequence))"
        var text = "\(change.time)  \(kind)  \(TerminalText.escaped(place + run))\n"
        for entry in change.diff.array ?? [] {
            let path = entry["path"]?.string ?? ""
            let old = entry["old"]?.text ?? "null"
            let new = entry["new"]?.text ?? "null"
            text += TerminalText.escaped("    \(path.isEmpty ? "(everything)" : path): \(old) -> \(new)") + "\n"
        }
        return text
    }
}
