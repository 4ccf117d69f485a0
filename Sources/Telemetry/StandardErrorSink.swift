#if canImport(Glibc)
    import Glibc
#endif

/// Text for a terminal or a log file: `2026-01-31T12:00:00Z warning message (type=ec2/vpc account=111122223333)`.
package struct StandardErrorSink: LogSink {
    private let now: @Sendable () -> Int

    /// `now` gives seconds since the epoch.
    package init(now: @escaping @Sendable () -> Int = { time(nil) }) {
        self.now = now
    }

    package func write(_ record: LogRecord) {
        var line = "\(Self.stamp(now())) \(record.level.word) \(record.message)"
        if !record.fields.isEmpty {
            let fields = record.fields.map { "\($0.field.shortName)=\($0.value)" }.joined(separator: " ")
            line += " (\(fields))"
        }
        line += "\n"
        // One write per line, so that lines of several threads do not mix; an unwritable standard error has no
        // better place to be reported to.
        _ = Array(line.utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static func stamp(_ seconds: Int) -> String {
        var moment = time_t(seconds)
        var parts = tm()
        gmtime_r(&moment, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }
}

extension LogField {
    /// The field's name for people: `INVENTORY_REQUEST_ID` is `request_id`.
    fileprivate var shortName: String { rawValue.dropFirst("INVENTORY_".count).lowercased() }
}
