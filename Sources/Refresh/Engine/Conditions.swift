import Inventory
import Schedule
import Synchronization
import Telemetry

/// The troubles that hit many listings at once, told when they begin, once an hour while they last, and when they are over,
/// however many calls and listings they cost. Any thread.
package final class Conditions: Sendable {
    package enum Kind: Sendable, CaseIterable {
        /// The inventory store takes or gives nothing.
        case store
        /// The run ledger cannot be written.
        case ledger
        /// The run ledger does not tell what is held back. Apart from `ledger`: a damaged file may take writes and not
        /// give this.
        case quarantines
        /// No answer from AWS: no name server, no way there, or AWS itself.
        case network
    }

    private let state: Mutex<[Kind: Condition]>
    private let logger: Logger
    private let now: @Sendable () -> Int

    /// One endpoint that does not answer is its listing's matter; as many in a row, with no answer from any other between
    /// them, are not.
    private static let networkThreshold = 8
    /// When AWS is back, keys that could not be had a second ago still fail the listings of their account.
    private static let networkPauseInSeconds = 60

    /// - Parameter now: seconds since the epoch.
    package init(logger: Logger, now: @escaping @Sendable () -> Int) {
        state = Mutex([.network: Condition(threshold: Self.networkThreshold, pause: Self.networkPauseInSeconds)])
        self.logger = logger
        self.now = now
    }

    /// Notes a failure. `true` when the condition tells it, so that nobody else need.
    @discardableResult
    package func failed(_ kind: Kind, _ reason: String) -> Bool {
        let (change, isActive) = state.withLock { state in
            let change = state[kind, default: Condition()].fail(reason, at: now())
            return (change, state[kind]?.isActive ?? false)
        }
        switch change {
        case .began: logger.error("\(Self.began(kind)): \(reason)", id: .conditionBegan)
        case .lasts(let since, let failures):
            logger.error(
                "\(Self.began(kind)), since \(ISO8601.format(Instant(since))), \(failures) failures so far: \(reason)",
                id: .conditionBegan)
        case .ended, nil: break
        }
        return isActive
    }

    /// Whether it has begun and not ended.
    package func isActive(_ kind: Kind) -> Bool { state.withLock { $0[kind]?.isActive ?? false } }

    /// What troubles everything now, each with its last reason.
    package var active: [String] {
        state.withLock { state in
            Kind.allCases.compactMap { kind in
                guard state[kind]?.isActive == true else { return nil }
                return "\(Self.began(kind)): \(state[kind]?.reason ?? "")"
            }
        }
    }

    /// How often it has failed so far, for `succeeded(_:unlessFailedSince:)`.
    func failures(of kind: Kind) -> Int { state.withLock { $0[kind]?.total ?? 0 } }

    /// Something long went well, unless parts of it did not: a disk that is almost full takes one write and not the next.
    func succeeded(_ kind: Kind, unlessFailedSince count: Int) {
        if failures(of: kind) == count { succeeded(kind) }
    }

    package func succeeded(_ kind: Kind) {
        let change = state.withLock { state in state[kind]?.succeed(at: now()) }
        guard case .ended(let since, let failures)? = change else { return }
        logger.notice(
            "\(Self.ended(kind)), after \(now() - since) s and \(failures) failures", id: .conditionEnded)
    }

    /// Notes what a listing's end says of the store and of AWS; answers `true` when a condition tells it.
    func note(_ failure: ListingError?) -> Bool {
        switch failure?.code {
        case "StoreUnavailable", "StoreExhausted":
            succeeded(.network)
            return failed(.store, failure?.message ?? "")
        case ListingFailure.ledgerCode: return failed(.quarantines, failure?.message ?? "")
        case "Unreachable", "CredentialsUnreachable": return failed(.network, failure?.message ?? "")
        // Nothing was asked, or it is not known whether there was an answer.
        case "Cancelled", "RunTimeout", "ListingTimeout", "TimedOut", "ConnectionBroken": return false
        default:
            succeeded(.network)
            return false
        }
    }

    /// The same for whoever writes to the store; answers `true` when the condition tells it.
    package func note(_ error: StoreError) -> Bool {
        switch error {
        case .unavailable(let reason), .exhausted(let reason): failed(.store, reason)
        case .refused, .unstorable, .corrupt, .cancelled: false
        }
    }

    private static func began(_ kind: Kind) -> String {
        switch kind {
        case .store: "the store cannot be used; readers keep what it has, listings fail until it is back"
        case .ledger:
            "the run ledger cannot be written; scheduled runs wait for it, what becomes of others may be missing in it"
        case .quarantines: "units are not listed until the run ledger can be read; readers keep what the store has"
        case .network: "AWS cannot be reached; what is stored is kept, listings fail until it is back"
        }
    }

    private static func ended(_ kind: Kind) -> String {
        switch kind {
        case .store: "the store can be used again"
        case .ledger: "the run ledger can be written again"
        case .quarantines: "the run ledger can be read again"
        case .network: "AWS can be reached again"
        }
    }
}
