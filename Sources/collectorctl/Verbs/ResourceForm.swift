import Control
import JSON

/// Resources as rows and documents.
enum ResourceForm {
    static let form = RecordForm<Resource>(
        columns: [
            .init("service", "SERVICE", isExtra: true) { .text($0.service) },
            .init("resourceType", "TYPE") { .text($0.resourceType) },
            .init("accountId", "ACCOUNT") { .text($0.accountID) },
            .init("region", "REGION") { .text($0.region) },
            .init("resourceId", "ID") { .text($0.resourceID) },
            .init("name", "NAME") { Cell($0.name) },
            .init("updatedAt", "UPDATED") { .time($0.updatedAt) },
            .init("arn", "ARN", isExtra: true) { Cell($0.arn) },
            .init("tags", "TAGS", isExtra: true) { Cell(tags(of: $0)) },
            .init("ttl", "EXPIRES", isExtra: true) { .time(Timestamp(secondsSinceEpoch: $0.ttl)) },
            .init("data", "DATA", isOnRequest: true) { .text($0.data.text) },
        ],
        name: \.resourceID, json: document)

    /// Every member is there, null where nothing is known: readers need not ask which.
    static func document(_ resource: Resource) -> JSONValue {
        .object([
            .init("service", .string(resource.service)), .init("resourceType", .string(resource.resourceType)),
            .init("accountId", .string(resource.accountID)), .init("region", .string(resource.region)),
            .init("resourceId", .string(resource.resourceID)),
            .init("arn", resource.arn.map(JSONValue.string) ?? .null),
            .init("name", resource.name.map(JSONValue.string) ?? .null), .init("tags", resource.tags),
            .init("updatedAt", .string(resource.updatedAt.description)), .init("ttl", .integer(Int64(resource.ttl))),
            .init("data", resource.data),
        ])
    }

    /// `env=prod, team=search`.
    private static func tags(of resource: Resource) -> String? {
        guard let members = resource.tags.members, !members.isEmpty else { return nil }
        return members.map { "\($0.key)=\($0.value.string ?? $0.value.text)" }.joined(separator: ", ")
    }
}
