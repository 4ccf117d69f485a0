import CProcess

#if canImport(Glibc)
    import Glibc
#endif

/// Runs a program to its end and gathers what it prints. This file is the C edge for processes and threads.
///
/// The wait blocks a thread of its own, never one of the cooperative pool. The program gets its own process group, an
/// empty signal mask, `/dev/null` as standard input and error, and no other descriptor of ours.
struct ChildProcess: Sendable {
    enum End: Sendable, Equatable {
        case exited(status: Int, output: [UInt8])
        case signalled(Int)
        case notStarted(String)
        case timedOut
        case outputTooLarge
        case cancelled
    }

    /// Program and arguments; the program is looked up in PATH when it has no slash.
    let arguments: [String]
    /// `NAME=value` each.
    let environment: [String]
    let outputLimitInBytes: Int
    let timeLimit: Duration

    /// Ends the program and all it started when the task is cancelled, or a limit is passed.
    func run() async -> End {
        guard let stop = StopSignal() else { return .notStarted(BoundedFile.reason(errno)) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<End, Never>) in
                let code = Self.startThread { continuation.resume(returning: runBlocking(stop: stop)) }
                if code != 0 { continuation.resume(returning: .notStarted(BoundedFile.reason(code))) }
            }
        } onCancel: {
            stop.raise()
        }
    }

    // MARK: The thread

    /// Runs `body` on a new detached thread; answers the error number when there is none, and `body` never runs then.
    private static func startThread(_ body: @escaping @Sendable () -> Void) -> Int32 {
        let work = Unmanaged.passRetained(Work(body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, &attributes,
            { argument in
                // The argument is the retained Work of below, handed over exactly once.
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, work.toOpaque())
        if code != 0 { work.release() }
        return code
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// An event descriptor that a cancelled task makes readable.
    private final class StopSignal: Sendable {
        let descriptor: Int32

        init?() {
            descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
            if descriptor < 0 { return nil }
        }

        deinit { close(descriptor) }

        func raise() {
            // Fails only when the counter is full, and then it is readable already.
            _ = eventfd_write(descriptor, 1)
        }
    }

    // MARK: The program

    /// Waits of 20 ms for a program that is still being written: a second in all.
    private static let busyAttempts = 50

    private func runBlocking(stop: StopSignal) -> End {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { return .notStarted(BoundedFile.reason(errno)) }
        let (reading, writing) = (ends[0], ends[1])
        defer { close(reading) }
        let deadline = ContinuousClock.now + timeLimit
        var identifier = pid_t()
        var code = spawn(&identifier, output: writing)
        // A program that was written a moment ago is busy while some child of this process, started meanwhile, still
        // holds the writer's descriptor: until that child has executed its own program.
        for _ in 0..<Self.busyAttempts where code == ETXTBSY {
            usleep(20_000)
            code = spawn(&identifier, output: writing)
        }
        close(writing)
        guard code == 0 else { return .notStarted(BoundedFile.reason(code)) }

        var output: [UInt8] = []
        if let early = read(reading, into: &output, stop: stop, until: deadline) {
            kill(-identifier, SIGKILL)
            reap(identifier)
            return early
        }
        guard let status = wait(identifier, stop: stop, until: deadline) else {
            kill(-identifier, SIGKILL)
            reap(identifier)
            return isRaised(stop) ? .cancelled : .timedOut
        }
        // The two low bytes of a wait status: exit status above, signal below (wait(2)).
        let signal = Int(status & 0x7F)
        return signal == 0 ? .exited(status: Int(status >> 8 & 0xFF), output: output) : .signalled(signal)
    }

    private func spawn(_ identifier: inout pid_t, output: Int32) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))

        // strdup's copies live until they are freed below; posix_spawnp does not keep them.
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer {
            for word in words + variables { free(word) }
        }
        guard let program = arguments.first else { return ENOENT }
        return posix_spawnp(&identifier, program, &actions, &attributes, &words, &variables)
    }

    /// Reads until the program closes its output; answers why it ended before that.
    private func read(
        _ descriptor: Int32, into output: inout [UInt8], stop: StopSignal, until deadline: ContinuousClock.Instant
    ) -> End? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            var polled = [
                pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
                pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            let ready = poll(&polled, 2, Self.milliseconds(until: deadline))
            if ready < 0 && errno == EINTR { continue }
            if polled[1].revents != 0 { return .cancelled }
            guard ready > 0 else { return .timedOut }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return nil }
            output += buffer[..<count]
            if output.count > outputLimitInBytes { return .outputTooLarge }
        }
    }

    /// The wait status once the program has ended; `nil` when it has not in time or the task was cancelled. A program
    /// may close its output and go on, so this looks again every few milliseconds.
    private func wait(_ identifier: pid_t, stop: StopSignal, until deadline: ContinuousClock.Instant) -> Int32? {
        var status: Int32 = 0
        while true {
            let ended = waitpid(identifier, &status, WNOHANG)
            if ended == identifier { return status }
            if ended < 0 && errno != EINTR { return nil }
            guard Self.milliseconds(until: deadline) > 0 else { return nil }
            var polled = pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&polled, 1, 5) > 0 { return nil }
        }
    }

    private func reap(_ identifier: pid_t) {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
    }

    private func isRaised(_ stop: StopSignal) -> Bool {
        var polled = pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, 0) > 0
    }

    /// Rounded up, so that a wait never ends just before its deadline.
    private static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
        let (seconds, attoseconds) = (deadline - .now).components
        guard seconds >= 0 else { return 0 }
        return Int32(clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
