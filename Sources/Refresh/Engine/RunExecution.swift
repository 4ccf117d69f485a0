import AWS
import Inventory
import Telemetry

/// Carries out one run: accounts, regions, units, results. Lives as long as the run.
struct RunExecution: Sendable {
    let handle: RunHandle
    let request: RefreshRequest
    /// Type names to store per account's selection words.
    let selection: @Sendable (AccountTarget) throws(CatalogueError) -> [String]
    let settings: RefreshSettings
    let catalogue: Catalogue
    let services: ServiceShelf
    let accounts: AccountDirectory
    let refusals: RefusalJudge
    let client: AWSClient
    let store: any InventoryStore
    let ledger: any RunLedger
    let journal: RunJournal
    /// Set when the run goes on after the end of an earlier process.
    var resumed: OpenRun?
    let locks: UnitLocks
    let conditions: Conditions
    let deadlines = Deadlines()
    let logger: Logger
    let now: @Sendable () -> Int
    /// What earlier processes of the run have done to listings that had not ended; `nil` where no log tells.
    var logged: [Listing: ChangeCounts]?
    /// What the Resource Groups Tagging API has told during the run.
    private let tags = TagDirectory()
    private let stalled = StalledUnits()

    enum Step: Sendable {
        case planned([Work])
        case done(account: String)
        /// A unit waits for AWS's limits, so that another may be worked on.
        case stalled
    }

    /// A unit to refresh.
    struct Work: Sendable {
        var plan: UnitPlan
        /// Listings of the unit that ended before a restart.
        var ended: [ListingResult] = []
        var account: KnownAccount
        /// What the run has done before to listings whose ends were taken back.
        var logged: [Listing: ChangeCounts]?
        /// Names of the types that are collected in the account.
        var types: [String]
        /// Set when the account cannot be entered: every listing ends so.
        var failure: ListingFailure?
    }

    /// Runs to the end; every planned listing has its outcome then.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await deadlines.watch() }
            var execution = self
            execution.logged = await loggedChanges()
            await execution.work()
            group.cancelAll()
        }
    }

    private func work() async {
        if settings.accounts.count > 1 || settings.organization != nil { client.shareAmongAccounts() }
        let (known, failure) = await accounts.accounts(request.accounts)
        if let failure { await failWhole(failure) }
        await withTaskGroup(of: Step.self) { group in
            var unplanned = known[...]
            var turns = RunTurns<Work>(width: settings.workers, isShared: known.count > 1)
            var isTrusted = resumed?.isAfterReboot != true
            group.addTask { await watchStalls() }
            while true {
                while let (work, account) = turns.next(stalled: stalled.count) {
                    group.addTask {
                        await carryOut(work)
                        return .done(account: account)
                    }
                }
                while let account = unplanned.first, turns.plansNext(stalled: stalled.count) {
                    unplanned.removeFirst()
                    group.addTask { .planned(await plan(account)) }
                }
                if !isTrusted, unplanned.isEmpty, !turns.isPlanning {
                    isTrusted = true
                    await note { () async throws(StoreError) in try await ledger.trust(run: handle.id) }
                }
                guard turns.isBusy, let step = await group.next() else { break }
                switch step {
                case .planned(let works): turns.planned(works.map { ($0, $0.account.id) })
                case .done(let account): turns.finish(account: account)
                // A cancelled task would not wait.
                case .stalled: if !Task.isCancelled { group.addTask { await watchStalls() } }
                }
            }
            group.cancelAll()
        }
    }

    private func watchStalls() async -> Step {
        await stalled.stall()
        return .stalled
    }

    // MARK: Work

    private func carryOut(_ work: Work) async {
        let unit = work.plan.unit
        if let failure = work.failure {
            let results = results(work.plan.listings, failure)
            guard !results.isEmpty else { return }
            // Readers see that what they have is no longer fresh, and why.
            let publisher = UnitPublisher(
                store: store, runID: handle.id, conditions: conditions, logger: logger, now: now)
            await publisher.publish(unit, work.ended + results, resourceCount: nil)
            return await end(results)
        }
        let service: CatalogueService
        do throws(CatalogueError) {
            service = try await services.service(unit.service)
        } catch {
            let problem = ListingError(operation: "", code: "CatalogueError", message: "\(error)")
            return await finish(work.plan.listings, ListingFailure(outcome: .failed, error: problem))
        }
        guard !Task.isCancelled, let shared = await locks.lock(unit, force: request.force) else {
            return await finish(work.plan.listings, ListingFailure(AWSCallError.cancelled, operation: ""))
        }
        let (plan, joined) = join(work.plan, shared.results)
        for result in joined { await count(result) }
        await tell(joined)
        let refresh = UnitRefresh(
            plan: plan, ended: work.ended + joined, service: service, region: callRegion(unit),
            client: client.telling(stalled.activity()),
            account: work.account, refusals: refusals, store: store, quarantines: ledger, journal: journal,
            remains: { await remains(of: $0, left: shared.remains[$0], work.logged) }, settings: settings,
            deadlines: deadlines,
            runID: handle.id,
            writesUnchanged: request.force, isRunLate: { handle.isLate },
            tags: TagLookup(directory: tags, catalogue: catalogue, types: work.types), conditions: conditions,
            logger: logger, now: now)
        // Whoever was waited for has published the unit.
        if !plan.types.isEmpty { await refresh.run(progress: count, report: { await tell([$0]) }) }
        await locks.unlock(unit)
    }

    /// What is left to list beside what another run's listings came to while this one waited for them.
    private func join(_ plan: UnitPlan, _ shared: [ListingResult]) -> (plan: UnitPlan, joined: [ListingResult]) {
        let joined = shared.filter { plan.types.contains($0.listing.type) }
        guard !joined.isEmpty else { return (plan, []) }
        let types = Set(joined.map(\.listing.type))
        logger.info(
            "\(joined.count) listings of \(plan.unit) are those of another run that was under way",
            [.run: handle.id, .count: "\(joined.count)"])
        return (UnitPlan(unit: plan.unit, types: plan.types.filter { !types.contains($0) }), joined)
    }

    /// Where the unit's service answers.
    private func callRegion(_ unit: Unit) -> String {
        guard unit.scope.region == Scope.global else { return unit.scope.region }
        let partition = Partition(region: settings.homeRegion)
        return catalogue.homeRegion(unit.service, partition: partition.name) ?? partition.implicitRegion
    }

    /// How far an earlier process got with a listing, or a run that was waited for and gave up.
    private func remains(
        of listing: Listing, left: ListingRemains?, _ reopened: [Listing: ChangeCounts]?
    ) async -> ListingRemains {
        if let left { return left }
        guard resumed != nil else { return ListingRemains() }
        // What cannot be read costs time, not resources: the listing starts from its beginning.
        var remains = (try? await ledger.remains(of: listing, run: handle.id)) ?? ListingRemains()
        remains.changes = reopened?[listing] ?? logged.map { $0[listing] ?? ChangeCounts() }
        return remains
    }

    /// Ends listings that were not begun, for a reason that has been told.
    func finish(_ listings: [Listing], _ failure: ListingFailure) async { await end(results(listings, failure)) }

    private func results(_ listings: [Listing], _ failure: ListingFailure) -> [ListingResult] {
        var failure = failure
        if failure.outcome == .cancelled, handle.isLate {
            failure.outcome = .timedOut
            failure.error = ListingError(operation: "", code: "RunTimeout", message: "the run was not done in time")
        }
        return listings.map { ListingResult(listing: $0, outcome: failure.outcome, error: failure.error) }
            .filter { !isOpen($0) }
    }

    private func end(_ results: [ListingResult]) async {
        handle.update { $0.add(results) }
        await journal.record(results)
    }

    /// Whether the listing has not ended, but its process: it is gone on with after the restart.
    private func isOpen(_ result: ListingResult) -> Bool { result.outcome == .cancelled && handle.isSuspended }

    private func count(_ result: ListingResult) async {
        guard !isOpen(result) else { return }
        handle.update { $0.add([result]) }
        await locks.share(result, force: request.force)
        await handOver(result)
    }

    private func tell(_ results: [ListingResult]) async {
        let results = results.filter { !isOpen($0) }
        for result in results {
            let fields: KeyValuePairs<LogField, String> = [
                .run: handle.id, .type: result.listing.type, .account: result.listing.scope.account,
                .region: result.listing.scope.region, .outcome: result.outcome.rawValue, .count: "\(result.count)",
                .awsError: result.error?.code ?? "", .requestID: result.error?.requestID ?? "",
            ]
            // A trouble of all is told once for all; cancelled runs are told once, not for each listing.
            let isGeneral = conditions.note(result.error)
            if let error = result.error, result.isQuarantined {
                logger.warning("\(result.listing) is held back: \(error.message)", fields, id: .listingHeldBack)
            } else if !isGeneral, let error = result.error, !result.outcome.isGood, result.outcome != .cancelled {
                logger.warning(
                    "\(result.listing) \(result.outcome.rawValue): \(error.operation) \(error.code): "
                        + "\(error.message); what is stored of it is kept", fields)
            } else {
                logger.debug("\(result.listing): \(result.outcome.rawValue), \(result.count) resources", fields)
            }
        }
        await journal.record(results)
    }

    /// The ledger is the record of the work, not the work: what it cannot take is said, and the run goes on.
    func note(_ write: @escaping @Sendable () async throws(StoreError) -> Void) async {
        // Unstructured: a cancelled run is recorded too, so the write, which is short, must not inherit the cancellation.
        await Task {
            do throws(StoreError) {
                try await write()
                conditions.succeeded(.ledger)
            } catch {
                conditions.failed(.ledger, "\(error)")
            }
        }.value
    }
}
