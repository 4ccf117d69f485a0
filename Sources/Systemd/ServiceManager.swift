#if canImport(Glibc)
    import Glibc
#endif

/// The service manager that started this process, if one did. May be used from any thread.
///
/// See sd_notify(3) and sd_watchdog_enabled(3).
package struct ServiceManager: Sendable {
    /// What a service tells.
    package enum Notice: Sendable, Equatable {
        /// The start, or a reload, is complete.
        case ready
        /// A reload has begun; `ready` must follow.
        case reloading
        case stopping
        /// One line for `systemctl status`.
        case status(String)
        /// The loop that does the work is alive.
        case watchdog
        /// Starting or stopping takes so much longer, from now on.
        case extendTimeout(Duration)
    }

    package enum Delivery: Sendable, Equatable {
        case delivered
        /// Nobody wants to know.
        case noServiceManager
        case failed(FailedCall)
    }

    private let monotonicMicroseconds: @Sendable () -> UInt64

    /// `monotonicMicroseconds` reads CLOCK_MONOTONIC, by which the service manager orders reloads.
    package init(monotonicMicroseconds: @escaping @Sendable () -> UInt64 = ServiceManager.monotonicClock) {
        self.monotonicMicroseconds = monotonicMicroseconds
    }

    /// `true` when a service manager started this process and wants notifications.
    package var isPresent: Bool { getenv("NOTIFY_SOCKET") != nil }

    /// How often to send `watchdog`: half the time after which the service manager would kill this process; `nil` when
    /// it would not.
    package var watchdogInterval: Duration? {
        LibSystemd.watchdogMicroseconds().map { .microseconds(Int64(clamping: $0)) / 2 }
    }

    /// Tells all of it in one message. A failure harms nothing here, but the service manager may act on its silence.
    @discardableResult
    package func notify(_ notices: Notice...) -> Delivery {
        let code = LibSystemd.notify(text(notices))
        if code > 0 { return .delivered }
        return code == 0 ? .noServiceManager : .failed(FailedCall(call: "sd_notify", code: -code))
    }

    /// Has the service manager keep a descriptor over a restart of the service (`FileDescriptorStoreMax=`): the next
    /// process inherits it under `name`, a valid one for sd_notify(3). The caller still closes its own.
    package func store(_ descriptor: Int32, named name: String) -> Delivery {
        let code = LibSystemd.notify("FDSTORE=1\nFDNAME=\(name)", with: [descriptor])
        if code > 0 { return .delivered }
        return code == 0 ? .noServiceManager : .failed(FailedCall(call: "sd_pid_notify_with_fds", code: -code))
    }

    /// Has the service manager close what it keeps under `name`; what was inherited of it stays open here.
    @discardableResult
    package func forget(named name: String) -> Delivery {
        let code = LibSystemd.notify("FDSTOREREMOVE=1\nFDNAME=\(name)")
        if code > 0 { return .delivered }
        return code == 0 ? .noServiceManager : .failed(FailedCall(call: "sd_notify", code: -code))
    }

    /// The message as it is sent: one assignment a line.
    func text(_ notices: [Notice]) -> String {
        notices.map { notice in
            switch notice {
            case .ready: "READY=1"
            case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(monotonicMicroseconds())"
            case .stopping: "STOPPING=1"
            case .status(let text): "STATUS=\(Self.line(text))"
            case .watchdog: "WATCHDOG=1"
            case .extendTimeout(let duration): "EXTEND_TIMEOUT_USEC=\(Self.microseconds(duration))"
            }
        }.joined(separator: "\n")
    }

    package static let monotonicClock: @Sendable () -> UInt64 = {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1_000_000 + UInt64(now.tv_nsec) / 1000
    }

    /// A line break would begin another assignment, and a NUL would end the message. 512 characters are more than
    /// `systemctl status` shows in a line.
    private static func line(_ text: String) -> String {
        String(text.prefix(512).map { $0.isNewline || $0 == "\0" ? " " : $0 })
    }

    private static func microseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return max(0, seconds) * 1_000_000 + max(0, attoseconds) / 1_000_000_000_000
    }
}
