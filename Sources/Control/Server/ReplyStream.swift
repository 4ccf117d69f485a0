/// Where a method with several replies sends all but the last of them.
package struct ReplyStream<Reply: WireRecord>: Sendable {
    private let sink: @Sendable (Reply) async throws(CollectorError) -> Void

    /// A stream that hands each reply to `sink`; the server makes its own, tests may too.
    package init(sink: @escaping @Sendable (Reply) async throws(CollectorError) -> Void) { self.sink = sink }

    /// Sends one reply; does nothing when the caller takes only one.
    ///
    /// Waits while the caller is slow to read. Throws `disconnected` when the caller is gone or the task was cancelled
    /// while waiting, and `replyTooLarge` for a reply beyond the bound.
    package func send(_ reply: Reply) async throws(CollectorError) { try await sink(reply) }
}
