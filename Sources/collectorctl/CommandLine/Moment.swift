import Control

/// Times and places in the change log as people write them.
enum Moment {
    /// What `--since` names.
    enum Since: Equatable {
        case sequence(Int)
        case time(Timestamp)
    }

    /// Reads `2024-01-15T10:30:00Z`, `2024-01-15`, or how long ago: `30m`, `2h`, `1d12h`.
    static func time(_ text: String, option: String, now: Timestamp) throws(CommandFailure) -> Timestamp {
        if let time = Timestamp(text) ?? Timestamp("\(text)T00:00:00Z") { return time }
        if let span = TimeSpan.parse(text) {
            return Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - Int(span.components.seconds))
        }
        throw CommandFailure(
            .usage,
            "--\(option): \"\(text)\" is not a time such as 2024-01-15T10:30:00Z, 2024-01-15, or 2h for 2 hours ago")
    }

    /// A number is an entry of the log, anything else a time.
    static func since(_ text: String, now: Timestamp) throws(CommandFailure) -> Since {
        if let sequence = Int(text), sequence >= 0 { return .sequence(sequence) }
        return .time(try time(text, option: "since", now: now))
    }
}
