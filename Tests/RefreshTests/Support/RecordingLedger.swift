import Inventory
import Synchronization

/// A ledger that notes what is asked of the real one, in order, and refuses what the test wants refused.
final class RecordingLedger: RunLedger {
    enum Event: Sendable, Equatable {
        case began(String)
        case position(String, Int)
    }

    private let base: any RunLedger
    private let state = Mutex((events: [Event](), refusals: 0))

    init(_ base: any RunLedger) { self.base = base }

    var events: [Event] { state.withLock { $0.events } }

    /// Refuses the next writes, as many as that.
    func refuse(_ count: Int) { state.withLock { $0.refusals = count } }

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

    func record(_ results: [ListingResult], run: String) async throws(StoreError) {
        try admit()
        try await base.record(results, run: run)
    }

    func finish(_ run: RunRecord) async throws(StoreError) {
        try admit()
        try await base.finish(run)
    }

    func runs(limit: Int) async throws(StoreError) -> [RunRecord] { try await base.runs(limit: limit) }
    func run(_ id: String) async throws(StoreError) -> RunRecord? { try await base.run(id) }
    func results(run: String) async throws(StoreError) -> [PlannedListing] { try await base.results(run: run) }

    func interruptOpenRuns(now: Int) async throws(StoreError) -> [RunRecord] {
        try await base.interruptOpenRuns(now: now)
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
        try await base.quarantines(of: unit)
    }

    func setQuarantine(_ quarantine: Quarantine?, of listing: Listing) async throws(StoreError) {
        try await base.setQuarantine(quarantine, of: listing)
    }

    func prune(before instant: Int) async throws(StoreError) { try await base.prune(before: instant) }
    func close() async { await base.close() }
}
