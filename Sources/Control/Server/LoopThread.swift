#if canImport(Glibc)
    import Glibc
#endif

/// Starts a thread for work that waits in the kernel, where it would hold up Swift's own few threads.
enum LoopThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on a detached thread that takes no signals: those are for the threads that wait for them.
    static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
        var everything = sigset_t()
        var before = sigset_t()
        sigfillset(&everything)
        // A thread inherits the mask of its creator, so no signal can slip in between.
        pthread_sigmask(SIG_SETMASK, &everything, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        // The reference taken here is given back by the thread, or below when there is none.
        let context = Unmanaged.passRetained(Body(body))
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            throw SystemError(call: "pthread_create", code: code)
        }
        pthread_detach(thread)
    }
}
