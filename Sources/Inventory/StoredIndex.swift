/// What a store holds of one unit, as much as reconciling needs: per resource its key, type, digest and times.
///
/// One table per resource type, so that the listings of a unit can be reconciled at the same time, each with its own.
package struct StoredIndex: Sendable {
    package private(set) var tables: [String: KeyTable] = [:]

    package init() {}

    /// Adds a row the store holds. Rows of the replaced system have the empty type and no digest. A key may be added once
    /// per type; a second time replaces what was known.
    package mutating func add(
        key: String, type: String, digest: Digest?, ttl: Int, createdAt: Int, hasTags: Bool = false
    ) {
        var key = key
        key.withUTF8 {
            add(key: $0.span, type: type, digest: digest, ttl: ttl, createdAt: createdAt, hasTags: hasTags)
        }
    }

    /// The same for a key that is still bytes.
    package mutating func add(
        key: Span<UInt8>, type: String, digest: Digest?, ttl: Int, createdAt: Int, hasTags: Bool = false
    ) {
        tables[type, default: KeyTable()].add(
            key, KeyTable.Entry(digest: digest, ttl: ttl, createdAt: createdAt, hasTags: hasTags))
    }

    /// All rows of all types.
    package var count: Int { tables.values.reduce(0) { $0 + $1.count } }

    /// The rows of one type.
    package func table(of type: String) -> KeyTable { tables[type] ?? KeyTable() }
}
