import Inventory

/// Units and resources for tests; all times are near `Samples.now`.
enum Samples {
    static let now = 1_800_000_000
    static let account = "111122223333"

    static func unit(_ service: String = "ec2", account: String = account, region: String = "eu-west-1") -> Unit {
        Unit(service: service, scope: Scope(account: account, region: region))
    }

    static func record(
        _ id: String, type: String = "ec2/instance", unit: Unit? = nil, arn: String? = nil, name: String? = nil,
        tags: String = "{}", data: String? = nil, digest: UInt64 = 1, updatedAt: Int = now, createdAt: Int = now - 60
    ) -> ResourceRecord {
        ResourceRecord(
            type: type, unit: unit ?? Samples.unit(), id: id, arn: arn, name: name, tags: Array(tags.utf8),
            data: Array((data ?? #"{"Id":"1","Count":3,"On":true,"None":null,"List":["a",1.5]}"#).utf8),
            digest: Digest(high: digest, low: ~digest), updatedAt: updatedAt, createdAt: createdAt,
            ttl: updatedAt + ResourceRecord.lifetimeInSeconds)
    }

    static func puts(_ records: [ResourceRecord], in unit: Unit? = nil) -> WriteBatch {
        var batch = WriteBatch(unit: unit ?? Samples.unit())
        batch.puts = records
        return batch
    }

    static func metadata(_ unit: Unit, count: Int = 0) -> UnitMetadata {
        UnitMetadata(
            unit: unit, resourceCount: count, updatedAt: now, lastAttemptAt: now, lastGoodAt: nil, status: "ok",
            outcomes: [.init(type: "\(unit.service)/thing", outcome: .complete, count: count, error: nil)], runID: "r1")
    }
}

extension InventoryStore {
    /// Writes resources and the unit's metadata, as a refresh does.
    func store(_ records: [ResourceRecord], in unit: Unit) async throws {
        try await write(Samples.puts(records, in: unit))
        try await publish(Samples.metadata(unit, count: records.count))
    }

    /// Every page of a list.
    func listAll(_ filter: ResourceFilter = ResourceFilter(), pageSize: Int = 100) async throws -> [ResourceRecord] {
        var records: [ResourceRecord] = []
        var cursor: String?
        repeat {
            let page = try await list(filter, after: cursor, limit: pageSize)
            records += page.records
            cursor = page.cursor
        } while cursor != nil
        return records
    }
}

extension StoredIndex {
    /// What is known of a key, and under which type.
    func row(_ key: String) -> (type: String, entry: KeyTable.Entry)? {
        for (type, table) in tables {
            if let position = table.find(key.utf8.span) { return (type, table.entries[position]) }
        }
        return nil
    }

    var entries: [KeyTable.Entry] { tables.values.flatMap(\.entries) }
}

extension StoreError {
    /// The case's name and its text.
    var parts: (kind: String, text: String) {
        switch self {
        case .unavailable(let text): ("unavailable", text)
        case .exhausted(let text): ("exhausted", text)
        case .refused(let text): ("refused", text)
        case .unstorable(let resources): ("unstorable", UnstorableResource.text(resources))
        case .corrupt(let text): ("corrupt", text)
        case .cancelled: ("cancelled", "")
        }
    }
}
