import CCurl

/// Owner of one curl multi handle.
///
/// Safe to share because `wakeUp` is the only call of curl's multi interface that other threads may make
/// (curl_multi_wakeup(3)); all others come from the transport's thread, which keeps this object alive until it ends.
final class CurlMulti: @unchecked Sendable {
    let handle: UnsafeMutableRawPointer

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_SSL)) == CURLE_OK

    /// `nil` when curl has no memory or no TLS.
    init?(connections: Int) {
        guard Self.isReady, let handle = curl_multi_init() else { return nil }
        self.handle = handle
        _ = collector_multi_set_number(handle, CURLMOPT_MAXCONNECTS, connections)  // known since 7.16: cannot fail
        _ = collector_multi_set_number(handle, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections)
        _ = collector_multi_set_number(handle, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
    }

    deinit { _ = curl_multi_cleanup(handle) }

    func wakeUp() { _ = curl_multi_wakeup(handle) }

    /// Does what can be done without waiting.
    func perform() {
        var running: Int32 = 0
        _ = curl_multi_perform(handle, &running)  // failures of transfers arrive as messages
    }

    /// Waits until a socket or a timer is due, `wakeUp` was called, or the time is over.
    func poll(milliseconds: Int32) {
        _ = curl_multi_poll(handle, nil, 0, milliseconds, nil)
    }

    /// The next transfer that ended, by its easy handle, and how.
    func nextEnded() -> (easy: UnsafeMutableRawPointer, result: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(handle, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            return (easy, collector_message_result(message))
        }
        return nil
    }

    func add(_ easy: UnsafeMutableRawPointer) -> Bool { curl_multi_add_handle(handle, easy) == CURLM_OK }

    func remove(_ easy: UnsafeMutableRawPointer) { _ = curl_multi_remove_handle(handle, easy) }
}
