import CProcess
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// HTTP/1.1 over libcurl: one thread of its own carries every exchange, connections are kept and used again.
///
/// Redirects are not followed, replies not decompressed. Proxies are taken from the environment as curl does
/// (`HTTPS_PROXY`, `NO_PROXY`, …). Safe to use from any number of tasks.
package final class HTTPTransport: HTTPSender, Sendable {
    private let queue: TransportQueue
    private let meter = TransportMeter()
    private let thread: Mutex<pthread_t?>

    /// Starts the thread. Throws `unreachable` when libcurl or the thread cannot be set up.
    package init(_ options: TransportOptions = TransportOptions()) throws(HTTPError) {
        guard let multi = CurlMulti(connections: options.connections) else {
            throw .unreachable(host: "", reason: "libcurl cannot be initialised")
        }
        queue = TransportQueue(multi: multi)
        let start = ThreadStart(multi: multi, queue: queue, options: options, meter: meter)
        guard let thread = start.launch() else {
            throw .unreachable(host: "", reason: "no thread for the transport: \(String(cString: strerror(errno)))")
        }
        self.thread = Mutex(thread)
    }

    deinit { close() }

    /// Sends a request and answers when the reply's header and either first bytes or all of a small body are there.
    ///
    /// Errors: every case of `HTTPError`. Cancelling the task ends the exchange at once and throws `cancelled`.
    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPReply {
        try await Exchange(request, host: Self.host(of: request.url), queue: queue).reply()
    }

    /// What has gone through so far; exchanges are counted when they end.
    package var counters: TransportCounters { meter.snapshot }

    /// Ends every exchange with `closed` and the thread with them. Returns when the thread is gone; later requests fail
    /// with `closed`, later calls do nothing.
    package func close() {
        let thread = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let thread else { return }
        _ = queue.submit(.close)
        pthread_join(thread, nil)
    }

    /// Host and port of a URL, for messages: no user, path or query.
    static func host(of url: String) -> String {
        let bytes = url.utf8
        guard let scheme = bytes.firstIndex(of: UInt8(ascii: ":")) else { return "" }
        let rest = bytes[scheme...].dropFirst().drop { $0 == UInt8(ascii: "/") }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")) else { return String(Substring(authority)) }
        return String(Substring(authority[authority.index(after: at)...]))
    }
}

/// What the thread needs to begin; handed over whole.
private final class ThreadStart: Sendable {
    let multi: CurlMulti
    let queue: TransportQueue
    let options: TransportOptions
    let meter: TransportMeter

    init(multi: CurlMulti, queue: TransportQueue, options: TransportOptions, meter: TransportMeter) {
        self.multi = multi
        self.queue = queue
        self.options = options
        self.meter = meter
    }

    /// Starts a thread that runs the loop; `nil` with `errno` when there is none.
    func launch() -> pthread_t? {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                // Retained by `launch` for this one use.
                Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard result == 0 else {
            context.release()
            errno = result
            return nil
        }
        return thread
    }

    private func run() {
        // Signals are for the program's own threads; a broken pipe is an error code here.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        pthread_setname_np(pthread_self(), "http")
        CurlLoop(multi: multi, queue: queue, options: options, meter: meter).run()
    }
}
