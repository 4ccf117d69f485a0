import Inventory
import Telemetry

/// Writes what the listings of a run come to into the ledger. However many listings write at the same time, one
/// transaction is under way and the next takes all that has come meanwhile.
///
/// The ledger is the record of the work, not the work: what it cannot take is a condition, kept for the next try, and the
/// run goes on.
actor RunJournal {
    private let ledger: any RunLedger
    private let run: String
    private let conditions: Conditions
    private let logger: Logger
    private var results: [ListingResult] = []
    private var checkpoints: [ListingCheckpoint] = []
    private var parents: [ParentPage] = []
    private var waiting: [CheckedContinuation<Bool, Never>] = []
    private var isWriting = false
    private var lost = 0

    /// Results that wait for a ledger that takes nothing: about 10 MB.
    private static let backlogLimit = 20_000

    init(ledger: any RunLedger, run: String, conditions: Conditions, logger: Logger) {
        self.ledger = ledger
        self.run = run
        self.conditions = conditions
        self.logger = logger
    }

    /// Returns when the ledger has the results, or refuses them. Not cancelled: a write is short, and what has ended is
    /// recorded whatever becomes of the run.
    func record(_ results: [ListingResult]) async {
        guard !results.isEmpty else { return }
        self.results += results
        _ = await written()  // kept for the next try
    }

    /// The same for how far a listing has got, as one that is reconciled and as a parent. `false` when neither can be
    /// written: what was written before holds, and what these say of resources must come with the next.
    func reach(_ checkpoint: ListingCheckpoint?, _ parent: ParentPage?) async -> Bool {
        if let checkpoint { checkpoints.append(checkpoint) }
        if let parent { parents.append(parent) }
        return await written()
    }

    /// Tries once more to write what the ledger would not take.
    func flush() async {
        guard !results.isEmpty else { return }
        _ = await written()  // as above
    }

    private func written() async -> Bool {
        await withCheckedContinuation { continuation in
            waiting.append(continuation)
            guard !isWriting else { return }
            isWriting = true
            // Unstructured: the write is for all who wait, so it must not end with the one that began it.
            Task { await write() }
        }
    }

    private func write() async {
        while !waiting.isEmpty {
            let (results, checkpoints, parents, waiting) = (results, checkpoints, parents, waiting)
            (self.results, self.checkpoints, self.parents, self.waiting) = ([], [], [], [])
            var isWritten = true
            do throws(StoreError) {
                try await ledger.record(results, checkpoints: checkpoints, parents: parents, run: run)
                recovered()
            } catch {
                isWritten = false
                keep(results, error)
            }
            for continuation in waiting { continuation.resume(returning: isWritten) }
        }
        isWriting = false
    }

    private func recovered() {
        conditions.succeeded(.ledger)
        guard lost > 0 else { return }
        logger.warning("the outcomes of \(lost) listings are lost to the run ledger", [.run: run])
        lost = 0
    }

    private func keep(_ results: [ListingResult], _ error: StoreError) {
        let room = max(Self.backlogLimit - self.results.count, 0)
        self.results = results.suffix(room) + self.results
        lost += max(results.count - room, 0)
        conditions.failed(.ledger, "\(error)")
    }
}
