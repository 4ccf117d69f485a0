import AWS
import Inventory
import Telemetry

/// What a run is to list, account by account; after a restart without what has ended before.
extension RunExecution {
    func plan(_ account: KnownAccount) async -> [Work] {
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
            // The process ends: what this account would list is planned after the restart.
            if error.outcome == .cancelled, handle.isSuspended { return [] }
            let assumed = await accounts.assumedRegions(of: account)
            work = units(account, requested.isEmpty ? assumed : requested, types, error)
            tell(account, error)
        }
        let (known, reopened) = await standing(of: work.map(\.plan))
        let logged = reopened.isEmpty ? nil : await loggedChanges(of: reopened)
        await extend(work.flatMap(\.plan.listings).filter { known[$0] == nil })
        return work.compactMap { remainder(of: $0, known, logged) }
    }

    private func units(
        _ account: KnownAccount, _ regions: [String], _ types: [String], _ failure: ListingFailure?
    ) -> [Work] {
        let planned = PlannedAccount(id: account.id, regions: regions, types: types)
        return Planner.units(planned) { catalogue.isOffered($0, in: $1) }
            .map { Work(plan: $0, account: account, types: types, failure: failure) }
    }

    private static var notEnabled: ListingFailure {
        ListingFailure(
            outcome: .notEnabled,
            error: ListingError(
                operation: "", code: "RegionNotEnabled",
                message: "the account has not enabled the region, or is not configured for it"))
    }

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
    func failWhole(_ failure: ListingFailure) async {
        if failure.outcome == .cancelled, handle.isSuspended { return }
        let target = AccountTarget(id: nil, sessionName: "")
        let types = (try? selection(target)) ?? []
        let scope = Scope(account: "unknown", region: settings.homeRegion)
        let planned = types.map { Listing(type: $0, scope: scope) }
        let known = await ledgerResults(of: planned)
        await extend(planned.filter { known[$0] == nil })
        let listings = planned.filter { known[$0]?.result == nil }
        guard failure.outcome != .cancelled else { return await finish(listings, failure) }
        logger.error(
            "some accounts cannot be told: \(failure.error.code): \(failure.error.message)",
            [.run: handle.id, .outcome: failure.outcome.rawValue, .awsError: failure.error.code],
            id: .accountUnreachable)
        await finish(listings, failure)
    }

    private func extend(_ listings: [Listing]) async {
        guard !listings.isEmpty else { return }
        handle.update { $0.plan(listings) }
        await note { () async throws(StoreError) in try await ledger.extend(run: handle.id, plan: listings) }
    }

    // MARK: After a restart

    /// What of the unit is still to be done; `nil` when all of it has ended.
    private func remainder(
        of work: Work, _ known: [Listing: PlannedListing], _ logged: [Listing: ChangeCounts]?
    ) -> Work? {
        var work = work
        work.logged = logged
        work.ended = work.plan.listings.compactMap { known[$0]?.result }
        let ended = Set(work.ended.map(\.listing.type))
        work.plan.types.removeAll { ended.contains($0) }
        return work.plan.types.isEmpty ? nil : work
    }

    /// Listings that the ledger has from before a restart. When the machine was started anew the ledger may have kept what
    /// the store has lost: then those count whose unit's metadata says that this run completed it, or whose rows are all
    /// there, and the others are taken back.
    private func standing(
        of units: [UnitPlan]
    ) async -> (known: [Listing: PlannedListing], reopened: Set<Listing>) {
        var known = await ledgerResults(of: units.flatMap(\.listings))
        guard resumed?.isAfterReboot == true else { return (known, []) }
        var lost: [ListingResult] = []
        for plan in units {
            let ended = plan.listings.compactMap { known[$0]?.result }
            guard !ended.isEmpty else { continue }
            let isWhole = ended.count == plan.types.count
            if isWhole, let metadata = try? await store.metadata(of: plan.unit), metadata.runID == handle.id {
                continue
            }
            lost += await self.lost(ended, of: plan.unit, isWhole: isWhole)
        }
        for result in lost { known[result.listing]?.result = nil }
        let (taken, listings) = (lost, lost.map(\.listing))
        handle.update { $0.remove(taken) }
        await note { () async throws(StoreError) in try await ledger.reopen(listings, run: handle.id) }
        return (known, Set(listings))
    }

    /// Those of a unit's ended listings whose rows are not in the store as they were.
    private func lost(_ ended: [ListingResult], of unit: Unit, isWhole: Bool) async -> [ListingResult] {
        // What cannot be read cannot be relied on.
        guard let index = try? await store.index(of: unit) else { return ended }
        let lost = ended.filter { !$0.holds(in: index) }
        guard lost.isEmpty, isWhole, let least = ended.min(by: { $0.count < $1.count }) else { return lost }
        // All is there but the unit's metadata, which are published with its last listing.
        return [least]
    }

    /// What the ledger knows of these listings; nothing in a run that began in this process.
    func ledgerResults(of listings: [Listing]) async -> [Listing: PlannedListing] {
        guard resumed != nil else { return [:] }
        do throws(StoreError) {
            let planned = try await ledger.results(run: handle.id, of: listings)
            return Dictionary(planned.map { ($0.listing, $0) }) { first, _ in first }
        } catch {
            // Listed again, and recorded over.
            logger.error(
                "the run ledger cannot be read, what it has of the run is done again: \(error)", [.run: handle.id],
                id: .storeUnavailable)
            return [:]
        }
    }
}
