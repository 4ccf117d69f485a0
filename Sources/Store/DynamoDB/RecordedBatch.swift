import Inventory
import Synchronization

/// Writes batches and their changes so that neither is ever there without the other, whenever the process ends.
final class RecordedBatch: Sendable {
    let journal: ChangeJournal
    private let client: DynamoDBClient
    private let table: String
    private let now: @Sendable () -> Int
    private let signal: ChangeSignal
    /// Tickets whose writes ended without a word, by partition key: settled before the unit is written again.
    private let open = Mutex<[String: [ChangeJournal.Ticket]]>([:])
    /// Why the log did not take what has happened, until somebody is told.
    private let failure = Mutex<StoreError?>(nil)

    /// Raises `signal` when changes were settled.
    init(
        journal: ChangeJournal, client: DynamoDBClient, table: String, signal: ChangeSignal,
        now: @escaping @Sendable () -> Int
    ) {
        self.signal = signal
        self.journal = journal
        self.client = client
        self.table = table
        self.now = now
    }

    /// Opens the log and settles what an earlier process left, as far as the table can be read now.
    func begin() async throws(StoreError) {
        for ticket in try await journal.begin() { keepOpen(ticket) }
        await settleOpen()
    }

    /// Settles what failed writes left, as far as the table can be read now.
    func settleOpen() async {
        for key in open.withLock({ Array($0.keys) }) {
            // What cannot be settled now is settled before the unit's next write.
            do throws(StoreError) { try await settleOpen(key) } catch { continue }
        }
    }

    /// Runs `write`, which writes the batch, between noting and settling its changes.
    ///
    /// `write` throws when something of the batch may not have been written.
    func write(
        _ batch: WriteBatch, _ write: () async throws(StoreError) -> Void
    ) async throws(StoreError) {
        try await settleOpen(batch.unit.partitionKey)
        let changes = try await changes(of: batch)
        guard !changes.isEmpty else { return try await write() }
        let ticket = try await journal.note(changes, unit: batch.unit, runID: batch.runID)
        do throws(StoreError) {
            try await write()
        } catch {
            keepOpen(ticket)
            // Told now when the table can be read; a cancelled task cannot, and leaves it to the next write or start.
            do throws(StoreError) { try await settleOpen(batch.unit.partitionKey) } catch let again { _ = again }
            throw error
        }
        // What ends before it is settled is settled at the next start, by what the table holds.
        journal.settleSoon(ticket, happened: changes) { [weak self] result in
            guard case .failure(let error) = result, let self else { return }
            keepOpen(ticket)
            failure.withLock { $0 = error }
        }
        // Whoever reads the log has it settled first.
        signal.raise()
    }

    /// Returns when the log tells of every batch whose `write` has returned. Throws when its file did not take that: what
    /// could not be settled is kept open, for the unit's next write or the next start.
    func settled() async throws(StoreError) {
        try await journal.settled()
        let failure = failure.withLock { failure in
            defer { failure = nil }
            return failure
        }
        if let failure { throw failure }
    }

    // MARK: Changes

    /// What the batch will change, told from the items as they are; those that it creates need not be read.
    private func changes(of batch: WriteBatch) async throws(StoreError) -> [PendingChange] {
        if batch.onlyCreates {
            // Nothing to read.
            return batch.puts.map { Self.change(.created, $0) }
        }
        let puts = Dictionary((batch.puts + batch.renewals).map { ($0.id, $0) }) { _, last in last }
        let deletes = Set(batch.deletes)
        let unknown = batch.puts.indices.filter { !batch.isNew($0) }.map { batch.puts[$0].id } + batch.deletes
        let old = try await reader(batch.unit).records(unknown)
        let now = now()
        var changes: [PendingChange] = []
        var told: Set<String> = []
        for record in batch.puts where puts[record.id] == record && !deletes.contains(record.id) {
            guard told.insert(record.id).inserted else { continue }
            guard let before = old[record.id] else {
                changes.append(Self.change(.created, record))
                continue
            }
            guard before.digest != record.digest,
                let diff = DocumentDiff.json(old: before.data, new: record.data, rules: batch.rules)
            else { continue }
            changes.append(Self.change(.updated, record, digest: record.digest, diff: diff))
        }
        for id in deletes.sorted() {
            // Readers no longer saw an expired item.
            guard let before = old[id], before.ttl > now else { continue }
            changes.append(Self.change(.deleted, before))
        }
        return changes
    }

    private static func change(
        _ kind: ChangeKind, _ record: ResourceRecord, digest: Digest? = nil, diff: [UInt8]? = nil
    ) -> PendingChange {
        PendingChange(
            kind: kind, id: record.id, type: record.type, arn: record.arn, name: record.name, digest: digest, diff: diff
        )
    }

    private func reader(_ unit: Unit) -> BatchReader { BatchReader(client: client, table: table, unit: unit) }

    // MARK: Open tickets

    private func keepOpen(_ ticket: ChangeJournal.Ticket) {
        open.withLock { $0[ticket.unit.partitionKey, default: []].append(ticket) }
    }

    /// Settles what is open of a unit by what the table holds: a creation has happened when the item is there, an update
    /// when its content is, a deletion when nothing is.
    private func settleOpen(_ partitionKey: String) async throws(StoreError) {
        while let ticket = open.withLock({ $0[partitionKey]?.first }) {
            let pending = try await journal.pending(ticket)
            let items = try await reader(ticket.unit).records(pending.created + pending.changes.map(\.id))
            let happened =
                pending.created.compactMap { items[$0] }.map { Self.change(.created, $0) }
                + pending.changes.filter { items[$0.id]?.digest == $0.digest }
            try await journal.settle(ticket, happened: happened)
            signal.raise()
            open.withLock { open in
                open[partitionKey]?.removeAll { $0 == ticket }
                if open[partitionKey]?.isEmpty ?? false { open[partitionKey] = nil }
            }
        }
    }
}
