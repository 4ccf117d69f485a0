import Inventory
import Synchronization

/// How far a run has got.
package struct RunProgress: Sendable, Equatable {
    package typealias Share = OpenRun.Share

    package var record: RunRecord
    /// Listings by service.
    package var services: [String: Share] = [:]
    /// Complete listings that the shrink guard holds back.
    package var heldBack = 0

    package init(record: RunRecord, services: [String: Share] = [:]) {
        self.record = record
        self.services = services
    }

    package var finished: Int { record.outcomes.values.reduce(0, +) }

    mutating func plan(_ listings: [Listing]) {
        record.planned += listings.count
        for listing in listings { services[listing.service, default: Share()].planned += 1 }
    }

    /// Takes back results that count no more: their listings are worked on again.
    mutating func remove(_ results: [ListingResult]) {
        for result in results {
            record.outcomes[result.outcome, default: 0] -= 1
            if record.outcomes[result.outcome] == 0 { record.outcomes[result.outcome] = nil }
            record.resources -= result.count
            record.changes -= result.changes
            services[result.listing.service, default: Share()].finished -= 1
        }
    }

    mutating func add(_ results: [ListingResult]) {
        for result in results {
            record.outcomes[result.outcome, default: 0] += 1
            record.resources += result.count
            record.changes += result.changes
            services[result.listing.service, default: Share()].finished += 1
            if result.isQuarantined { heldBack += 1 }
        }
    }
}

/// A run that is under way or has just ended, as everyone who waits for it sees it.
///
/// Any thread. Followers get the newest progress, never a backlog.
package final class RunHandle: Sendable {
    package let id: String
    private struct State {
        var progress: RunProgress
        var followers: [Int: AsyncStream<RunProgress>.Continuation] = [:]
        var nextFollower = 0
        var isFinished = false
        var isLate = false
        var isSuspended = false
    }
    private let state: Mutex<State>

    init(_ record: RunRecord, services: [String: RunProgress.Share] = [:]) {
        id = record.id
        state = Mutex(State(progress: RunProgress(record: record, services: services)))
    }

    package var progress: RunProgress { state.withLock { $0.progress } }

    /// The run's time has run out: what is cancelled now is late.
    var isLate: Bool { state.withLock { $0.isLate } }

    /// The process ends before the run: what is cancelled now stays open, and another process goes on with it.
    var isSuspended: Bool { state.withLock { $0.isSuspended } }

    func suspend() { state.withLock { $0.isSuspended = true } }

    func markLate() { state.withLock { $0.isLate = true } }

    /// The progress now and after every change; ends after the run's last, or when the process ends before the run: then
    /// the last progress says that the run is under way.
    package func follow() -> AsyncStream<RunProgress> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let isFinished = state.withLock { state in
                continuation.yield(state.progress)
                guard !state.isFinished else { return true }
                let follower = state.nextFollower
                state.nextFollower += 1
                state.followers[follower] = continuation
                continuation.onTermination = { [weak self] _ in self?.forget(follower) }
                return false
            }
            if isFinished { continuation.finish() }
        }
    }

    /// Waits for the end of the run; when the waiting task is cancelled, answers how far the run has got.
    package func finished() async -> RunRecord {
        for await _ in follow() {}
        return progress.record
    }

    func update(_ change: (inout RunProgress) -> Void) {
        state.withLock { state in
            change(&state.progress)
            for follower in state.followers.values { follower.yield(state.progress) }
        }
    }

    func finish(_ change: (inout RunProgress) -> Void) {
        let followers = state.withLock { state in
            change(&state.progress)
            state.isFinished = true
            for follower in state.followers.values { follower.yield(state.progress) }
            defer { state.followers = [:] }
            return Array(state.followers.values)
        }
        for follower in followers { follower.finish() }
    }

    private func forget(_ follower: Int) {
        _ = state.withLock { $0.followers.removeValue(forKey: follower) }
    }
}
