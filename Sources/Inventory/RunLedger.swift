import JSON

/// Why a run exists.
package enum RunTrigger: Sendable, Equatable {
    case schedule(name: String)
    /// A caller of the control socket; `name` is what the system called the user then, if it knew.
    case request(uid: Int, name: String? = nil)
    case once
}

package enum RunState: String, Sendable {
    case running, succeeded, partial, failed, cancelled, interrupted
}

/// What a run was asked for; empty lists mean all.
package struct RefreshRequest: Sendable, Hashable {
    package var services: [String] = []
    package var types: [String] = []
    package var accounts: [String] = []
    package var regions: [String] = []
    /// Write every resource again, changed or not.
    package var force = false

    package init() {}
}

package struct RunRecord: Sendable, Equatable {
    package var id: String
    package var trigger: RunTrigger
    package var request: RefreshRequest
    package var state: RunState
    /// Seconds since the epoch.
    package var startedAt: Int
    package var finishedAt: Int?
    package var planned: Int
    package var outcomes: [Outcome: Int]
    package var resources: Int
    package var changes: ChangeCounts

    package init(
        id: String, trigger: RunTrigger, request: RefreshRequest, state: RunState, startedAt: Int,
        finishedAt: Int? = nil,
        planned: Int = 0, outcomes: [Outcome: Int] = [:], resources: Int = 0, changes: ChangeCounts = ChangeCounts()
    ) {
        self.id = id
        self.trigger = trigger
        self.request = request
        self.state = state
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.planned = planned
        self.outcomes = outcomes
        self.resources = resources
        self.changes = changes
    }
}

/// The durable local record of runs: what was planned, how each listing ended, where schedules stand.
///
/// Always SQLite in the state directory, whatever engine keeps the inventory.
package protocol RunLedger: Sendable {
    /// Records a run and its plan before the first call is made. Replaces a run of the same id.
    func begin(_ run: RunRecord, plan: [Listing]) async throws(StoreError)

    /// Adds listings that became known while the run was under way.
    func extend(run: String, plan: [Listing]) async throws(StoreError)

    /// Records how a listing ended; the last word for a listing counts.
    func record(_ results: [ListingResult], run: String) async throws(StoreError)

    /// Records the end of a run.
    func finish(_ run: RunRecord) async throws(StoreError)

    /// The newest runs first.
    func runs(limit: Int) async throws(StoreError) -> [RunRecord]

    func run(_ id: String) async throws(StoreError) -> RunRecord?

    /// Every listing of a run, planned ones without a result included, sorted.
    func results(run: String) async throws(StoreError) -> [PlannedListing]

    /// Marks runs that a crash left running as interrupted, and their open listings too; answers those runs.
    func interruptOpenRuns(now: Int) async throws(StoreError) -> [RunRecord]

    /// The last scheduled instant of a schedule that was acted on.
    func schedulePosition(_ schedule: String) async throws(StoreError) -> Int?

    func setSchedulePosition(_ schedule: String, to instant: Int) async throws(StoreError)

    /// Forgets runs that finished before `instant`, except the newest of all.
    func prune(before instant: Int) async throws(StoreError)

    func close() async
}

package struct PlannedListing: Sendable, Equatable {
    package var listing: Listing
    /// `nil` while it has not ended.
    package var result: ListingResult?

    package init(listing: Listing, result: ListingResult?) {
        self.listing = listing
        self.result = result
    }
}
