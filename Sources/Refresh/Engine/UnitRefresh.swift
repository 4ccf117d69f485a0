import AWS
import Inventory
import Telemetry

/// Refreshes one unit: lists its types, parents before children, reconciles each with the store, and publishes the
/// unit's metadata when all have ended.
struct UnitRefresh: Sendable {
    let plan: UnitPlan
    let service: CatalogueService
    /// Where to call; for global services the partition's home region.
    let region: String
    let client: AWSClient
    let credentials: any CredentialsProvider
    let store: any InventoryStore
    let settings: RefreshSettings
    let runID: String
    let writesUnchanged: Bool
    let now: @Sendable () -> Int

    /// Listings of one unit under way at a time; the client's own limit holds over all units.
    private static let width = 8

    /// Answers a result for each planned listing. Never throws: failures are results.
    func run(report: @Sendable ([ListingResult]) async -> Void) async -> [ListingResult] {
        let index: StoredIndex
        do throws(StoreError) {
            index = try await store.index(of: plan.unit)
        } catch {
            let results = plan.listings.map { failed($0, ListingFailure(error)) }
            await report(results)
            return results
        }
        var results: [ListingResult] = []
        var live = index.tables.filter { !plan.types.contains($0.key) }.mapValues { liveCount($0) }
        var parents: [String: ParentListing] = [:]
        for wave in waves() {
            for outcome in await list(wave, index, parents) {
                if let listed = outcome.parent { parents[outcome.type.kind] = listed }
                guard let result = outcome.result else { continue }
                live[result.listing.type] = outcome.live
                results.append(result)
                await report([result])
            }
        }
        await publish(results, resourceCount: live.values.reduce(0, +))
        return results
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

    private func isParent(_ kind: String) -> Bool {
        let selected = Set(plan.types)
        return service.types.contains { $0.parent?.kind == kind && (selected.contains($0.name) || isParent($0.kind)) }
    }

    // MARK: Listing

    private struct ParentListing: Sendable {
        var items: [ParentItem]
        var failure: ListingFailure?
    }

    private struct Listed: Sendable {
        var type: ResourceType
        /// `nil` for parents that are only listed for their children.
        var result: ListingResult?
        /// Live rows of the type afterwards.
        var live = 0
        var parent: ParentListing?
    }

    private func list(
        _ wave: [ResourceType], _ index: StoredIndex, _ parents: [String: ParentListing]
    ) async -> [Listed] {
        await withTaskGroup(of: Listed.self) { group in
            var listed: [Listed] = []
            for (position, type) in wave.enumerated() {
                if position >= Self.width, let done = await group.next() { listed.append(done) }
                let parent = type.parent.map { parents[$0.kind] ?? ParentListing(items: []) }
                var index = index
                let table = index.take(type: type.name)
                let legacy = index.take(type: "")
                group.addTask { await list(type, table, legacy, parent) }
            }
            for await done in group { listed.append(done) }
            return listed
        }
    }

    private func list(
        _ type: ResourceType, _ table: KeyTable, _ legacy: KeyTable, _ parent: ParentListing?
    ) async -> Listed {
        let listing = Listing(type: type.name, scope: plan.unit.scope)
        let lister = ResourceLister(
            service: service.client, type: type, redacts: !settings.unredactedTypes.contains(type.name), client: client,
            credentials: credentials, scope: plan.unit.scope, region: region, keepsItems: isParent(type.kind))
        let isStored = plan.types.contains(type.name)
        let timeout = settings.listingTimeout
        let work: @Sendable () async -> Listed = {
            guard isStored else {
                var consumer = DiscardingConsumer()
                let report = await lister.run(parents: parent?.items, into: &consumer)
                return Listed(
                    type: type, parent: ParentListing(items: report.items, failure: report.failure ?? parent?.failure))
            }
            var writer = ListingWriter(
                store: store, listing: listing, table: table, legacy: legacy, renewal: settings.renewal,
                writesUnchanged: writesUnchanged, now: now)
            var report = await lister.run(parents: parent?.items, into: &writer)
            // Children of parents that were not all seen are not all seen either.
            report.failure = report.failure ?? parent?.failure
            do throws(ListingFailure) {
                try await writer.finish(isProof: report.failure == nil)
            } catch {
                report.failure = error
            }
            let outcome = report.failure?.outcome ?? (report.count == 0 ? .empty : .complete)
            let result = ListingResult(
                listing: listing, outcome: outcome, error: report.failure?.error, count: report.count,
                changes: writer.changes)
            return Listed(
                type: type, result: result, live: writer.liveCount,
                parent: ParentListing(items: report.items, failure: report.failure))
        }
        var (listed, isLate) = await Deadline.run(within: timeout, work)
        if isLate, listed.result?.outcome != .complete, listed.result?.outcome != .empty {
            let failure = ListingFailure(
                outcome: .timedOut,
                error: ListingError(
                    operation: type.operation, code: "ListingTimeout", message: "not done after \(timeout)"))
            listed.result?.outcome = failure.outcome
            listed.result?.error = failure.error
            listed.parent?.failure = failure
        }
        return listed
    }

    private func failed(_ listing: Listing, _ failure: ListingFailure) -> ListingResult {
        ListingResult(listing: listing, outcome: failure.outcome, error: failure.error)
    }

    // MARK: Metadata

    private func publish(_ results: [ListingResult], resourceCount: Int) async {
        let instant = now()
        let isGood = results.allSatisfy { $0.outcome.isGood }
        let anyProof = results.contains { $0.outcome.isGood }
        let previous = try? await store.metadata(of: plan.unit)
        let fresh = results.map {
            UnitMetadata.TypeOutcome(
                type: $0.listing.type, outcome: $0.outcome, count: $0.count, error: $0.error.map { "\($0.code): \($0.message)" })
        }
        let kept = (previous?.outcomes ?? []).filter { old in !fresh.contains { $0.type == old.type } }
        let metadata = UnitMetadata(
            unit: plan.unit, resourceCount: resourceCount, updatedAt: isGood ? instant : previous?.updatedAt,
            lastAttemptAt: instant, lastGoodAt: isGood ? instant : previous?.lastGoodAt,
            status: isGood ? "ok" : anyProof ? "partial" : "failed",
            outcomes: (fresh + kept).sorted { $0.type < $1.type }, runID: runID)
        // The rows are written; a metadata record that cannot be written now is written by the next refresh, and the
        // store reports its own trouble with the next batch.
        try? await store.publish(metadata)
    }
}
