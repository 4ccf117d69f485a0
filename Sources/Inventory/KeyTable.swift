/// The stored rows of one resource type in one unit.
///
/// Compact (32 bytes, 8 to 16 of look-up table and the key per resource), because a unit may hold 500,000 resources, and
/// grown in pieces, because a doubling array needs three times its size while it is copied. Look-ups work on the key's
/// bytes, so that an unchanged resource never becomes a Swift string.
package struct KeyTable: Sendable {
    package struct Entry: Sendable {
        /// `nil` for a row written by the system this one replaces.
        package var digest: Digest?
        /// Seconds since the epoch, kept in 32 bits: until the year 2106.
        package var ttl: Int
        package var createdAt: Int
        /// Whether the row has any tag.
        package var hasTags: Bool

        package init(digest: Digest?, ttl: Int, createdAt: Int, hasTags: Bool = false) {
            self.digest = digest
            self.ttl = ttl
            self.createdAt = createdAt
            self.hasTags = hasTags
        }
    }

    /// The rows in the order in which they were added.
    package struct Entries: RandomAccessCollection, Sendable {
        fileprivate var packed = Chunks<PackedEntry>(chunkSize: KeyTable.entriesInChunk)

        package var startIndex: Int { 0 }
        package var endIndex: Int { packed.count }
        package subscript(position: Int) -> Entry { packed[position].entry }
    }

    package private(set) var entries = Entries()
    private var keys = KeyBytes()
    /// Open addressing; 0 is free, else entry index + 1. The size is a power of two, at most half full.
    private var slots: [Int32] = Array(repeating: 0, count: 16)

    /// 128 KB.
    private static let entriesInChunk = 4_096

    package init() {}

    package var count: Int { entries.count }

    /// Adds a row, or replaces what was known of it. A key of more than 65,535 bytes, which no store of ours takes, is
    /// left out.
    package mutating func add(_ key: Span<UInt8>, _ entry: Entry) {
        guard key.count <= KeyBytes.keyLimit else { return }
        let hash = Self.hash(key)
        if let position = find(key, hash: hash) {
            entries.packed[position] = PackedEntry(entry, key: entries.packed[position].key)
            return
        }
        entries.packed.append(PackedEntry(entry, key: keys.append(key)))
        if count * 2 > slots.count { grow() } else { place(Int32(count), hash: hash) }
    }

    /// The position in `entries` of the row with that key.
    package func find(_ key: Span<UInt8>) -> Int? { count == 0 ? nil : find(key, hash: Self.hash(key)) }

    private func find(_ key: Span<UInt8>, hash: UInt64) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let position = Int(slots[slot]) - 1
            if keys.matches(entries.packed[position].key, key) { return position }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The key's `KeyFingerprint`.
    package func fingerprint(_ position: Int) -> UInt64 {
        keys.with(entries.packed[position].key) { KeyFingerprint.of($0) }
    }

    package func key(_ position: Int) -> String {
        keys.with(entries.packed[position].key) { bytes in
            bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The row as a listing's checkpoint names it.
    package func mark(_ position: Int) -> SeenMark {
        let row = entries.packed[position]
        return keys.with(row.key) { SeenMark(key: $0, digest: row.entry.digest) }
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for position in 0..<count {
            place(Int32(position + 1), hash: keys.with(entries.packed[position].key) { Self.hash($0) })
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

/// An entry and the place of its key in 32 bytes.
private struct PackedEntry: Sendable {
    private var high: UInt64
    private var low: UInt64
    private var ttl: UInt32
    private var createdAt: UInt32
    private var place: UInt32
    private var length: UInt16
    private var flags: UInt8

    private static let hasDigest: UInt8 = 1
    private static let hasTags: UInt8 = 2

    init(_ entry: KeyTable.Entry, key: KeyBytes.Key) {
        high = entry.digest?.high ?? 0
        low = entry.digest?.low ?? 0
        ttl = UInt32(clamping: entry.ttl)
        createdAt = UInt32(clamping: entry.createdAt)
        place = key.place
        length = key.length
        flags = (entry.digest == nil ? 0 : Self.hasDigest) | (entry.hasTags ? Self.hasTags : 0)
    }

    var key: KeyBytes.Key { KeyBytes.Key(place: place, length: length) }

    var entry: KeyTable.Entry {
        KeyTable.Entry(
            digest: flags & Self.hasDigest == 0 ? nil : Digest(high: high, low: low), ttl: Int(ttl),
            createdAt: Int(createdAt), hasTags: flags & Self.hasTags != 0)
    }
}

/// Keys one after another, each whole in one piece.
private struct KeyBytes: Sendable {
    struct Key: Sendable {
        /// The piece's number and the offset in it.
        var place: UInt32
        var length: UInt16
    }

    private var pieces: [[UInt8]] = [[]]

    static let keyLimit = Int(UInt16.max)
    /// 64 KB, so that the offset takes 16 bits; 65,536 pieces are 4 GB of keys, far above what a unit has.
    private static let pieceBits: UInt32 = 16
    private static let pieceSize = 1 << Int(pieceBits)

    mutating func append(_ key: Span<UInt8>) -> Key {
        if pieces[pieces.count - 1].count + max(key.count, 1) > Self.pieceSize {
            var piece: [UInt8] = []
            piece.reserveCapacity(Self.pieceSize)
            pieces.append(piece)
        }
        let last = pieces.count - 1
        let place = UInt32(last) << Self.pieceBits | UInt32(pieces[last].count)
        key.withUnsafeBufferPointer { pieces[last].append(contentsOf: $0) }
        return Key(place: place, length: UInt16(key.count))
    }

    func matches(_ known: Key, _ key: Span<UInt8>) -> Bool {
        guard Int(known.length) == key.count else { return false }
        return with(known) { bytes in
            for index in 0..<key.count where bytes[index] != key[index] { return false }
            return true
        }
    }

    func with<Result>(_ key: Key, _ body: (Span<UInt8>) -> Result) -> Result {
        let start = Int(key.place & (1 << Self.pieceBits - 1))
        let piece = pieces[Int(key.place >> Self.pieceBits)]
        return body(piece.span.extracting(start..<start + Int(key.length)))
    }
}

/// An array in pieces of one size: it grows without being copied.
private struct Chunks<Element: Sendable>: Sendable {
    private var pieces: [[Element]] = [[]]
    private let chunkSize: Int
    private(set) var count = 0

    init(chunkSize: Int) { self.chunkSize = chunkSize }

    mutating func append(_ element: Element) {
        if pieces[pieces.count - 1].count == chunkSize {
            var piece: [Element] = []
            piece.reserveCapacity(chunkSize)
            pieces.append(piece)
        }
        pieces[pieces.count - 1].append(element)
        count += 1
    }

    subscript(index: Int) -> Element {
        get { pieces[index / chunkSize][index % chunkSize] }
        set { pieces[index / chunkSize][index % chunkSize] = newValue }
    }
}
