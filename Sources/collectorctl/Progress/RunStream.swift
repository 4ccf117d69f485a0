import Control

/// The replies about one run: of the call that started it, or of one that came back to it.
enum RunStream {
    case refresh(ControlReplies<RefreshParameters>)
    case describe(ControlReplies<DescribeRunParameters>)

    /// The next event; `nil` after the last. Errors are those of `ControlReplies`.
    mutating func next(timeout: Duration) throws(ControlClientError) -> RunEvent? {
        switch self {
        case .refresh(var replies):
            defer { self = .refresh(replies) }
            return try replies.next(timeout: timeout).map(RunEvent.init)
        case .describe(var replies):
            defer { self = .describe(replies) }
            return try replies.next(timeout: timeout).map(RunEvent.init)
        }
    }
}
