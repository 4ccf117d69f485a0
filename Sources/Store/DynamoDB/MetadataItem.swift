import Inventory
import JSON

/// How a unit's metadata record is kept as an item of the metadata table.
enum MetadataItem {
    /// The item as typed values. `sortKey` is the name of the table's sort key.
    static func write(_ metadata: UnitMetadata, sortKey: String) -> JSONValue {
        let unit = metadata.unit
        var outcomes = ByteBuffer(capacity: 1024)
        let text = MetadataOutcomes.json(metadata.outcomes)
        if AttributeWriter.append(text, to: &outcomes) == nil { AttributeWriter.append(document: text, to: &outcomes) }
        return .compact(
            ("service", .attribute(unit.service)), (sortKey, .attribute("\(unit.account)#\(unit.storedRegion)")),
            ("accountId", .attribute(unit.account)), ("region", .attribute(unit.storedRegion)),
            ("updatedAt", metadata.updatedAt.map { .attribute(ISOTime.text($0)) }),
            ("resourceCount", .attribute(metadata.resourceCount)), ("status", .attribute(metadata.status)),
            ("lastAttemptAt", .attribute(ISOTime.text(metadata.lastAttemptAt))),
            ("lastGoodAt", metadata.lastGoodAt.map { .attribute(ISOTime.text($0)) }),
            ("outcomes", .raw(outcomes.bytes())),
            ("runId", .attribute(metadata.runID)))
    }

    /// Reads an item, one of the replaced system included, which has neither status nor outcomes; `nil` when it is no
    /// metadata of ours.
    static func read(_ scanner: inout JSONScanner, sortKey: String) throws(JSONScanner.Failure) -> UnitMetadata? {
        var plain: [UInt8] = []
        try AttributeReader.object(&scanner, to: &plain)
        guard let item = try? JSONValue.parse(plain), let unit = unit(item, sortKey: sortKey) else { return nil }
        func time(_ name: String) -> Int? { item[name]?.string.flatMap(ISOTime.seconds) }
        let updatedAt = time("updatedAt")
        let outcomes = item["outcomes"].map { $0.string.map { Array($0.utf8) } ?? $0.serialized } ?? []
        return UnitMetadata(
            unit: unit, resourceCount: item["resourceCount"]?.int ?? 0, updatedAt: updatedAt,
            lastAttemptAt: time("lastAttemptAt") ?? updatedAt ?? 0, lastGoodAt: time("lastGoodAt"),
            status: item["status"]?.string ?? "ok", outcomes: MetadataOutcomes.read(outcomes),
            runID: item["runId"]?.string ?? "")
    }

    /// The unit that the item's key names.
    private static func unit(_ item: JSONValue, sortKey: String) -> Unit? {
        guard let service = item["service"]?.string, let place = item[sortKey]?.string,
            let mark = place.firstIndex(of: "#")
        else { return nil }
        let region = String(place[place.index(after: mark)...])
        return Unit(service: service, scope: RecordRules.scope(account: String(place[..<mark]), storedRegion: region))
    }
}
