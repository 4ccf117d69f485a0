import Inventory
import JSON

/// A filter as DynamoDB's expressions. Every name is a placeholder, because many of ours are reserved words.
struct ItemFilter {
    private(set) var expression: String
    private(set) var names: [JSONValue.Member]
    private(set) var values: [JSONValue.Member]

    /// Live resources that the parts of `filter` which are no part of the key let through.
    init(_ filter: ResourceFilter, now: Int) {
        expression = "#ttl > :now"
        names = [.init("#ttl", "ttl")]
        values = [.init(":now", .attribute(now))]
        if let type = filter.type { add("#type = :type", ("#type", "resourceType"), (":type", type)) }
        if let name = filter.name { add("#name = :name", ("#name", "name"), (":name", name)) }
        guard !filter.tags.isEmpty else { return }
        names.append(.init("#tags", "tags"))
        for (index, tag) in filter.tags.sorted(by: { $0.key < $1.key }).enumerated() {
            add("#tags.#t\(index) = :t\(index)", ("#t\(index)", tag.key), (":t\(index)", tag.value))
        }
    }

    /// Live resources of any unit whose id, ARN or name is `id`.
    init(id: String, now: Int) {
        expression = "(#sk = :id OR #arn = :id OR #name = :id) AND #ttl > :now"
        names = [.init("#sk", "sk"), .init("#arn", "arn"), .init("#name", "name"), .init("#ttl", "ttl")]
        values = [.init(":id", .attribute(id)), .init(":now", .attribute(now))]
    }

    /// `true` when most rows pass, so that DynamoDB's own limit fits the page.
    var isWide: Bool { values.count == 1 }

    private mutating func add(_ condition: String, _ name: (String, String), _ value: (String, String)) {
        expression += " AND \(condition)"
        names.append(.init(name.0, .string(name.1)))
        values.append(.init(value.0, .attribute(value.1)))
    }
}
