/// The replies to one call, pulled one by one. Let go of the client to end a call early: that closes the connection.
package struct ControlReplies<Parameters: CallParameters> {
    private let client: ControlClient
    /// The last reply was handed out.
    package private(set) var isFinished = false

    init(client: ControlClient) { self.client = client }

    /// Waits for the next reply, for ever without a `timeout`; `nil` after the last one.
    ///
    /// After `timedOut` and `interrupted` it can be called again and loses nothing. Any other error ends the call.
    package mutating func next(timeout: Duration? = nil) throws(ControlClientError) -> Parameters.Reply? {
        guard !isFinished else { return nil }
        do throws(ControlClientError) {
            let (reply, continues) = try client.nextReply(before: timeout.map { .now + $0 })
            isFinished = !continues
            return try ControlClient.decode(reply, of: Parameters.method)
        } catch {
            if error != .timedOut, error != .interrupted { isFinished = true }
            throw error
        }
    }
}
