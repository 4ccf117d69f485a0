import Synchronization

/// Tells readers of the change log that there is more to read, so that they need not look.
///
/// Carries no entries: a slow reader costs one pending wake-up and finds everything in the log.
package final class ChangeSignal: Sendable {
    private struct State {
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var lastNumber = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    package init() {}

    /// An element whenever entries were added since the last one was taken. Ends when the signal is closed, or with the
    /// task that reads it.
    package func listen() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let number: Int? = state.withLock { state in
                guard !state.isClosed else { return nil }
                state.lastNumber += 1
                state.listeners[state.lastNumber] = continuation
                return state.lastNumber
            }
            guard let number else { return continuation.finish() }
            continuation.onTermination = { [weak self] _ in
                _ = self?.state.withLock { $0.listeners.removeValue(forKey: number) }
            }
        }
    }

    /// Wakes every reader.
    package func raise() {
        for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield() }
    }

    /// Ends every reader's stream, and those of readers to come.
    package func close() {
        let listeners = state.withLock { state in
            state.isClosed = true
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}
