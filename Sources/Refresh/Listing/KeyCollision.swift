import AWS
import Inventory
import JSON

/// Two resources of one listing whose keys are equal and whose content is not: one of them would be lost.
struct KeyCollision {
    private let key: String
    private let second: String
    private let operation: String

    /// The resource that found its key taken.
    init(_ resource: borrowing CollectedResource, _ reader: TypeReader, _ context: ItemContext) {
        var text = ByteBuffer(capacity: 256)
        let facts = reader.facts(resource, context, in: &text)
        key = DocumentCopy.string(resource.key)
        second = Self.description(facts.name, facts.arn, resource.digest)
        operation = reader.type.operation
    }

    /// The listing's error, which names both; the first is read from the store, where it has been written by now.
    func failure(type: String, unit: Unit, in store: any InventoryStore) async -> ListingFailure {
        // Without the store's answer the key alone names the first.
        let rows = (try? await store.get(key)) ?? []
        let first = rows.first { $0.type == type && $0.unit == unit && $0.id == key }
        let name = first.map { Self.description($0.name, $0.arn, $0.digest) } ?? "one"
        return ListingFailure(
            outcome: .failed,
            error: ListingError(
                operation: operation, code: "KeyCollision",
                message: "two resources of \(type) have the key \(key): \(name), which is kept, and \(second)"))
    }

    private static func description(_ name: String?, _ arn: String?, _ digest: Digest) -> String {
        "\(name ?? arn ?? "one without a name") (content \(digest))"
    }
}
