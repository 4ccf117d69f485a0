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
package protocol RunLedger: QuarantineLedger {
    /// Records a run and its plan before the first call is made. Replaces a run of the same id.
    func begin(_ run: RunRecord, plan: [Listing]) async throws(StoreError)

    /// Records a scheduled run and moves its schedule to `instant`, both or neither: no crash leaves a schedule that has
    /// moved on without its run.
    func begin(_ run: RunRecord, schedule: String, at instant: Int) async throws(StoreError)

    /// Adds listings that became known while the run was under way.
    func extend(run: String, plan: [Listing]) async throws(StoreError)

    /// Records how listings ended, the last word for a listing counts, and how far others have got, all or nothing. A
    /// listing that has ended loses its checkpoints; a unit whose listings have all ended loses its parents' items.
    func record(
        _ results: [ListingResult], checkpoints: [ListingCheckpoint], parents: [ParentPage], run: String
    ) async throws(StoreError)

    /// Records the end of a run and answers it as it stands then: listings that have no outcome, because they were
    /// planned before a restart and are not part of the plan any more, end as `interrupted`.
    func finish(_ run: RunRecord) async throws(StoreError) -> RunRecord

    /// The newest runs first. What a run under way has reached is not counted.
    func runs(limit: Int) async throws(StoreError) -> [RunRecord]

    func run(_ id: String) async throws(StoreError) -> RunRecord?

    /// One page of a run's listings, planned ones without a result included, sorted by account, region and type.
    /// `after` is the last of the page before. A run may have 3,000,000 listings: nobody should want all at once.
    func results(run: String, after: Listing?, limit: Int) async throws(StoreError) -> [PlannedListing]

    /// The runs that an earlier process left under way, oldest first.
    func openRuns() async throws(StoreError) -> [OpenRun]

    /// Those of the listings that the run has planned, in no order.
    func results(run: String, of listings: [Listing]) async throws(StoreError) -> [PlannedListing]

    /// Takes back how listings ended: what they wrote may be lost.
    func reopen(_ listings: [Listing], run: String) async throws(StoreError)

    /// Everything that a run under way has in the ledger is also in the store.
    func trust(run: String) async throws(StoreError)

    /// How far a listing got, and its items where it is a parent's.
    func remains(of listing: Listing, run: String) async throws(StoreError) -> ListingRemains

    /// Ends an open run, and its open listings, as interrupted.
    func interrupt(_ run: String, now: Int) async throws(StoreError) -> RunRecord

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

/// A run that is under way in the ledger and in no process.
package struct OpenRun: Sendable, Equatable {
    package struct Share: Sendable, Equatable {
        package var planned = 0
        package var finished = 0

        package init(planned: Int = 0, finished: Int = 0) {
            self.planned = planned
            self.finished = finished
        }
    }

    package var record: RunRecord
    /// Listings by service.
    package var services: [String: Share]
    /// The machine was started anew since: what was written last may be lost, in the ledger and in the store.
    package var isAfterReboot: Bool

    package init(record: RunRecord, services: [String: Share], isAfterReboot: Bool) {
        self.record = record
        self.services = services
        self.isAfterReboot = isAfterReboot
    }
}

extension RunLedger {
    /// Hands out all listings of a run, page by page.
    package func forEachResult(
        run: String, _ body: (PlannedListing) throws -> Void
    ) async throws {
        var last: Listing?
        while true {
            let page = try await results(run: run, after: last, limit: RunLedgerLimits.pageSize)
            for listing in page { try body(listing) }
            guard page.count == RunLedgerLimits.pageSize else { return }
            last = page.last?.listing
        }
    }
}

/// Bounds of what is read from a ledger at a time.
package enum RunLedgerLimits {
    /// Listings in a page: about 300 KB.
    package static let pageSize = 1_000
}
