import JSON

/// 128 bits that stand for a resource's content, blind to what moves by itself and to the order of members and sets.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// 32 lower-case hexadecimal digits, as stored.
    package var description: String {
        var text = ByteBuffer(capacity: 32)
        append(to: &text)
        return text.text
    }

    /// Appends `description`.
    package func append(to output: inout ByteBuffer) {
        Self.append(high, to: &output)
        Self.append(low, to: &output)
    }

    private static func append(_ word: UInt64, to output: inout ByteBuffer) {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
            let nibble = UInt8(truncatingIfNeeded: word >> shift) & 15
            output.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
        }
    }

    /// Reads 32 hexadecimal digits; `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
            let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }
}

/// One resource as every store keeps it.
package struct ResourceRecord: Sendable, Equatable {
    /// The type's name, `ec2/instance`.
    package var type: String
    package var unit: Unit
    /// Unique within the unit: `sk` and `resourceId`.
    package var id: String
    package var arn: String?
    package var name: String?
    /// A JSON object of strings, `{}` when there are none.
    package var tags: [UInt8]
    /// The whole resource as one JSON object.
    package var data: [UInt8]
    package var digest: Digest
    /// Seconds since the epoch: when this content was last written.
    package var updatedAt: Int
    /// Seconds since the epoch: when this collector first saw the resource.
    package var createdAt: Int
    /// Seconds since the epoch, `updatedAt` + 90 days.
    package var ttl: Int

    package init(
        type: String, unit: Unit, id: String, arn: String?, name: String?, tags: [UInt8], data: [UInt8], digest: Digest,
        updatedAt: Int, createdAt: Int, ttl: Int
    ) {
        self.type = type
        self.unit = unit
        self.id = id
        self.arn = arn
        self.name = name
        self.tags = tags
        self.data = data
        self.digest = digest
        self.updatedAt = updatedAt
        self.createdAt = createdAt
        self.ttl = ttl
    }

    /// DynamoDB's limit for a sort key
    /// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html); every store keeps to it, so that
    /// an inventory can move from one to another.
    package static let keyLimitInBytes = 1_024

    /// 90 days, the life of an item after each write (the contract with every reader).
    package static let lifetimeInSeconds = 90 * 86_400
}
