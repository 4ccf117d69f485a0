import Inventory

/// Reads items of the inventory table, those of the system this one replaces included: they have no type, digest, tags,
/// ARN, name or time of creation.
struct ItemReader {
    private var fields = ResourceRecord(
        type: "", unit: Unit(service: "", scope: Scope(account: "", region: "")), id: "", arn: nil, name: nil,
        tags: Array("{}".utf8), data: Array("{}".utf8), digest: Digest(high: 0, low: 0), updatedAt: 0, createdAt: 0,
        ttl: 0)
    private var digest: Digest?
    private var createdAt: Int?
    private var updatedAt: Int?

    /// A whole item.
    static func record(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) -> ResourceRecord {
        var reader = ItemReader()
        try reader.read(&scanner)
        var record = reader.fields
        record.unit.scope = RecordRules.scope(account: record.unit.account, storedRegion: record.unit.scope.region)
        record.digest = reader.digest ?? record.digest
        record.updatedAt = reader.updatedAt ?? record.ttl - ResourceRecord.lifetimeInSeconds
        record.createdAt = reader.createdAt ?? record.updatedAt
        return record
    }

    /// An item of which only the attributes of the index were asked for.
    static func addEntry(_ scanner: inout JSONScanner, to index: inout StoredIndex) throws(JSONScanner.Failure) {
        var reader = ItemReader()
        try reader.read(&scanner)
        let record = reader.fields
        index.add(
            key: record.id, type: record.type, digest: reader.digest, ttl: record.ttl,
            createdAt: reader.createdAt ?? record.ttl - ResourceRecord.lifetimeInSeconds,
            hasTags: record.tags.count > 2)
    }

    private mutating func read(_ scanner: inout JSONScanner) throws(JSONScanner.Failure) {
        try scanner.members { (scanner, key) throws(JSONScanner.Failure) in
            if scanner.equals(key, "data") {
                fields.data = try AttributeReader.document(&scanner)
            } else if scanner.equals(key, "tags") {
                fields.tags = try AttributeReader.document(&scanner)
            } else {
                let name = scanner.string(key)
                set(name, try AttributeReader.text(&scanner))
            }
        }
    }

    private mutating func set(_ name: String, _ text: String?) {
        guard let text else { return }
        switch name {
        case "sk": fields.id = text
        case "service": fields.unit.service = text
        case "accountId": fields.unit.scope.account = text
        case "region": fields.unit.scope.region = text
        case "resourceType": fields.type = text
        case "arn": fields.arn = text
        case "name": fields.name = text
        case "digest": digest = Digest(text)
        case "updatedAt": updatedAt = ISOTime.seconds(text)
        case "createdAt": createdAt = ISOTime.seconds(text)
        // Another writer may have stored a fraction.
        case "ttl": fields.ttl = Int(text) ?? Double(text).flatMap { Int(exactly: $0.rounded(.down)) } ?? 0
        default: break
        }
    }
}
