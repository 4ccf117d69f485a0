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
    let accounts: AccountDirectory
    let refusals: RefusalJudge
    let client: AWSClient
    let store: any InventoryStore
    let ledger: any RunLedger
    let locks: UnitLocks
    let conditions: Conditions
    let logger: Logger
    let now: @Sendable () -> Int
    /// What the Resource Groups Tagging API has told during the run.
    private let tags = TagDirectory()

    private enum Step: Sendable {
        case planned([Work])
        case done(account: String)
    }

    private struct Work: Sendable {
        var plan: UnitPlan
        var account: KnownAccount
        /// Names of the types that are collected in the account.
        var types: [String]
        /// Set when the account cannot be entered: every listing ends so.
        var failure: ListingFailure?
    }

    /// Accounts whose regions are asked at the same time.
    private static let planningWidth = 16
    /// Units that may wait for a worker before further accounts are planned: about 4 MB, whatever the size of the estate.
    private static let readyLimit = 4_096

    /// Runs to the end; every planned listing has its outcome then.
    func run() async {
        if settings.accounts.count > 1 || settings.organization != nil { client.shareAmongAccounts() }
        let (known, failure) = await accounts.accounts(request.accounts)
        if let failure { await failWhole(failure) }
        let width = max(settings.workers, 1)
        // Of several accounts none takes all workers, however slow it answers.
        let share = known.count > 1 ? max(width / 2, 1) : width
        await withTaskGroup(of: Step.self) { group in
            var unplanned = known[...]
            var ready = FairQueue<Work>()
            var planning = 0
            var working = 0
            while true {
                while planning < Self.planningWidth, ready.count < Self.readyLimit,
                    let account = unplanned.popFirst()
                {
                    planning += 1
                    group.addTask { .planned(await plan(account)) }
                }
                while working < width, let (work, account) = ready.next(limit: share) {
                    working += 1
                    group.addTask {
                        await carryOut(work)
                        return .done(account: account)
                    }
                }
                guard planning + working > 0, let step = await group.next() else { return }
                switch step {
                case .planned(let works):
                    planning -= 1
                    for work in works { ready.add(work, group: work.account.id) }
                case .done(let account):
                    working -= 1
                    ready.finish(group: account)
                }
            }
        }
    }

    // MARK: Planning

    private func plan(_ account: KnownAccount) async -> [Work] {
        let types: [String]
        do throws(CatalogueError) {
            types = try selection(account.target)
        } catch {
            logger.error(
                "account \(account.id) is left out, its types cannot be told: \(error)",
                [.run: handle.id, .account: account.id])
            return []
        }
        var work: [Work] = []
        do throws(ListingFailure) {
            let regions = try await accounts.regions(of: account)
            let wanted = Set(requested).subtracting(regions)
            work = units(account, requested.isEmpty ? regions : regions.filter(requested.contains), types, nil)
            // Asked for and not to be had: an outcome, not silence.
            work += units(account, wanted.sorted(), types, Self.notEnabled)
        } catch {
            let assumed = await accounts.assumedRegions(of: account)
            work = units(account, requested.isEmpty ? assumed : requested, types, error)
            tell(account, error)
        }
        let listings = work.flatMap(\.plan.listings)
        handle.update { $0.plan(listings) }
        await note { () async throws(StoreError) in try await ledger.extend(run: handle.id, plan: listings) }
        return work
    }

    private func units(
        _ account: KnownAccount, _ regions: [String], _ types: [String], _ failure: ListingFailure?
    ) -> [Work] {
        let planned = PlannedAccount(id: account.id, regions: regions, types: types)
        return Planner.units(planned) { catalogue.isOffered($0, in: $1) }
            .map { Work(plan: $0, account: account, types: types, failure: failure) }
    }

    private static let notEnabled = ListingFailure(
        outcome: .notEnabled,
        error: ListingError(
            operation: "", code: "RegionNotEnabled",
            message: "the account has not enabled the region, or is not configured for it"))

    /// The regions asked for, as scopes name them; empty for all.
    private var requested: [String] { request.regions.map { $0 == "global" ? Scope.global : $0 } }

    private func tell(_ account: KnownAccount, _ failure: ListingFailure) {
        guard failure.outcome != .cancelled, !conditions.note(failure.error) else { return }
        logger.warning(
            "account \(account.id) cannot be listed: \(failure.error.code): \(failure.error.message)",
            [
                .run: handle.id, .account: account.id, .outcome: failure.outcome.rawValue,
                .awsError: failure.error.code,
            ], id: .accountUnreachable)
    }

    /// Some accounts cannot be told: one listing a type stands for what would have been planned.
    private func failWhole(_ failure: ListingFailure) async {
        let target = AccountTarget(id: nil, sessionName: "")
        let types = (try? selection(target)) ?? []
        let scope = Scope(account: "unknown", region: settings.homeRegion)
        let listings = types.map { Listing(type: $0, scope: scope) }
        handle.update { $0.plan(listings) }
        await note { () async throws(StoreError) in try await ledger.extend(run: handle.id, plan: listings) }
        guard failure.outcome != .cancelled else {
            await finish(listings, failure)
            return
        }
        logger.error(
            "some accounts cannot be told: \(failure.error.code): \(failure.error.message)",
            [.run: handle.id, .outcome: failure.outcome.rawValue, .awsError: failure.error.code],
            id: .accountUnreachable)
        await finish(listings, failure)
    }

    // MARK: Work

    private func carryOut(_ work: Work) async {
        let unit = work.plan.unit
        if let failure = work.failure {
            let results = await finish(work.plan.listings, failure)
            // Readers see that what they have is no longer fresh, and why.
            let publisher = UnitPublisher(
                store: store, runID: handle.id, conditions: conditions, logger: logger, now: now)
            return await publisher.publish(unit, results, resourceCount: nil)
        }
        let service: CatalogueService
        do throws(CatalogueError) {
            service = try catalogue.service(unit.service)
        } catch {
            let problem = ListingError(operation: "", code: "CatalogueError", message: "\(error)")
            await finish(work.plan.listings, ListingFailure(outcome: .failed, error: problem))
            return
        }
        guard !Task.isCancelled, await locks.lock(unit) else {
            await finish(work.plan.listings, ListingFailure(AWSCallError.cancelled, operation: ""))
            return
        }
        let refresh = UnitRefresh(
            plan: work.plan, service: service, region: callRegion(unit), client: client,
            account: work.account, refusals: refusals, store: store, quarantines: ledger, settings: settings,
            runID: handle.id, writesUnchanged: request.force, isRunLate: { handle.isLate },
            tags: TagLookup(directory: tags, catalogue: catalogue, types: work.types), conditions: conditions,
            logger: logger, now: now)
        let results = await refresh.run { result in handle.update { $0.add([result]) } }
        await locks.unlock(unit)
        await record(results)
    }

    /// Where the unit's service answers.
    private func callRegion(_ unit: Unit) -> String {
        guard unit.scope.region == Scope.global else { return unit.scope.region }
        let partition = Partition(region: settings.homeRegion)
        return catalogue.homeRegion(unit.service, partition: partition.name) ?? partition.implicitRegion
    }

    /// Ends listings that were not begun, for a reason that has been told.
    @discardableResult
    private func finish(_ listings: [Listing], _ failure: ListingFailure) async -> [ListingResult] {
        var failure = failure
        if failure.outcome == .cancelled, handle.isLate {
            failure.outcome = .timedOut
            failure.error = ListingError(operation: "", code: "RunTimeout", message: "the run was not done in time")
        }
        let results = listings.map { ListingResult(listing: $0, outcome: failure.outcome, error: failure.error) }
        handle.update { $0.add(results) }
        await record(results, isTold: false)
        return results
    }

    private func record(_ results: [ListingResult], isTold: Bool = true) async {
        for result in results {
            let fields: KeyValuePairs<LogField, String> = [
                .run: handle.id, .type: result.listing.type, .account: result.listing.scope.account,
                .region: result.listing.scope.region, .outcome: result.outcome.rawValue, .count: "\(result.count)",
                .awsError: result.error?.code ?? "", .requestID: result.error?.requestID ?? "",
            ]
            let isGeneral = isTold && conditions.note(result.error)
            // Accounts that cannot be entered and cancelled runs are told once, not for each listing.
            if let error = result.error, result.isQuarantined {
                logger.warning("\(result.listing) is held back: \(error.message)", fields, id: .listingHeldBack)
            } else if isTold, !isGeneral, let error = result.error, !result.outcome.isGood, result.outcome != .cancelled
            {
                logger.warning(
                    "\(result.listing) \(result.outcome.rawValue): \(error.operation) \(error.code): "
                        + "\(error.message); what is stored of it is kept", fields)
            } else {
                logger.debug("\(result.listing): \(result.outcome.rawValue), \(result.count) resources", fields)
            }
        }
        await note { () async throws(StoreError) in try await ledger.record(results, run: handle.id) }
    }

    /// The ledger is the record of the work, not the work: what it cannot take is said, and the run goes on.
    private func note(_ write: @escaping @Sendable () async throws(StoreError) -> Void) async {
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
