import CSystemd
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Waits on the wall clock, and ends the wait when that clock is set: timerfd_create(2) with
/// `TFD_TIMER_CANCEL_ON_SET`. One wait at a time.
package final class WallClockTimer: Sendable {
    private let wall: Int32
    private let monotonic: Int32
    private let signal: Int32
    private let waiter = Mutex<CheckedContinuation<Void, Never>?>(nil)

    /// Starts the thread that watches the timers. Throws when the kernel gives no descriptors or no thread.
    package init() throws(FailedCall) {
        wall = timerfd_create(CLOCK_REALTIME, Int32(TFD_CLOEXEC) | Int32(TFD_NONBLOCK))
        monotonic = timerfd_create(CLOCK_MONOTONIC, Int32(TFD_CLOEXEC) | Int32(TFD_NONBLOCK))
        signal = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        guard wall >= 0, monotonic >= 0, signal >= 0 else {
            throw FailedCall(call: "timerfd_create", code: errno)
        }
        var thread = pthread_t()
        // The timer lives as long as the process; its thread holds it.
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<WallClockTimer>.fromOpaque(context).takeRetainedValue().watch()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        guard code == 0 else { throw FailedCall(call: "pthread_create", code: code) }
        pthread_detach(thread)
    }

    /// Returns at `instant` (seconds since the epoch) by the wall clock, or earlier when that clock is set, `limit` has
    /// passed, `wake` is called or the task is cancelled.
    package func wait(until instant: Int?, atMost limit: Duration) async {
        set(
            monotonic, seconds: Int(limit.components.seconds),
            nanoseconds: Int(limit.components.attoseconds / 1_000_000_000), flags: 0)
        // Far away where there is no instant, so that a clock that is set still ends the wait.
        set(
            wall, seconds: instant ?? Self.farAway, nanoseconds: 0,
            flags: Int32(TFD_TIMER_ABSTIME) | Int32(TFD_TIMER_CANCEL_ON_SET))
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                let previous = waiter.withLock { waiter -> CheckedContinuation<Void, Never>? in
                    defer { waiter = continuation }
                    return waiter
                }
                previous?.resume()
                if Task.isCancelled { wake() }
            }
        } onCancel: {
            wake()
        }
    }

    /// Ends the wait under way, or the next one at once.
    package func wake() {
        var one: UInt64 = 1
        _ = write(signal, &one, 8)  // A full counter wakes as well.
    }

    /// The year 2200, beyond every schedule.
    private static let farAway = 7_258_118_400

    private func set(_ timer: Int32, seconds: Int, nanoseconds: Int, flags: Int32) {
        var value = itimerspec()
        value.it_value.tv_sec = max(seconds, 0)
        // All zero would disarm the timer.
        value.it_value.tv_nsec = seconds <= 0 && nanoseconds <= 0 ? 1 : nanoseconds
        _ = timerfd_settime(timer, flags, &value, nil)  // Fails only for values that cannot occur here.
    }

    private func watch() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        var sources = [wall, monotonic, signal].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        while true {
            guard poll(&sources, nfds_t(sources.count), -1) > 0 else { continue }
            let waiting = waiter.withLock { waiter -> CheckedContinuation<Void, Never>? in
                defer { waiter = nil }
                return waiter
            }
            // Nobody waits yet: leave the sources readable and look again soon.
            guard let waiting else {
                usleep(1000)
                continue
            }
            var count: UInt64 = 0
            for source in sources where source.revents != 0 { _ = read(source.fd, &count, 8) }  // ECANCELED: clock set
            waiting.resume()
        }
    }
}
