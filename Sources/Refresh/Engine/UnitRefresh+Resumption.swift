import Inventory

/// Listings that go on where an earlier process left them, and parents whose items it has kept.
extension UnitRefresh {
    /// Lists from where an earlier process stood, if the store holds what was shown there, and the ledger the items that
    /// children are listed from.
    func list(
        _ type: ResourceType, from remains: ListingRemains, _ parent: ParentListing?,
        into writer: inout ListingWriter
    ) async -> ResourceLister.Report {
        guard let checkpoint = remains.checkpoint else {
            await forget(remains.parent)
            return await lister(type).run(parents: parent?.items, into: &writer)
        }
        let isWhole = !isParent(type.kind) || remains.parent?.position == checkpoint.position
        guard isWhole, writer.resume(remains) else { return ResourceLister.Report(isStale: true) }
        return await lister(type).run(
            parents: parent?.items, from: checkpoint.position, kept: remains.parent?.items ?? [], into: &writer)
    }

    /// Makes the ledger forget the items of a parent's listing that begins anew, which may find none.
    func forget(_ page: ParentPage?) async {
        guard let page else { return }
        // No listing has this plan. What the ledger cannot take is told by the journal, and replaced by the next page.
        let beginning = ListingPosition(plan: 0, input: 0, parent: 0)
        _ = await journal.reach(
            nil, ParentPage(listing: page.listing, position: beginning, items: [], isFirst: true))
    }

    /// Lists a type for its children alone, which need no more of it than the list tells: one that is not asked for, or
    /// has ended before a restart and is mostly whole in the ledger.
    func discard(_ type: ResourceType, _ quarantine: Quarantine?, _ parent: ParentListing?) async -> Listed {
        let listing = Listing(type: type.name, scope: plan.unit.scope)
        let remains = await remains(listing)
        let known = remains.parent
        var type = type
        type.detail = nil
        type.enrichments = []
        type.tagging = nil
        var consumer = DiscardingConsumer(listing, journal: journal, from: remains)
        var report = await lister(type).run(
            parents: parent?.items, from: known?.position, kept: known?.items ?? [], into: &consumer)
        if report.isStale {
            await forget(known)
            consumer = DiscardingConsumer(listing, journal: journal, from: nil)
            report = await lister(type).run(parents: parent?.items, into: &consumer)
        }
        // Held back in this run: it ended before a restart.
        let isHeldBack = quarantine.map { $0.run == runID && !$0.missing.isEmpty } ?? false
        return Listed(
            type: type,
            parent: ParentListing(
                items: report.items, failure: report.failure.map { explained($0, type) } ?? parent?.failure,
                isHeldBack: isHeldBack))
    }
}
