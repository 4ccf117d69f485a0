import Inventory

/// What a run that gives up leaves to those that wait for its units.
extension RunExecution {
    /// Hands over how far a listing has got that ends before it is done, and the items of its parents, before the ledger
    /// forgets both with the run's end.
    func handOver(_ result: ListingResult) async {
        let unit = result.listing.unit
        guard result.outcome == .cancelled || result.outcome == .timedOut, await locks.isAwaited(unit) else { return }
        let listings = lineage(of: result.listing)
        // Unstructured: the run is cancelled, and a cancelled task reads nothing; the reads are short.
        await Task {
            for listing in listings {
                // What cannot be read is listed again.
                guard let remains = try? await ledger.remains(of: listing, run: handle.id) else { continue }
                await locks.leave(remains.handedOver, of: listing)
            }
        }.value
    }

    /// The listing and those of its type's parents.
    private func lineage(of listing: Listing) -> [Listing] {
        guard let service = try? catalogue.service(listing.service) else { return [listing] }
        var lineage = [listing]
        var type = service.types.first { $0.name == listing.type }
        // No chain of parents is longer than there are types.
        while let parent = type?.parent.flatMap({ service.type($0.kind) }), lineage.count <= service.types.count {
            lineage.append(Listing(type: parent.name, scope: listing.scope))
            type = parent
        }
        return lineage
    }
}
