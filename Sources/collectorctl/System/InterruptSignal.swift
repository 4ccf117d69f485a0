import Glibc
import Synchronization

/// The writing end for the handler, which may only make calls that are safe in signal handlers.
private let interruptWriter = Atomic<Int32>(-1)

/// Turns Ctrl-C into a descriptor that becomes readable, for as long as the program waits for a run.
///
/// Once used it stays in place: the program ends soon after the wait.
struct InterruptSignal {
    /// Readable after the first Ctrl-C.
    let descriptor: Int32

    init() throws(CommandFailure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw CommandFailure(.failure, "pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)  // Nothing is spawned while waiting; a failure would do no harm.
            _ = fcntl(end, F_SETFL, O_NONBLOCK)  // A pipe has no reason to refuse.
        }
        descriptor = ends[0]
        interruptWriter.store(ends[1], ordering: .releasing)
        var current = sigaction()
        // A shell starts background jobs of scripts with SIGINT ignored, and means it.
        guard sigaction(SIGINT, nil, &current) == 0, !current.isIgnoring else { return }
        _ = signal(SIGINT) { _ in
            var byte: UInt8 = 0
            _ = write(interruptWriter.load(ordering: .acquiring), &byte, 1)  // Full means raised already.
        }
    }

    /// Waits so long for Ctrl-C; answers whether it came.
    func wait(for duration: Duration) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let (seconds, attoseconds) = duration.components
        let milliseconds = max(0, min(seconds, 3600)) * 1000 + attoseconds / 1_000_000_000_000_000
        return poll(&entry, 1, Int32(milliseconds)) > 0 || isRaised
    }

    var isRaised: Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) > 0
    }
}

extension sigaction {
    /// The handler is SIG_IGN, the constant 1.
    fileprivate var isIgnoring: Bool {
        unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self) == 1
    }
}
