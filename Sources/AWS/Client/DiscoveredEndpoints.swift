import JSON
import Synchronization

/// Hosts that a service told an account to call, each kept for as long as the service said: Timestream answers nowhere
/// else. Any task may use it; two that ask at once both ask.
final class DiscoveredEndpoints: Sendable {
    struct Key: Hashable {
        var account: String
        var region: String
        var service: String
    }

    /// A host and for how long it may be used.
    struct Answer: Equatable {
        /// Longer is taken for this: the longest that AWS documents.
        static let longestInMinutes = 1440

        var host: String
        /// 1 to `longestInMinutes`.
        var minutes: Int

        init(host: String, minutes: Int) {
            self.host = host
            self.minutes = min(max(minutes, 1), Self.longestInMinutes)
        }

        /// Reads the reply of `DescribeEndpoints`; `nil` when it names no host.
        init?(_ document: [UInt8]) {
            guard let endpoint = (try? JSONValue.parse(document))?["Endpoints"]?.array?.first,
                let host = endpoint["Address"]?.string, !host.isEmpty, host.utf8.allSatisfy(Self.isHostByte)
            else { return nil }
            self.init(host: host, minutes: endpoint["CachePeriodInMinutes"]?.int ?? 1)
        }

        private static func isHostByte(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }

    /// Two services in 17 regions of more than a hundred accounts. A full table is emptied: asking again is one call.
    static let limit = 4096

    private struct Entry {
        var host: String
        var expires: Int
    }

    private let known = Mutex<[Key: Entry]>([:])

    /// The host that was told, unless its time has passed; `now` in seconds since the epoch.
    func host(_ key: Key, now: Int) -> String? {
        known.withLock { $0[key].flatMap { $0.expires > now ? $0.host : nil } }
    }

    func keep(_ answer: Answer, for key: Key, now: Int) {
        known.withLock { known in
            if known.count >= Self.limit, known[key] == nil { known.removeAll() }
            known[key] = Entry(host: answer.host, expires: now + answer.minutes * 60)
        }
    }

    /// The service does not know the host any more.
    func forget(_ key: Key) { known.withLock { $0[key] = nil } }
}
