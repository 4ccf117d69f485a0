import Inventory
import Synchronization

/// A ledger that notes what is asked of the real one, in order, and refuses what the test wants refused.
final class RecordingLedger: RunLedger {
    enum Event: Sendable, Equatable {
        case began(String)
        case position(String, Int)
        case reached(ListingCheckpoint)
    }

    private let base: any RunLedger
    private let state = Mutex((events: [Event](), refusals: 0, unreadable: StoreError?.none))

    init(_ base: any RunLedger) { self.base = base }

    var events: [Event] { state.withLock { $0.events } }

    /// Refuses the next writes, as many as that.
    func refuse(_ count: Int) { state.withLock { $0.refusals = count } }

    /// Refuses to tell what is held back until it is called with `nil`.
    func refuseQuarantines(_ error: StoreError?) { state.withLock { $0.unreadable = error } }

    private func admit() throws(StoreError) {
        let isRefused = state.withLock { state in
            guard state.refusals > 0 else { return false }
            state.refusals -= 1
            return true
        }
        if isRefused { throw .exhausted("no space left") }
    }

    func begin(_ run: RunRecord, plan: [Listing]) async throws(StoreError) {
        try admit()
        state.withLock { $0.events.append(.began(run.id)) }
        try await base.begin(run, plan: plan)
    }

    func extend(run: String, plan: [Listing]) async throws(StoreError) {
        try admit()
        try await base.extend(run: run, plan: plan)
    }

    func begin(_ run: RunRecord, schedule: String, at instant: Int) async throws(StoreError) {
        try admit()
        try await base.begin(run, schedule: schedule, at: instant)
        state.withLock { $0.events += [.began(run.id), .position(schedule, instant)] }
    }

    func record(
        _ results: [ListingResult], checkpoints: [ListingCheckpoint], parents: [ParentPage], run: String
    ) async throws(StoreError) {
        try admit()
        try await base.record(results, checkpoints: checkpoints, parents: parents, run: run)
        state.withLock { $0.events += checkpoints.map { .reached($0) } }
    }

    func finish(_ run: RunRecord) async throws(StoreError) -> RunRecord {
        try admit()
        return try await base.finish(run)
    }

    func runs(limit: Int) async throws(StoreError) -> [RunRecord] { try await base.runs(limit: limit) }
    func run(_ id: String) async throws(StoreError) -> RunRecord? { try await base.run(id) }

    func results(run: String, after: Listing?, limit: Int) async throws(StoreError) -> [PlannedListing] {
        try await base.results(run: run, after: after, limit: limit)
    }

    func openRuns() async throws(StoreError) -> [OpenRun] { try await base.openRuns() }

    func results(run: String, of listings: [Listing]) async throws(StoreError) -> [PlannedListing] {
        try await base.results(run: run, of: listings)
    }

    func reopen(_ listings: [Listing], run: String) async throws(StoreError) {
        try await base.reopen(listings, run: run)
    }

    func trust(run: String) async throws(StoreError) { try await base.trust(run: run) }

    func remains(of listing: Listing, run: String) async throws(StoreError) -> ListingRemains {
        try await base.remains(of: listing, run: run)
    }

    func interrupt(_ run: String, now: Int) async throws(StoreError) -> RunRecord {
        try await base.interrupt(run, now: now)
    }

    func schedulePosition(_ schedule: String) async throws(StoreError) -> Int? {
        try await base.schedulePosition(schedule)
    }

    func setSchedulePosition(_ schedule: String, to instant: Int) async throws(StoreError) {
        try admit()
        try await base.setSchedulePosition(schedule, to: instant)
        state.withLock { $0.events.append(.position(schedule, instant)) }
    }

    func quarantines(of unit: Unit) async throws(StoreError) -> [String: Quarantine] {
        if let error = state.withLock({ $0.unreadable }) { throw error }
        return try await base.quarantines(of: unit)
    }

    func setQuarantine(_ quarantine: Quarantine?, of listing: Listing) async throws(StoreError) {
        try await base.setQuarantine(quarantine, of: listing)
    }

    func prune(before instant: Int) async throws(StoreError) { try await base.prune(before: instant) }
    func close() async { await base.close() }
}
