import Inventory
import JSON

/// The `outcomes` member of a metadata record as JSON: an array of `{"type", "outcome", "count", "error"?}`.
enum MetadataOutcomes {
    static func json(_ outcomes: [UnitMetadata.TypeOutcome]) -> [UInt8] {
        JSONValue.array(
            outcomes.map { outcome in
                .compact(
                    ("type", .string(outcome.type)), ("outcome", .string(outcome.outcome.rawValue)),
                    ("count", .integer(Int64(outcome.count))), ("error", outcome.error.map(JSONValue.string)))
            }
        ).serialized
    }

    /// Entries that a newer or foreign writer put there and that cannot be read are left out.
    static func read(_ bytes: [UInt8]) -> [UnitMetadata.TypeOutcome] {
        guard let document = try? JSONValue.parse(bytes) else { return [] }
        return (document.array ?? []).compactMap { entry in
            guard let type = entry["type"]?.string, let word = entry["outcome"]?.string,
                let outcome = Outcome(rawValue: word)
            else { return nil }
            return UnitMetadata.TypeOutcome(
                type: type, outcome: outcome, count: entry["count"]?.int ?? 0, error: entry["error"]?.string)
        }
    }
}
