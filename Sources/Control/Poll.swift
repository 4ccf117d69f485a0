#if canImport(Glibc)
    import Glibc
#endif

/// Waits until one of several descriptors can be used.
struct Poll {
    /// One descriptor, what to wait for, and what came.
    struct Interest {
        var descriptor: Int32
        var reads: Bool
        var writes: Bool
        /// Data, an end or a new connection is there.
        var isReadable = false
        var isWritable = false
        /// The other side has closed both directions, or the socket failed.
        var isGone = false

        init(_ descriptor: Int32, reads: Bool = true, writes: Bool = false) {
            self.descriptor = descriptor
            self.reads = reads
            self.writes = writes
        }
    }

    enum Result: Equatable {
        case ready
        case timedOut
        /// A signal came first.
        case interrupted
    }

    /// Waits no longer than `timeout`, for ever when it is `nil`; rounds up to milliseconds.
    static func wait(_ interests: inout [Interest], timeout: Duration?) -> Result {
        var entries = interests.map { interest in
            let events = (interest.reads ? POLLIN : 0) | (interest.writes ? POLLOUT : 0)
            return pollfd(fd: interest.descriptor, events: Int16(events), revents: 0)
        }
        let count = poll(&entries, nfds_t(entries.count), timeout.map(milliseconds) ?? -1)
        // EINVAL and EFAULT would be bugs of ours; ENOMEM passes. All are met again by the caller's next round.
        if count < 0 { return .interrupted }
        if count == 0 { return .timedOut }
        for (index, entry) in entries.enumerated() {
            let events = Int32(entry.revents)
            interests[index].isReadable = events & POLLIN != 0
            interests[index].isWritable = events & POLLOUT != 0
            interests[index].isGone = events & (POLLHUP | POLLERR | POLLNVAL) != 0
        }
        return .ready
    }

    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        guard seconds < 86_400 else { return 86_400_000 }
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
