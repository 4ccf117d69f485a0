import Synchronization

/// What a transport has done since it was made.
package struct TransportCounters: Sendable, Equatable {
    /// Requests handed to a connection, failed ones included.
    package var requests = 0
    /// Connections opened, TLS or not.
    package var connections = 0
    /// Header and body bytes of replies, without TLS and chunk framing.
    package var bytesIn = 0
    /// Header field and body bytes of requests, without TLS framing.
    package var bytesOut = 0
}

/// The counters while they move; written by the transport's thread, read by any.
final class TransportMeter: Sendable {
    private let counters = Mutex(TransportCounters())

    /// Adds up one exchange, when it ends.
    func add(_ exchange: TransportCounters) {
        counters.withLock {
            $0.requests += exchange.requests
            $0.connections += exchange.connections
            $0.bytesIn += exchange.bytesIn
            $0.bytesOut += exchange.bytesOut
        }
    }

    var snapshot: TransportCounters { counters.withLock { $0 } }
}
