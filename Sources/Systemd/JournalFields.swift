import Telemetry

/// A record as the journal takes it: `NAME=value` fields, whose values may hold any bytes.
///
/// Names: systemd.journal-fields(7) and `LogField`.
enum JournalFields {
    /// The longest message, in bytes of UTF-8; journald itself cuts lines of plain output at 48 KiB.
    static let longestMessageInBytes = 16 << 10
    /// The longest value of any other field; they are names, ids and short texts.
    static let longestValueInBytes = 4 << 10
    /// Records carry a handful of fields; more would be a mistake, and the kernel takes 1,024 vectors at most.
    static let mostFields = 32

    static func fields(of record: LogRecord, identifier: String) -> [[UInt8]] {
        var fields = [
            field("MESSAGE", record.message, limit: longestMessageInBytes),
            field("PRIORITY", String(record.level.rawValue)), field("SYSLOG_IDENTIFIER", identifier),
        ]
        if let id = record.id { fields.append(field("MESSAGE_ID", id.rawValue)) }
        for (name, value) in record.fields.prefix(mostFields) { fields.append(field(name.rawValue, value)) }
        return fields
    }

    private static func field(_ name: String, _ value: String, limit: Int = longestValueInBytes) -> [UInt8] {
        var bytes = Array(name.utf8) + [UInt8(ascii: "=")]
        guard value.utf8.count > limit else { return bytes + value.utf8 }
        // Cut before a character that would not fit whole, and show that something is missing.
        let mark = "…"
        var end = value.utf8.index(value.utf8.startIndex, offsetBy: limit - mark.utf8.count)
        while UTF8.isContinuation(value.utf8[end]) { end = value.utf8.index(before: end) }
        bytes += value.utf8[..<end]
        return bytes + mark.utf8
    }
}
