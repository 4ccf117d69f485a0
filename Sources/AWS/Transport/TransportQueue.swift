import Synchronization

/// What tasks ask of the transport's thread.
enum TransportCommand: Sendable {
    case start(Exchange)
    /// The reader has caught up.
    case unpause(Exchange)
    /// The task gave up.
    case abort(Exchange)
    case close
}

/// The way from tasks to the transport's thread: a command wakes the thread only when it sleeps.
final class TransportQueue: Sendable {
    /// Commands that may wait for one turn of the thread. Each task has one request under way, so this is reached only
    /// by a program gone wrong.
    static let limit = 1 << 17

    private let multi: CurlMulti
    private let state = Mutex(State())

    private struct State {
        var commands: [TransportCommand] = []
        var isAsleep = false
        var isClosed = false
    }

    init(multi: CurlMulti) { self.multi = multi }

    /// Adds a command; answers why not when the transport is closed or the queue full.
    func submit(_ command: TransportCommand) -> HTTPError? {
        let (refusal, wakes) = state.withLock { state -> (HTTPError?, Bool) in
            guard !state.isClosed else { return (.closed, false) }
            if case .start(let exchange) = command, state.commands.count >= Self.limit {
                return (.unreachable(host: exchange.host, reason: "too many requests wait"), false)
            }
            state.commands.append(command)
            if case .close = command { state.isClosed = true }
            defer { state.isAsleep = false }
            return (nil, state.isAsleep)
        }
        if wakes { multi.wakeUp() }
        return refusal
    }

    /// The commands since the last call, in `commands`, whose memory is used again; for the transport's thread.
    func drain(into commands: inout [TransportCommand]) {
        commands.removeAll(keepingCapacity: true)
        state.withLock { swap(&$0.commands, &commands) }
    }

    /// Says that the thread is about to sleep; false when a command came in between, and the thread must not.
    func fallAsleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.commands.isEmpty
            return state.isAsleep
        }
    }

    func wakeIsOver() { state.withLock { $0.isAsleep = false } }
}
