import CCurl

#if canImport(Glibc)
    import Glibc
#endif

/// Owner of one curl multi handle and of the epoll set in which curl has its sockets watched, so that a turn costs what
/// happened, not what is under way.
///
/// Safe to share because `wakeUp` touches nothing but the event descriptor, which is made and closed with this object;
/// everything else is for the transport's thread, which keeps this object alive until it ends.
final class CurlMulti: @unchecked Sendable {
    /// Events taken at a time; more wait for the next turn.
    private static let eventCount = 64

    private let handle: UnsafeMutableRawPointer
    private let epoll: Int32
    private let wake: Int32
    /// `eventCount` elements, of which the first `ready` were filled by the last `wait`.
    private let events: UnsafeMutablePointer<epoll_event>
    private var ready = 0
    /// When curl wants to be called though nothing happened; `nil` for never.
    private var due: ContinuousClock.Instant?

    private static let isReady = curl_global_init(Int(CURL_GLOBAL_SSL)) == CURLE_OK

    /// `nil` when curl has no memory or no TLS, or the process no descriptors.
    init?(connections: Int) {
        guard Self.isReady, let handle = curl_multi_init() else { return nil }
        self.handle = handle
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wake = collector_new_event()
        events = .allocate(capacity: Self.eventCount)
        events.initialize(repeating: epoll_event(), count: Self.eventCount)
        guard epoll >= 0, wake >= 0, watch(wake, EPOLLIN.rawValue, EPOLL_CTL_ADD) else { return nil }
        _ = collector_multi_set_number(handle, CURLMOPT_MAXCONNECTS, connections)  // known since 7.16: cannot fail
        _ = collector_multi_set_number(handle, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections)
        _ = collector_multi_set_number(handle, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
        answerCurl()
    }

    deinit {
        _ = collector_multi_set_socket_callback(handle, nil, nil)
        _ = collector_multi_set_timer_callback(handle, nil, nil)
        _ = curl_multi_cleanup(handle)
        if epoll >= 0 { close(epoll) }
        if wake >= 0 { close(wake) }
        events.deallocate()
    }

    /// Ends the thread's `wait`, or its next one; any thread may call it.
    func wakeUp() { _ = eventfd_write(wake, 1) }  // fails only when the count is full, and then it wakes anyway

    /// Waits until a socket or one of curl's timers is due, `wakeUp` was called, or the time is over.
    func wait(milliseconds: Int32, now: ContinuousClock.Instant) {
        var limit = milliseconds
        if let due { limit = due <= now ? 0 : min(limit, Int32((due - now).milliseconds)) }
        ready = max(0, Int(epoll_wait(epoll, events, Int32(Self.eventCount), limit)))  // a signal is no event
    }

    /// Has curl see to what the last `wait` found, and to its timers.
    func act(now: ContinuousClock.Instant) {
        var running: Int32 = 0
        for index in 0..<ready {
            let event = events[index]
            if event.data.fd == wake {
                var count: eventfd_t = 0
                _ = eventfd_read(wake, &count)
            } else {
                // Failures of transfers arrive as messages.
                _ = curl_multi_socket_action(handle, event.data.fd, Self.selection(event.events), &running)
            }
        }
        ready = 0
        guard let due, due <= now else { return }
        self.due = nil
        _ = curl_multi_socket_action(handle, CURL_SOCKET_TIMEOUT, 0, &running)
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

    // MARK: what curl asks for

    /// curl calls back from within the calls above, on their thread, with a pointer to this object; `deinit` takes the
    /// callbacks back first.
    private func answerCurl() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = collector_multi_set_socket_callback(
            handle,
            { _, socket, action, context, mark in
                guard let context else { return 0 }
                let multi = Unmanaged<CurlMulti>.fromOpaque(context).takeUnretainedValue()
                multi.follow(socket, action, isWatched: mark != nil)
                return 0
            }, context)
        _ = collector_multi_set_timer_callback(
            handle,
            { _, milliseconds, context in
                guard let context else { return 0 }
                let multi = Unmanaged<CurlMulti>.fromOpaque(context).takeUnretainedValue()
                multi.due = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
                return 0
            }, context)
    }

    /// curl keeps a mark for each socket that it has watched, and forgets it after `CURL_POLL_REMOVE`: it tells whether
    /// the socket is in the epoll set.
    private func follow(_ socket: Int32, _ action: Int32, isWatched: Bool) {
        var interest: UInt32 = 0
        switch action {
        case CURL_POLL_IN: interest = EPOLLIN.rawValue
        case CURL_POLL_OUT: interest = EPOLLOUT.rawValue
        case CURL_POLL_INOUT: interest = EPOLLIN.rawValue | EPOLLOUT.rawValue
        default:
            _ = epoll_ctl(epoll, EPOLL_CTL_DEL, socket, nil)
            return
        }
        let (likely, other) = isWatched ? (EPOLL_CTL_MOD, EPOLL_CTL_ADD) : (EPOLL_CTL_ADD, EPOLL_CTL_MOD)
        // A mark may outlive its socket's place in the set, which the kernel ends when the socket is closed.
        guard watch(socket, interest, likely) || watch(socket, interest, other), !isWatched else { return }
        _ = curl_multi_assign(handle, socket, Unmanaged.passUnretained(self).toOpaque())
    }

    private func watch(_ descriptor: Int32, _ interest: UInt32, _ operation: Int32) -> Bool {
        var event = epoll_event(events: interest, data: epoll_data_t(fd: descriptor))
        return epoll_ctl(epoll, operation, descriptor, &event) == 0
    }

    private static func selection(_ events: UInt32) -> Int32 {
        var selection: Int32 = 0
        if events & (EPOLLIN.rawValue | EPOLLHUP.rawValue) != 0 { selection |= CURL_CSELECT_IN }
        if events & EPOLLOUT.rawValue != 0 { selection |= CURL_CSELECT_OUT }
        if events & EPOLLERR.rawValue != 0 { selection |= CURL_CSELECT_ERR }
        return selection
    }
}
