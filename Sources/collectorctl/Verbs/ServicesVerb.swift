import Control
import JSON

/// `collectorctl services`.
enum ServicesVerb {
    static let verb = Verb(
        "services", options: [Option("types", help: "list resource types, not services")],
        summary: "List the services and resource types that can be collected, and which are selected",
        exitCodes: .daemon,
        examples: [.init("collectorctl services --types -o name", "every resource type")]
    ) { session throws(CommandFailure) in
        let reply = try session.call(ServicesParameters())
        guard session.arguments.flag("types") else {
            try RecordPrinter.print(reply.services, form, session)
            return .success
        }
        let rows = reply.services.flatMap { service in service.types.map { TypeRow(service: service, type: $0) } }
        try RecordPrinter.print(rows, typeForm, session)
        return .success
    }

    private struct TypeRow {
        let service: ServiceInfo
        let type: ResourceTypeInfo
    }

    private static let form = RecordForm<ServiceInfo>(
        columns: [
            .init("service", "SERVICE") { .text($0.service) },
            .init("global", "SCOPE") { .text($0.isGlobal ? "global" : "regional") },
            .init("types", "TYPES", isNumber: true) { .number($0.types.count) },
            .init("selected", "SELECTED", isNumber: true) { .number($0.types.count(where: \.selected)) },
            .init("typeNames", "TYPE NAMES", isExtra: true) { .text($0.types.map(\.type).joined(separator: " ")) },
        ],
        name: \.service, json: \.wire)

    private static let typeForm = RecordForm<TypeRow>(
        columns: [
            .init("type", "TYPE") { .text($0.type.type) },
            .init("service", "SERVICE") { .text($0.service.service) },
            .init("global", "SCOPE") { .text($0.service.isGlobal ? "global" : "regional") },
            .init("selected", "SELECTED") { .text($0.type.selected ? "yes" : "no") },
        ],
        name: \.type.type,
        json: {
            .compact(
                ("type", $0.type.type.wire), ("service", $0.service.service.wire),
                ("global", $0.service.isGlobal.wire), ("selected", $0.type.selected.wire))
        })
}
