import Dispatch
import Glibc

/// The signals that steer the daemon, as events.
enum SignalStream {
    enum Event: Sendable {
        case reload
        case stop
    }

    /// SIGHUP reloads; SIGTERM and SIGINT stop. SIGPIPE is ignored: a broken pipe is an error where it happens.
    static func events() -> AsyncStream<Event> {
        signal(SIGPIPE, SIG_IGN)
        return AsyncStream(bufferingPolicy: .bufferingNewest(8)) { continuation in
            let queue = DispatchQueue(label: "signals")
            let sources = [(SIGHUP, Event.reload), (SIGTERM, .stop), (SIGINT, .stop)].map { number, event in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
                source.setEventHandler { continuation.yield(event) }
                source.resume()
                return source
            }
            let kept = Sources(sources)
            continuation.onTermination = { _ in kept.cancel() }
        }
    }

    /// Unchecked: the sources are only cancelled here, which Dispatch allows from any thread.
    private final class Sources: @unchecked Sendable {
        private let sources: [any DispatchSourceSignal]

        init(_ sources: [any DispatchSourceSignal]) { self.sources = sources }

        func cancel() { for source in sources { source.cancel() } }
    }
}
