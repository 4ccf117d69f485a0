import Inventory

/// What one listing has shown so far, beside what the store held of it before.
///
/// Leaves the stored rows' table as it is, so that it is shared with the unit's index and never copied; costs four bytes
/// for each stored row and a table entry for each row that is new or changed.
struct SeenResources {
    /// How a resource stands to what is stored and to what was shown before it.
    enum Sight: Equatable {
        /// Shown for the first time, and not stored.
        case new
        /// Shown for the first time; `position` of its stored row.
        case stored(position: Int)
        /// The same as before.
        case again
        /// Other content than before, from another reading of a page that broke off: it changed meanwhile.
        case changed
        /// Other content than before: two resources under one key.
        case collision
    }

    let stored: KeyTable
    /// The reading that showed each stored row last; 0 for rows not shown.
    private var storedReadings: [Int32]
    /// Rows shown that are new or differ from what is stored, with the digest shown.
    private var shown = KeyTable()
    /// The reading that showed each row of `shown` last.
    private var shownReadings: [Int32] = []
    /// Readings of pages are counted from 1; a page that breaks off is read several times.
    private var reading: Int32 = 1
    private var firstReadingOfPage: Int32 = 1
    /// Resources shown, each once.
    private(set) var count = 0

    init(stored: KeyTable) {
        self.stored = stored
        storedReadings = Array(repeating: 0, count: stored.count)
    }

    /// Counts as shown what a listing had shown when its process ended, and answers which rows that are. `nil`, and
    /// nothing is changed, when the store does not hold all of it as it was shown: then the listing starts from its
    /// beginning.
    mutating func resume(_ marks: [SeenMark]) -> MarkSum? {
        var digests: [UInt64: UInt64] = [:]
        digests.reserveCapacity(marks.count)
        // What changed between two readings of a page is there twice; the later one was written.
        for mark in marks { digests[mark.key] = mark.digest }
        var positions: [Int] = []
        positions.reserveCapacity(digests.count)
        for position in stored.entries.indices {
            let mark = stored.mark(position)
            if digests[mark.key] == mark.digest { positions.append(position) }
        }
        guard positions.count >= digests.count else { return nil }
        var sum = MarkSum()
        for position in positions {
            storedReadings[position] = reading
            sum.add(stored.mark(position))
        }
        count = positions.count
        return sum
    }

    mutating func beginPage(isRestart: Bool) {
        reading += 1
        if !isRestart { firstReadingOfPage = reading }
    }

    func isShown(_ position: Int) -> Bool { storedReadings[position] != 0 }

    mutating func see(_ key: Span<UInt8>, _ digest: Digest) -> Sight {
        if let position = stored.find(key) {
            let last = storedReadings[position]
            let before = stored.entries[position].digest
            if last == 0 {
                storedReadings[position] = reading
                count += 1
                if before != digest { show(key, digest) }
                return .stored(position: position)
            }
            let shownDigest = shown.find(key).map { shown.entries[$0].digest } ?? before
            guard shownDigest != digest else {
                storedReadings[position] = reading
                return .again
            }
            guard isEarlierReading(last) else { return .collision }
            storedReadings[position] = reading
            show(key, digest)
            return .changed
        }
        guard let position = shown.find(key) else {
            count += 1
            shownReadings.append(reading)
            shown.add(key, KeyTable.Entry(digest: digest, ttl: 0, createdAt: 0))
            return .new
        }
        let last = shownReadings[position]
        guard shown.entries[position].digest != digest else {
            shownReadings[position] = reading
            return .again
        }
        guard isEarlierReading(last) else { return .collision }
        show(key, digest)
        return .changed
    }

    private func isEarlierReading(_ last: Int32) -> Bool { last >= firstReadingOfPage && last < reading }

    private mutating func show(_ key: Span<UInt8>, _ digest: Digest) {
        let entry = KeyTable.Entry(digest: digest, ttl: 0, createdAt: 0)
        if let position = shown.find(key) {
            shownReadings[position] = reading
        } else {
            shownReadings.append(reading)
        }
        shown.add(key, entry)
    }
}
