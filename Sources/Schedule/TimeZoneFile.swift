/// Reads a compiled time zone, the TZif format of RFC 9636, versions 1 to 4.
///
/// Every length is checked before it is used: the file may be damaged or hostile.
struct TimeZoneFile {
    private let bytes: [UInt8]
    private var position = 0

    /// The largest file that is read. The largest of the IANA zones has about 3.5 KB; this leaves room to grow.
    static let maximumSize = 64 * 1024

    /// The zone described by the bytes of a file, with the offsets of the far future worked out to the year 2200.
    ///
    /// - Throws: `ScheduleError` of subject `timeZone` for anything that is not a sound TZif file.
    static func parse(_ bytes: [UInt8], name: String) throws(ScheduleError) -> TimeZoneRules {
        do {
            var file = TimeZoneFile(bytes: bytes)
            return try file.rules(name: name)
        } catch {
            throw ScheduleError(subject: .timeZone, message: "the file of `\(name)` is damaged: \(error.reason)")
        }
    }

    /// What is wrong with the bytes.
    struct Damage: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private struct Header {
        var version: UInt8
        var utcFlagCount = 0
        var standardFlagCount = 0
        var leapCount = 0
        var transitionCount = 0
        var typeCount = 0
        var nameLength = 0

        /// The length of the data block with times of `timeSize` bytes.
        func dataLength(timeSize: Int) -> Int {
            transitionCount * (timeSize + 1) + typeCount * 6 + nameLength + leapCount * (timeSize + 4)
                + standardFlagCount + utcFlagCount
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func rules(name: String) throws(Damage) -> TimeZoneRules {
        var header = try readHeader()
        var timeSize = 4
        if header.version > 0 {
            // The first block is the 32-bit copy for old readers.
            try skip(header.dataLength(timeSize: 4))
            header = try readHeader()
            timeSize = 8
        }
        guard header.typeCount > 0 else { throw Damage("it has no local time type") }
        guard header.leapCount == 0 else { throw Damage("it counts leap seconds, which POSIX time does not") }
        guard bytes.count - position >= header.dataLength(timeSize: timeSize) else { throw Damage("it is cut short") }
        var times: [Instant] = []
        times.reserveCapacity(header.transitionCount)
        for _ in 0..<header.transitionCount { times.append(try readTime(timeSize)) }
        let indexes = Array(try read(header.transitionCount))
        let types = try readTypes(header.typeCount)
        try skip(header.nameLength + header.standardFlagCount + header.utcFlagCount)
        let footer = header.version > 0 ? try readFooter() : ""

        var builder = TransitionBuilder(initialOffset: types[0])
        for (time, index) in zip(times, indexes) {
            guard Int(index) < types.count else { throw Damage("a transition names a local time type it lacks") }
            guard builder.append(time, offset: types[Int(index)]) else {
                throw Damage("its transitions are out of order")
            }
        }
        if !footer.isEmpty {
            guard let rule = PosixTimeZone(footer) else { throw Damage("its rule for the future is not readable") }
            builder.extend(by: rule)
        }
        return builder.rules(name: name)
    }

    private mutating func readHeader() throws(Damage) -> Header {
        guard bytes.count - position >= 44 else { throw Damage("it is too short for a header") }
        guard Array(try read(4)) == Array("TZif".utf8) else { throw Damage("it does not start with `TZif`") }
        let version = try read(1).first ?? 0
        guard version == 0 || (UInt8(ascii: "2")...UInt8(ascii: "9")).contains(version) else {
            throw Damage("its version is unknown")
        }
        try skip(15)
        var header = Header(version: version)
        header.utcFlagCount = try readCount()
        header.standardFlagCount = try readCount()
        header.leapCount = try readCount()
        header.transitionCount = try readCount()
        header.typeCount = try readCount()
        header.nameLength = try readCount()
        return header
    }

    /// A count of records; each takes at least a byte, so none can be larger than the file.
    private mutating func readCount() throws(Damage) -> Int {
        let count = try read(4).reduce(0) { $0 << 8 | Int($1) }
        guard count <= bytes.count else { throw Damage("it counts more records than it can hold") }
        return count
    }

    private mutating func readTime(_ size: Int) throws(Damage) -> Instant {
        let raw = try read(size)
        let isNegative = raw.first.map { $0 & 0x80 != 0 } ?? false
        let time = raw.reduce(isNegative ? Int64(-1) : 0) { $0 << 8 | Int64($1) }
        // Zone compilers write -2^59 for "since the beginning"; far values are cut so that sums cannot overflow.
        return min(max(time, Instant.min / 8), Instant.max / 8)
    }

    private mutating func readTypes(_ count: Int) throws(Damage) -> [Int32] {
        var types: [Int32] = []
        for _ in 0..<count {
            let record = try read(6)
            let raw = record.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let offset = Int32(bitPattern: raw)
            guard abs(Int64(offset)) <= TimeZoneRules.largestOffset else {
                throw Damage("it has an offset of more than 26 hours")
            }
            types.append(offset)
        }
        return types
    }

    private mutating func readFooter() throws(Damage) -> String {
        guard try read(1).first == UInt8(ascii: "\n"),
            let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n"))
        else { throw Damage("its rule for the future is missing") }
        defer { position = end + 1 }
        return String(decoding: bytes[position..<end], as: UTF8.self)
    }

    private mutating func skip(_ count: Int) throws(Damage) { _ = try read(count) }

    private mutating func read(_ count: Int) throws(Damage) -> ArraySlice<UInt8> {
        guard count >= 0, bytes.count - position >= count else { throw Damage("it is cut short") }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
