import Inventory
import JSON

/// Writes resources of one unit as the items of the inventory table, straight into a request's bytes.
struct ItemWriter: ~Copyable {
    /// DynamoDB's limit for an item, names and values together.
    static let sizeLimitInBytes = 400 * 1_024

    private let format: DataFormat
    /// The members that all items of the unit share, with the opening brace, and their size.
    private var prefix = ByteBuffer(capacity: 256)
    private var prefixSize = 0
    private let partitionKey: String
    /// The resources of a batch were mostly read at the same moment.
    private var written = ""
    private var writtenSeconds: Int?

    init(unit: Unit, format: DataFormat) {
        self.format = format
        partitionKey = unit.partitionKey
        prefix.append("{")
        Self.append("\"pk\":", unit.partitionKey, to: &prefix, size: &prefixSize)
        Self.append("\"service\":", unit.service, to: &prefix, size: &prefixSize)
        Self.append("\"accountId\":", unit.account, to: &prefix, size: &prefixSize)
        Self.append("\"region\":", unit.storedRegion, to: &prefix, size: &prefixSize)
    }

    /// Appends the item as a JSON object of typed values; answers its size as DynamoDB counts it.
    mutating func append(_ record: borrowing ResourceRecord, to output: inout ByteBuffer) -> Int {
        output.append(prefix.span)
        var size = prefixSize
        Self.append("\"sk\":", record.id, to: &output, size: &size)
        Self.append("\"resourceId\":", record.id, to: &output, size: &size)
        Self.append("\"resourceType\":", record.type, to: &output, size: &size)
        if let arn = record.arn { Self.append("\"arn\":", arn, to: &output, size: &size) }
        if let name = record.name { Self.append("\"name\":", name, to: &output, size: &size) }
        output.append("\"digest\":{\"S\":\"")
        record.digest.append(to: &output)
        output.append("\"},")
        size += 6 + 32
        Self.append("\"updatedAt\":", time(record.updatedAt), to: &output, size: &size)
        Self.append("\"createdAt\":", time(record.createdAt), to: &output, size: &size)
        output.append("\"tags\":")
        size += 4 + Self.document(record.tags, format: .map, to: &output)
        output.append(",\"data\":")
        size += 4 + Self.document(record.data, format: format, to: &output)
        output.append(",\"ttl\":{\"N\":\"")
        output.append(decimal: record.ttl)
        output.append("\"}}")
        return size + 3 + 6
    }

    /// Appends the key of a row as a JSON object of typed values.
    func appendKey(_ id: String, to output: inout ByteBuffer) {
        output.append("{\"pk\":")
        AttributeWriter.append(text: partitionKey, to: &output)
        output.append(",\"sk\":")
        AttributeWriter.append(text: id, to: &output)
        output.append("}")
    }

    private mutating func time(_ seconds: Int) -> String {
        if seconds != writtenSeconds { (written, writtenSeconds) = (ISOTime.text(seconds), seconds) }
        return written
    }

    private static func document(_ bytes: [UInt8], format: DataFormat, to output: inout ByteBuffer) -> Int {
        if format == .map, let size = AttributeWriter.append(bytes, to: &output) { return size }
        AttributeWriter.append(document: bytes, to: &output)
        return bytes.count
    }

    /// Appends a member and a comma; `name` is `"name":`.
    private static func append(
        _ name: StaticString, _ text: String, to output: inout ByteBuffer, size: inout Int
    ) {
        output.append(name)
        AttributeWriter.append(text: text, to: &output)
        output.append(",")
        size += name.utf8CodeUnitCount - 3 + text.utf8.count
    }
}
