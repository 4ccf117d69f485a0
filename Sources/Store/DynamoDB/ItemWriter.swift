import Inventory
import JSON

/// Writes resources of one unit as the items of the inventory table, straight into a request's bytes.
struct ItemWriter {
    /// DynamoDB's limit for an item, names and values together.
    static let sizeLimitInBytes = 400 * 1_024

    private let format: DataFormat
    /// The members that all items of the unit share, with the opening brace.
    private let prefix: [UInt8]
    private let prefixSize: Int
    private let partitionKey: String

    init(unit: Unit, format: DataFormat) {
        self.format = format
        partitionKey = unit.partitionKey
        var prefix: [UInt8] = [UInt8(ascii: "{")]
        var size = 0
        let members = [
            ("pk", unit.partitionKey), ("service", unit.service), ("accountId", unit.account),
            ("region", unit.storedRegion),
        ]
        for (name, text) in members { Self.append(name, text: text, to: &prefix, size: &size) }
        self.prefix = prefix
        prefixSize = size
    }

    /// Appends the item as a JSON object of typed values; answers its size as DynamoDB counts it.
    func append(_ record: ResourceRecord, to output: inout [UInt8]) -> Int {
        output += prefix
        var size = prefixSize
        Self.append("sk", text: record.id, to: &output, size: &size)
        Self.append("resourceId", text: record.id, to: &output, size: &size)
        Self.append("resourceType", text: record.type, to: &output, size: &size)
        if let arn = record.arn { Self.append("arn", text: arn, to: &output, size: &size) }
        if let name = record.name { Self.append("name", text: name, to: &output, size: &size) }
        Self.append("digest", text: record.digest.description, to: &output, size: &size)
        Self.append("updatedAt", text: ISOTime.text(record.updatedAt), to: &output, size: &size)
        Self.append("createdAt", text: ISOTime.text(record.createdAt), to: &output, size: &size)
        output.append(literal: "\"tags\":")
        size += 4 + document(record.tags, format: .map, to: &output)
        output.append(literal: ",\"data\":")
        size += 4 + document(record.data, format: format, to: &output)
        output += ",\"ttl\":{\"N\":\"\(record.ttl)\"}}".utf8
        return size + 3 + 6
    }

    /// Appends the key of a row as a JSON object of typed values.
    func appendKey(_ id: String, to output: inout [UInt8]) {
        var size = 0
        output.append(UInt8(ascii: "{"))
        Self.append("pk", text: partitionKey, to: &output, size: &size)
        output.append(literal: "\"sk\":")
        AttributeWriter.append(text: id, to: &output)
        output.append(UInt8(ascii: "}"))
    }

    private func document(_ bytes: [UInt8], format: DataFormat, to output: inout [UInt8]) -> Int {
        if format == .map, let size = AttributeWriter.append(bytes, to: &output) { return size }
        AttributeWriter.append(utf8: bytes, to: &output)
        return bytes.count
    }

    /// Appends a member and a comma.
    private static func append(_ name: String, text: String, to output: inout [UInt8], size: inout Int) {
        output.append(UInt8(ascii: "\""))
        output += name.utf8
        output.append(literal: "\":")
        AttributeWriter.append(text: text, to: &output)
        output.append(UInt8(ascii: ","))
        size += name.utf8.count + text.utf8.count
    }
}
