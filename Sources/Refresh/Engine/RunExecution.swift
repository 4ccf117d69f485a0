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
    let client: AWSClient
    let store: any InventoryStore
    let ledger: any RunLedger
    let locks: UnitLocks
    let logger: Logger
    let now: @Sendable () -> Int

    private enum Step: Sendable {
        case planned([Work])
        case done
    }

    private struct Work: Sendable {
        var plan: UnitPlan
        var account: KnownAccount
        /// Set when the account cannot be entered: every listing ends so.
        var failure: ListingFailure?
    }

    /// Accounts whose regions are asked at the same time.
    private static let planningWidth = 16

    /// Runs to the end; every planned listing has its outcome then.
    func run() async {
        let known: [KnownAccount]
        do throws(ListingFailure) {
            known = try await accounts.accounts().filter { isRequested($0.id) }
        } catch {
            await failWhole(error)
            return
        }
        let width = max(settings.workers, 1)
        await withTaskGroup(of: Step.self) { group in
            var unplanned = known[...]
            var ready = FairQueue<Work>()
            var planning = 0
            var working = 0
            while true {
                while planning < Self.planningWidth, let account = unplanned.popFirst() {
                    planning += 1
                    group.addTask { .planned(await plan(account)) }
                }
                while working < width, let work = ready.next() {
                    working += 1
                    group.addTask {
                        await carryOut(work)
                        return .done
                    }
                }
                guard planning + working > 0, let step = await group.next() else { return }
                switch step {
                case .planned(let works):
                    planning -= 1
                    for work in works { ready.add(work, group: work.account.id) }
                case .done: working -= 1
                }
            }
        }
    }

    private func isRequested(_ account: String) -> Bool {
        request.accounts.isEmpty || request.accounts.contains(account)
    }

    // MARK: Planning

    private func plan(_ account: KnownAccount) async -> [Work] {
        var failure: ListingFailure?
        var regions: [String] = []
        do throws(ListingFailure) {
            regions = try await accounts.regions(of: account)
        } catch {
            failure = error
            regions = await accounts.assumedRegions(of: account)
            logger.warning(
                "account \(account.id) cannot be listed: \(error.error.code): \(error.error.message)",
                [.run: handle.id, .account: account.id, .outcome: error.outcome.rawValue, .awsError: error.error.code],
                id: .accountUnreachable)
        }
        let types = (try? selection(account.target)) ?? []
        let planned = PlannedAccount(id: account.id, regions: requested(regions), types: types)
        let units = Planner.units(planned) { catalogue.isOffered($0, in: $1) }
        let listings = units.flatMap(\.listings)
        handle.update { $0.plan(listings) }
        await note { () async throws(StoreError) in try await ledger.extend(run: handle.id, plan: listings) }
        return units.map { Work(plan: $0, account: account, failure: failure) }
    }

    private func requested(_ regions: [String]) -> [String] {
        guard !request.regions.isEmpty else { return regions }
        let wanted = Set(request.regions.map { $0 == "global" ? Scope.global : $0 })
        return regions.filter { wanted.contains($0) }
    }

    /// The accounts themselves cannot be told: one listing a type stands for what would have been planned.
    private func failWhole(_ failure: ListingFailure) async {
        let target = settings.accounts.first ?? AccountTarget(id: nil, sessionName: "")
        let types = (try? selection(target)) ?? []
        let scope = Scope(account: target.id ?? "unknown", region: settings.homeRegion)
        let listings = types.map { Listing(type: $0, scope: scope) }
        handle.update { $0.plan(listings) }
        await note { () async throws(StoreError) in try await ledger.extend(run: handle.id, plan: listings) }
        logger.error(
            "the accounts cannot be told: \(failure.error.code): \(failure.error.message)",
            [.run: handle.id, .outcome: failure.outcome.rawValue, .awsError: failure.error.code],
            id: .accountUnreachable)
        await finish(listings.map { ListingResult(listing: $0, outcome: failure.outcome, error: failure.error) })
    }

    // MARK: Work

    private func carryOut(_ work: Work) async {
        if let failure = work.failure {
            await finish(
                work.plan.listings.map { ListingResult(listing: $0, outcome: failure.outcome, error: failure.error) })
            return
        }
        guard !Task.isCancelled else {
            await finish(work.plan.listings.map { ListingResult(listing: $0, outcome: .cancelled) })
            return
        }
        let unit = work.plan.unit
        let service: CatalogueService
        do throws(CatalogueError) {
            service = try catalogue.service(unit.service)
        } catch {
            let problem = ListingError(operation: "", code: "CatalogueError", message: "\(error)")
            await finish(work.plan.listings.map { ListingResult(listing: $0, outcome: .failed, error: problem) })
            return
        }
        await locks.lock(unit)
        let refresh = UnitRefresh(
            plan: work.plan, service: service, region: callRegion(unit), client: client,
            credentials: work.account.credentials, store: store, settings: settings, runID: handle.id,
            writesUnchanged: request.force, now: now)
        let results = await refresh.run { results in handle.update { $0.add(results) } }
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
    private func finish(_ results: [ListingResult]) async {
        handle.update { $0.add(results) }
        await record(results, isTold: false)
    }

    private func record(_ results: [ListingResult], isTold: Bool = true) async {
        for result in results {
            let fields: KeyValuePairs<LogField, String> = [
                .run: handle.id, .type: result.listing.type, .account: result.listing.scope.account,
                .region: result.listing.scope.region, .outcome: result.outcome.rawValue, .count: "\(result.count)",
                .awsError: result.error?.code ?? "", .requestID: result.error?.requestID ?? "",
            ]
            // Accounts that cannot be entered and cancelled runs are told once, not for each listing.
            if isTold, let error = result.error, !result.outcome.isGood, result.outcome != .cancelled {
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
            } catch {
                logger.error("the run ledger cannot be written: \(error)", [.run: handle.id], id: .storeUnavailable)
            }
        }.value
    }
}

/// First come, first served within a group; the groups take turns.
struct FairQueue<Element> {
    private var groups: [String: ArraySlice<Element>] = [:]
    private var turn: [String] = []

    mutating func add(_ element: Element, group: String) {
        if groups[group] == nil { turn.append(group) }
        groups[group, default: []].append(element)
    }

    mutating func next() -> Element? {
        guard !turn.isEmpty else { return nil }
        let group = turn.removeFirst()
        let element = groups[group]?.popFirst()
        if groups[group]?.isEmpty ?? true { groups[group] = nil } else { turn.append(group) }
        return element
    }
}
