/// What a store holds of one unit, as much as reconciling needs: per resource its key, type, digest and times.
///
/// Compact (about 60 bytes and the key per resource), because a unit may hold 500,000 resources. Look-ups work on the
/// key's bytes, so that an unchanged resource never becomes a Swift string.
package struct StoredIndex: Sendable {
    package struct Entry: Sendable {
        /// `nil` for a row written by the system this one replaces.
        package var digest: Digest?
        package var ttl: Int
        package var createdAt: Int
        /// Index into `types`.
        fileprivate(set) package var type: Int32
        package var seen = false
        fileprivate var keyStart: Int
        fileprivate var keyCount: Int32
    }

    /// Resource type names in order of appearance; rows of the replaced system have the empty type.
    package private(set) var types: [String] = []
    package private(set) var entries: [Entry] = []
    private var keyBytes: [UInt8] = []
    /// Open addressing; 0 is free, else entry index + 1. The size is a power of two, at most half full.
    private var slots: [Int32] = Array(repeating: 0, count: 16)

    package init() {}

    package var count: Int { entries.count }

    /// Adds a row the store holds. A key may be added once; a second time replaces what was known.
    package mutating func add(key: String, type: String, digest: Digest?, ttl: Int, createdAt: Int) {
        let typeIndex: Int
        if let known = types.firstIndex(of: type) {
            typeIndex = known
        } else {
            typeIndex = types.count
            types.append(type)
        }
        var key = key
        key.withUTF8 { bytes in
            let span = bytes.span
            var entry = Entry(
                digest: digest, ttl: ttl, createdAt: createdAt, type: Int32(typeIndex), keyStart: keyBytes.count,
                keyCount: Int32(span.count))
            if let position = find(span) {
                entry.keyStart = entries[position].keyStart
                entries[position] = entry
                return
            }
            keyBytes.append(contentsOf: bytes)
            entries.append(entry)
            if entries.count * 2 > slots.count {
                grow()
            } else {
                place(Int32(entries.count), hash: Self.hash(span))
            }
        }
    }

    /// The position in `entries` of the row with that key.
    package func find(_ key: Span<UInt8>) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: Self.hash(key)) & mask
        while slots[slot] != 0 {
            let position = Int(slots[slot]) - 1
            if matches(entries[position], key) { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    package mutating func markSeen(_ position: Int) { entries[position].seen = true }

    package func key(_ position: Int) -> String {
        let entry = entries[position]
        return String(decoding: keyBytes[entry.keyStart..<entry.keyStart + Int(entry.keyCount)], as: UTF8.self)
    }

    private func matches(_ entry: Entry, _ key: Span<UInt8>) -> Bool {
        guard Int(entry.keyCount) == key.count else { return false }
        for index in 0..<key.count where keyBytes[entry.keyStart + index] != key[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for (position, entry) in entries.enumerated() {
            let key = keyBytes[entry.keyStart..<entry.keyStart + Int(entry.keyCount)]
            place(Int32(position + 1), hash: Self.hash(key.span))
        }
    }

    private mutating func place(_ value: Int32, hash: UInt64) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = value
    }

    /// FNV-1a with a final mix: keys are short and the table is private to one refresh.
    private static func hash(_ key: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in 0..<key.count { hash = (hash ^ UInt64(key[index])) &* 0x0000_0100_0000_01b3 }
        hash ^= hash >> 32
        return hash &* 0x9e37_79b9_7f4a_7c15 >> 16
    }
}
