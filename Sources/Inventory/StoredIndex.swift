/// What a store holds of one unit, as much as reconciling needs: per resource its key, type, digest and times.
///
/// One table per resource type, so that the listings of a unit can be reconciled at the same time, each with its own.
package struct StoredIndex: Sendable {
    package private(set) var tables: [String: KeyTable] = [:]

    package init() {}

    /// Adds a row the store holds. Rows of the replaced system have the empty type and no digest. A key may be added once
    /// per type; a second time replaces what was known.
    package mutating func add(key: String, type: String, digest: Digest?, ttl: Int, createdAt: Int) {
        tables[type, default: KeyTable()].add(
            key: key, KeyTable.Entry(digest: digest, ttl: ttl, createdAt: createdAt))
    }

    /// The same for a key that is still bytes.
    package mutating func add(key: Span<UInt8>, type: String, digest: Digest?, ttl: Int, createdAt: Int) {
        tables[type, default: KeyTable()].add(key, KeyTable.Entry(digest: digest, ttl: ttl, createdAt: createdAt))
    }

    /// All rows of all types.
    package var count: Int { tables.values.reduce(0) { $0 + $1.count } }

    /// The rows of one type.
    package func table(of type: String) -> KeyTable { tables[type] ?? KeyTable() }
}

/// The stored rows of one resource type in one unit.
///
/// Compact (about 60 bytes and the key per resource), because a unit may hold 500,000 resources. Look-ups work on the
/// key's bytes, so that an unchanged resource never becomes a Swift string.
package struct KeyTable: Sendable {
    package struct Entry: Sendable {
        /// `nil` for a row written by the system this one replaces.
        package var digest: Digest?
        package var ttl: Int
        package var createdAt: Int
        fileprivate var keyStart = 0
        fileprivate var keyCount: Int32 = 0

        package init(digest: Digest?, ttl: Int, createdAt: Int) {
            self.digest = digest
            self.ttl = ttl
            self.createdAt = createdAt
        }
    }

    package private(set) var entries: [Entry] = []
    private var keyBytes: [UInt8] = []
    /// Open addressing; 0 is free, else entry index + 1. The size is a power of two, at most half full.
    private var slots: [Int32] = Array(repeating: 0, count: 16)

    package init() {}

    package var count: Int { entries.count }

    package mutating func add(key: String, _ entry: Entry) {
        var key = key
        key.withUTF8 { add($0.span, entry) }
    }

    package mutating func add(_ key: Span<UInt8>, _ entry: Entry) {
        var entry = entry
        entry.keyCount = Int32(key.count)
        let hash = Self.hash(key)
        if let position = find(key, hash: hash) {
            entry.keyStart = entries[position].keyStart
            entries[position] = entry
            return
        }
        entry.keyStart = keyBytes.count
        key.withUnsafeBufferPointer { keyBytes.append(contentsOf: $0) }
        entries.append(entry)
        if entries.count * 2 > slots.count { grow() } else { place(Int32(entries.count), hash: hash) }
    }

    /// The position in `entries` of the row with that key.
    package func find(_ key: Span<UInt8>) -> Int? { entries.isEmpty ? nil : find(key, hash: Self.hash(key)) }

    private func find(_ key: Span<UInt8>, hash: UInt64) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let position = Int(slots[slot]) - 1
            if matches(entries[position], key) { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    package func key(_ position: Int) -> String {
        let entry = entries[position]
        return String(decoding: keyBytes[entry.keyStart..<entry.keyStart + Int(entry.keyCount)], as: UTF8.self)
    }

    /// The row as a listing's checkpoint names it.
    package func mark(_ position: Int) -> SeenMark {
        let entry = entries[position]
        let key = keyBytes.span.extracting(entry.keyStart..<entry.keyStart + Int(entry.keyCount))
        return SeenMark(key: key, digest: entry.digest)
    }

    private func matches(_ entry: Entry, _ key: Span<UInt8>) -> Bool {
        guard Int(entry.keyCount) == key.count else { return false }
        for index in 0..<key.count where keyBytes[entry.keyStart + index] != key[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        let keys = keyBytes
        for (position, entry) in entries.enumerated() {
            let key = keys.span.extracting(entry.keyStart..<entry.keyStart + Int(entry.keyCount))
            place(Int32(position + 1), hash: Self.hash(key))
        }
    }

    private mutating func place(_ value: Int32, hash: UInt64) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = value
    }

    /// A multiply and fold for every eight bytes: keys are short and the table is private to one refresh.
    private static func hash(_ key: Span<UInt8>) -> UInt64 {
        let raw = key.bytes
        var hash = UInt64(key.count)
        var index = 0
        while index + 8 <= key.count {
            hash = fold(hash ^ raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
            index += 8
        }
        var rest: UInt64 = 0
        while index < key.count {
            rest = rest << 8 | UInt64(key[index])
            index += 1
        }
        return fold(hash ^ rest)
    }

    /// The multiplier is 2^64 divided by the golden ratio.
    private static func fold(_ word: UInt64) -> UInt64 {
        let product = (word ^ 0x6a09_e667_f3bc_c908).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        return product.high ^ product.low
    }
}
