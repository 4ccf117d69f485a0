import AWS
import Inventory
import Telemetry

/// Refreshes one unit: lists its types, parents before children, reconciles each with the store, and publishes the
/// unit's metadata when all have ended.
struct UnitRefresh: Sendable {
    /// What is still to be listed.
    let plan: UnitPlan
    /// How other listings of the unit have ended in this run: before a restart, or in another run that was waited for.
    let ended: [ListingResult]
    let service: CatalogueService
    /// Where to call; for global services the partition's home region.
    let region: String
    let client: AWSClient
    let account: KnownAccount
    let refusals: RefusalJudge
    let store: any InventoryStore
    let quarantines: any QuarantineLedger
    let journal: RunJournal
    /// How far a listing had got when an earlier process ended.
    let remains: @Sendable (Listing) async -> ListingRemains
    let settings: RefreshSettings
    let deadlines: Deadlines
    let runID: String
    let writesUnchanged: Bool
    /// Whether cancellation means that the run's time has run out.
    let isRunLate: @Sendable () -> Bool
    let tags: TagLookup
    let conditions: Conditions
    let logger: Logger
    let now: @Sendable () -> Int

    /// Listings of one unit under way at a time; the client's own limit holds over all units.
    private static let width = 8

    /// What has become of the unit's types so far.
    private struct Tally {
        var results: [ListingResult] = []
        /// Live rows by type.
        var live: [String: Int] = [:]
        /// Live rows that were of no type and now have one.
        var adopted = 0
        /// Listings by kind, for their children.
        var parents: [String: ParentListing] = [:]

        mutating func add(_ listed: Listed) {
            if let parent = listed.parent { parents[listed.type.kind] = parent }
            guard let result = listed.result else { return }
            live[result.listing.type] = listed.live
            adopted += listed.adopted
            results.append(result)
        }
    }

    /// Lists everything and publishes. Reports the result of each planned listing as soon as it has ended, but the last of
    /// all only when the metadata is published: a unit whose listings have all been reported needs nothing more. Never
    /// throws: failures are results.
    func run(
        progress: @Sendable (ListingResult) async -> Void, report: @Sendable (ListingResult) async -> Void
    ) async {
        if let failure = await refusals.failure(account: account.id, region: region) {
            let results = plan.listings.map { failed($0, failure) }
            await publisher.publish(plan.unit, ended + results, resourceCount: nil)
            for result in results {
                await progress(result)
                await report(result)
            }
            return
        }
        let index: StoredIndex
        let heldBack: [String: Quarantine]
        do throws(ListingFailure) {
            index = try await storedIndex()
            heldBack = try await held()
        } catch {
            let results = plan.listings.map { failed($0, error) }
            // A store that gives nothing takes no metadata either.
            if error.error.code == ListingFailure.ledgerCode {
                await publisher.publish(plan.unit, ended + results, resourceCount: nil)
            }
            for result in results {
                await progress(result)
                await report(result)
            }
            return
        }
        var tally = Tally()
        var last: ListingResult?
        var reported = 0
        func take(_ result: ListingResult) async {
            await progress(result)
            reported += 1
            if reported == plan.types.count { last = result } else { await report(result) }
        }
        tally.live = index.tables.filter { !plan.types.contains($0.key) }.mapValues { liveCount($0) }
        for wave in waves() { await list(wave, index, heldBack, &tally, take) }
        let ended = Set(tally.results.map(\.listing))
        for listing in plan.listings where !ended.contains(listing) {
            let problem = ListingError(
                operation: "", code: "CatalogueError", message: "the service's file has no type \(listing.type)")
            let result = failed(listing, ListingFailure(outcome: .failed, error: problem))
            tally.results.append(result)
            await take(result)
        }
        await publisher.publish(
            plan.unit, self.ended + tally.results,
            resourceCount: tally.live.values.reduce(0, +) - tally.adopted)
        if let last { await report(last) }
    }

    private func storedIndex() async throws(ListingFailure) -> StoredIndex {
        do throws(StoreError) { return try await store.index(of: plan.unit) } catch { throw ListingFailure(error) }
    }

    /// What is held back of the unit. Without it a listing could take for confirmed what was never seen twice, so that
    /// nothing is listed.
    private func held() async throws(ListingFailure) -> [String: Quarantine] {
        do throws(StoreError) {
            let held = try await quarantines.quarantines(of: plan.unit)
            conditions.succeeded(.quarantines)
            return held
        } catch {
            throw ListingFailure(ledger: error)
        }
    }

    private var publisher: UnitPublisher {
        UnitPublisher(store: store, runID: runID, conditions: conditions, logger: logger, now: now)
    }

    private func liveCount(_ table: KeyTable) -> Int {
        let instant = now()
        return table.entries.count { $0.ttl > instant }
    }

    // MARK: Order

    /// The types to list, parents in an earlier wave than their children. Parents that are not selected are listed too,
    /// but not stored.
    private func waves() -> [[ResourceType]] {
        let selected = Set(plan.types)
        var needed: [String: ResourceType] = [:]
        var depth: [String: Int] = [:]
        func need(_ type: ResourceType) -> Int {
            if let known = depth[type.kind] { return known }
            needed[type.kind] = type
            let parent = type.parent.flatMap { service.type($0.kind) }
            let level = parent.map { need($0) + 1 } ?? 0
            depth[type.kind] = level
            return level
        }
        for type in service.types where selected.contains(type.name) { _ = need(type) }
        let levels = (depth.values.max() ?? -1) + 1
        return (0..<levels).map { level in
            needed.values.filter { depth[$0.kind] == level }.sorted { $0.kind < $1.kind }
        }
    }

    func isParent(_ kind: String) -> Bool {
        let selected = Set(plan.types)
        return service.types.contains { $0.parent?.kind == kind && (selected.contains($0.name) || isParent($0.kind)) }
    }

    // MARK: Listing

    struct ParentListing: Sendable {
        var items: [ParentItem]
        var failure: ListingFailure?
        /// Its own listing is not believed yet, so that what its children lack is not either.
        var isHeldBack = false
    }

    struct Listed: Sendable {
        var type: ResourceType
        /// `nil` for parents that are only listed for their children.
        var result: ListingResult?
        /// Live rows of the type afterwards.
        var live = 0
        var adopted = 0
        var parent: ParentListing?

        mutating func end(with failure: ListingFailure) {
            result?.outcome = failure.outcome
            result?.error = failure.error
            result?.stored = nil
            parent?.failure = failure
        }
    }

    private func list(
        _ wave: [ResourceType], _ index: StoredIndex, _ heldBack: [String: Quarantine], _ tally: inout Tally,
        _ report: (ListingResult) async -> Void
    ) async {
        let parents = tally.parents
        await withTaskGroup(of: Listed.self) { group in
            func take(_ listed: Listed) async {
                tally.add(listed)
                if let result = listed.result { await report(result) }
            }
            for (position, type) in wave.enumerated() {
                if position >= Self.width, let done = await group.next() { await take(done) }
                let parent = type.parent.map { parents[$0.kind] ?? ParentListing(items: []) }
                group.addTask {
                    await list(
                        type, index.table(of: type.name), index.table(of: ""), heldBack[type.name], parent)
                }
            }
            for await done in group { await take(done) }
        }
    }

    private func list(
        _ type: ResourceType, _ table: KeyTable, _ legacy: KeyTable, _ quarantine: Quarantine?,
        _ parent: ParentListing?
    ) async -> Listed {
        let timeout = settings.listingTimeout
        var (listed, isLate) = await deadlines.run(within: timeout) {
            await plan.types.contains(type.name)
                ? store(type, table, legacy, quarantine, parent) : discard(type, quarantine, parent)
        }
        if let failure = listed.parent?.failure, failure.isUnsettled {
            listed.end(with: await refusals.settle(failure, account: account, region: region))
        }
        guard let outcome = listed.result?.outcome ?? listed.parent?.failure?.outcome, !outcome.isProof else {
            return listed
        }
        let cause = listed.result?.error ?? listed.parent?.failure?.error
        if isLate {
            listed.end(with: late(type.operation, "ListingTimeout", "not done after \(timeout)", cause))
        } else if outcome == .cancelled, isRunLate() {
            listed.end(with: late(type.operation, "RunTimeout", "the run was not done in time", cause))
        }
        return listed
    }

    /// Lists a type and reconciles it with the store.
    private func store(
        _ type: ResourceType, _ table: KeyTable, _ legacy: KeyTable, _ quarantine: Quarantine?,
        _ parent: ParentListing?
    ) async -> Listed {
        let listing = Listing(type: type.name, scope: plan.unit.scope)
        let remains = await remains(listing)
        var writer = writer(listing, table, legacy, quarantine, remains.changes)
        var report = await list(type, from: remains, parent, into: &writer)
        if report.isStale {
            logger.info(
                "\(listing) starts from its beginning: it cannot go on where it stood", [.run: runID, .type: type.name])
            writer = self.writer(listing, table, legacy, quarantine, remains.changes)
            await forget(remains.parent)
            report = await lister(type).run(parents: parent?.items, into: &writer)
        }
        // Children of parents that were not all seen are not all seen either.
        report.failure = report.failure.map { explained($0, type) } ?? parent?.failure
        do throws(ListingFailure) {
            try await writer.finish(isProof: report.failure == nil, trusts: parent?.isHeldBack != true)
        } catch {
            report.failure = report.failure ?? error
        }
        await note(writer.heldBack, listing, before: quarantine, isProof: report.failure == nil)
        let guarded = writer.heldBack.error(
            operation: type.operation, limitInPercent: settings.shrinkGuard.limitInPercent)
        let result = ListingResult(
            listing: listing, outcome: report.failure?.outcome ?? (writer.count == 0 ? .empty : .complete),
            error: report.failure?.error ?? guarded, count: writer.count, changes: writer.changes,
            stored: report.failure == nil ? writer.stored : nil)
        return Listed(
            type: type, result: result, live: writer.liveCount, adopted: writer.adoptedCount,
            parent: ParentListing(
                items: report.items, failure: report.failure, isHeldBack: !writer.heldBack.missing.isEmpty))
    }

    /// Remembers what is held back, and forgets what a complete listing no longer holds back.
    private func note(_ heldBack: HeldBack, _ listing: Listing, before: Quarantine?, isProof: Bool) async {
        let after = heldBack.quarantine(of: listing, run: runID, now: now(), before: before, isProof: isProof)
        guard after != before else { return }
        do throws(StoreError) {
            try await quarantines.setQuarantine(after, of: listing)
        } catch {
            // What was kept stays; the next listing holds it back anew.
            conditions.failed(.ledger, "what is held back of \(listing) cannot be recorded: \(error)")
        }
        guard before != nil, after == nil else { return }
        logger.notice(
            "\(listing) is no longer held back: another listing confirmed the loss, or what was missing is back",
            [.run: runID, .type: listing.type, .account: listing.scope.account, .region: listing.scope.region],
            id: .listingReleased)
    }

    private func writer(
        _ listing: Listing, _ table: KeyTable, _ legacy: KeyTable, _ quarantine: Quarantine?, _ logged: ChangeCounts?
    ) -> ListingWriter {
        ListingWriter(
            store: store, journal: journal, listing: listing, table: table, legacy: legacy, renewal: settings.renewal,
            shrinkGuard: settings.shrinkGuard, earlier: quarantine.flatMap { $0.run == runID ? nil : $0 },
            logged: logged, writesUnchanged: writesUnchanged, runID: runID, now: now)
    }

    /// A refusal names what it takes; what children report of their parent's comes from here too.
    func explained(_ failure: ListingFailure, _ type: ResourceType) -> ListingFailure {
        failure.naming { service.actions(of: $0, in: type) }
    }

    func lister(_ type: ResourceType) -> ResourceLister {
        ResourceLister(
            service: service.client, type: type, redacts: !settings.unredactedTypes.contains(type.name), client: client,
            credentials: account.credentials, scope: plan.unit.scope, region: region,
            keeping: isParent(type.kind) ? ParentProjection(of: type, in: service.types) : nil, tags: tags)
    }

    /// Time that ran out while a call waited for AWS to let it through is told as that.
    private func late(
        _ operation: String, _ code: String, _ message: String, _ cause: ListingError? = nil
    ) -> ListingFailure {
        if let cause, cause.code == ListingFailure.waitingCode {
            let error = ListingError(
                operation: cause.operation, code: code, message: "\(message): \(cause.message)")
            return ListingFailure(outcome: .throttled, error: error)
        }
        return ListingFailure(
            outcome: .timedOut, error: ListingError(operation: operation, code: code, message: message))
    }

    private func failed(_ listing: Listing, _ failure: ListingFailure) -> ListingResult {
        let isLate = failure.outcome == .cancelled && isRunLate()
        let failure = isLate ? late("", "RunTimeout", "the run was not done in time") : failure
        return ListingResult(listing: listing, outcome: failure.outcome, error: failure.error)
    }
}
