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
        String(unsafeUninitializedCapacity: 32) { buffer in
            for index in 0..<32 {
                let word = index < 16 ? high : low
                let nibble = UInt8(truncatingIfNeeded: word >> UInt64((15 - index % 16) * 4)) & 15
                buffer[index] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
            }
            return 32
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
