import Inventory
import Telemetry

/// Publishes a unit's metadata: the last write of its refresh, whatever became of it.
struct UnitPublisher: Sendable {
    let store: any InventoryStore
    let runID: String
    let conditions: Conditions
    let logger: Logger
    let now: @Sendable () -> Int

    /// Publishes what became of a unit's listings, those of a cancelled run too. Nothing when none was attempted.
    ///
    /// - Parameter resourceCount: live rows afterwards; `nil` where they were not counted because nothing was written.
    func publish(_ unit: Unit, _ results: [ListingResult], resourceCount: Int?) async {
        guard results.contains(where: { Self.isAttempt($0.outcome) }) else { return }
        // Unstructured: what was written is published even when the run is cancelled; the write is short.
        await Task {
            do throws(StoreError) {
                // Without the record before, its times would be lost, so a failure to read it is a failure to publish.
                let previous = try await store.metadata(of: unit)
                try await store.publish(
                    metadata(unit, results, resourceCount ?? previous?.resourceCount ?? 0, previous))
            } catch {
                guard !conditions.note(error) else { return }
                logger.error(
                    "the metadata of \(unit) cannot be written, the next refresh writes it: \(error)",
                    [.run: runID, .service: unit.service, .account: unit.account, .region: unit.scope.region],
                    id: .storeUnavailable)
            }
        }.value
    }

    private func metadata(
        _ unit: Unit, _ results: [ListingResult], _ resourceCount: Int, _ previous: UnitMetadata?
    ) -> UnitMetadata {
        let instant = now()
        let isGood = results.allSatisfy { $0.isGood }
        // A cancelled listing tells nothing that is newer than what was known of it.
        let known = Set((previous?.outcomes ?? []).map(\.type))
        let fresh = results.filter { Self.isAttempt($0.outcome) || !known.contains($0.listing.type) }.map {
            UnitMetadata.TypeOutcome(
                type: $0.listing.type, outcome: $0.outcome, count: $0.count,
                error: $0.error.map { "\($0.code): \($0.message)" })
        }
        let replaced = Set(fresh.map(\.type))
        let kept = (previous?.outcomes ?? []).filter { !replaced.contains($0.type) }
        // A refresh of some types leaves the unit as it was for the others.
        let outcomes = fresh + kept
        let isWhole = outcomes.allSatisfy { $0.isGood }
        let isPartlyGood = outcomes.contains { $0.outcome.isGood }
        return UnitMetadata(
            unit: unit, resourceCount: resourceCount, updatedAt: isGood ? instant : previous?.updatedAt,
            lastAttemptAt: instant, lastGoodAt: isGood && isWhole ? instant : previous?.lastGoodAt,
            status: isWhole ? "ok" : isPartlyGood ? "partial" : "failed",
            outcomes: outcomes.sorted { $0.type < $1.type }, runID: runID)
    }

    private static func isAttempt(_ outcome: Outcome) -> Bool { outcome != .cancelled && outcome != .interrupted }
}
