import AWS
import Inventory
import JSON

/// When unchanged resources are written again so that they never expire.
package struct RenewalPolicy: Sendable, Equatable {
    /// Renewal is due when at most this many seconds of life remain, less a share that depends on the key.
    package var thresholdInSeconds = 45 * 86_400
    /// Keys are spread over this many seconds before the threshold, so that a table filled in one night is not renewed
    /// in one night.
    package var spreadInSeconds = 30 * 86_400

    package init() {}

    package func isDue(ttl: Int, now: Int, digest: Digest) -> Bool {
        let offset = Int(digest.low % UInt64(max(spreadInSeconds, 1)))
        return ttl - now <= thresholdInSeconds - offset
    }
}

/// Reconciles one listing with what the store holds, resource by resource, and writes what differs.
///
/// Deletes nothing by itself: `finish` does, and only when the caller says that the listing is proven complete and no two
/// resources came under one key.
struct ListingWriter: ListingConsumer {
    /// What writes do to the store.
    private struct Effects {
        var changes = ChangeCounts()
        /// Rows of the type that became live, less those deleted.
        var live = 0
        /// Live rows of the replaced system that now belong to the type.
        var adopted = 0
    }

    private let store: any InventoryStore
    private let journal: RunJournal?
    private let listing: Listing
    private let unit: Unit
    private let type: String
    private let renewal: RenewalPolicy
    private let writesUnchanged: Bool
    private let now: @Sendable () -> Int
    /// Rows of the replaced system, which carry no type: the first listing that sees their key adopts them.
    private let legacy: KeyTable
    private var seen: SeenResources
    private let runID: String
    private var batch: WriteBatch
    private var batchSizeInBytes = 0
    /// Of writes that the store has taken, and of those that wait for it.
    private var done = Effects()
    private var pending = Effects()
    private var collision: KeyCollision?
    /// Shown since the last checkpoint.
    private var marks: [SeenMark] = []
    /// The wall clock when the bytes at hand were read.
    private var instant: Int

    /// One transaction's worth, two requests of DynamoDB's: as many listings as there are workers may hold one each.
    private static let batchCount = 50
    private static let batchBytes = 96 << 10

    /// - Parameter journal: where checkpoints go; `nil` for a listing that need not go on after the end of the process.
    init(
        store: any InventoryStore, journal: RunJournal? = nil, listing: Listing, table: KeyTable, legacy: KeyTable,
        renewal: RenewalPolicy, writesUnchanged: Bool, runID: String = "", now: @escaping @Sendable () -> Int
    ) {
        self.store = store
        self.journal = journal
        self.runID = runID
        self.listing = listing
        unit = listing.unit
        type = listing.type
        seen = SeenResources(stored: table)
        self.legacy = legacy
        self.renewal = renewal
        self.writesUnchanged = writesUnchanged
        self.now = now
        batch = WriteBatch(unit: unit)
        let instant = now()
        self.instant = instant
        done.live = table.entries.count { $0.ttl > instant }
    }

    /// What the listing has done to the store so far.
    var changes: ChangeCounts { done.changes }
    /// Live rows of the type.
    var liveCount: Int { done.live }
    /// Live rows that were of no type before.
    var adoptedCount: Int { done.adopted }
    /// Resources the listing has shown, each once.
    var count: Int { seen.count }

    mutating func beginPage(isRestart: Bool) {
        instant = now()
        seen.beginPage(isRestart: isRestart)
    }

    mutating func accept(
        _ resource: borrowing CollectedResource, reader: TypeReader, context: ItemContext
    ) throws(ListingFailure) {
        let sight = seen.see(resource.key, resource.digest)
        if journal != nil { mark(resource, sight) }
        switch sight {
        case .again: return
        case .new: create(resource, reader, context)
        case .stored(let position): reconcile(resource, seen.stored.entries[position], reader, context)
        case .changed: replace(resource, reader, context)
        case .collision:
            guard collision == nil else { return }
            collision = KeyCollision(resource, reader, context)
        }
    }

    /// Notes the resource as the store will hold it.
    private mutating func mark(_ resource: borrowing CollectedResource, _ sight: SeenResources.Sight) {
        switch sight {
        case .again, .collision: return
        case .changed where resource.isIncomplete: return
        case .stored(let position) where resource.isIncomplete: marks.append(seen.stored.mark(position))
        case .new, .stored, .changed: marks.append(SeenMark(key: resource.key, digest: resource.digest))
        }
    }

    private mutating func create(
        _ resource: borrowing CollectedResource, _ reader: TypeReader, _ context: ItemContext
    ) {
        let known = legacy.find(resource.key).map { legacy.entries[$0] }
        if known == nil { pending.changes.created += 1 } else { pending.changes.updated += 1 }
        if let known, known.ttl > instant { pending.adopted += 1 }
        pending.live += 1
        let createdAt = known.map { $0.createdAt > 0 ? $0.createdAt : instant } ?? instant
        let record = record(resource, createdAt: createdAt, reader, context)
        if known == nil { batch.created.insert(record.id) }
        append(record, reader, isRenewal: false)
    }

    private mutating func reconcile(
        _ resource: borrowing CollectedResource, _ entry: KeyTable.Entry, _ reader: TypeReader, _ context: ItemContext
    ) {
        let isSame = entry.digest == resource.digest
        // An incomplete document never replaces a whole one.
        guard isSame || !resource.isIncomplete else {
            done.changes.unchanged += 1
            return
        }
        let isRenewal = isSame && !writesUnchanged
        if isRenewal {
            guard renewal.isDue(ttl: entry.ttl, now: instant, digest: resource.digest) else {
                done.changes.unchanged += 1
                return
            }
            pending.changes.renewed += 1
        } else if isSame {
            pending.changes.unchanged += 1
        } else {
            pending.changes.updated += 1
        }
        if entry.ttl <= instant { pending.live += 1 }
        append(record(resource, createdAt: entry.createdAt, reader, context), reader, isRenewal: isRenewal)
    }

    /// The content changed between two readings of a page. The row was counted when it was first shown.
    private mutating func replace(
        _ resource: borrowing CollectedResource, _ reader: TypeReader, _ context: ItemContext
    ) {
        guard !resource.isIncomplete else { return }
        let stored = seen.stored.find(resource.key).map { seen.stored.entries[$0] }
        let createdAt = (stored ?? legacy.find(resource.key).map { legacy.entries[$0] })?.createdAt ?? 0
        let record = record(resource, createdAt: createdAt > 0 ? createdAt : instant, reader, context)
        // A batch holds a key once.
        batch.puts.removeAll { $0.id == record.id }
        batch.renewals.removeAll { $0.id == record.id }
        append(record, reader, isRenewal: false)
    }

    mutating func flush() async throws(ListingFailure) {
        instant = now()
        guard batch.puts.count + batch.renewals.count >= Self.batchCount || batchSizeInBytes >= Self.batchBytes else {
            return
        }
        try await write()
    }

    mutating func reach(_ position: ListingPosition) async throws(ListingFailure) {
        // A collision is told at the end; a listing that went on behind it would not know.
        guard let journal, collision == nil else { return }
        // The store first: what a checkpoint calls shown must be there.
        try await write()
        let seen = marks
        marks = []
        await journal.reach(ListingCheckpoint(listing: listing, position: position, changes: changes, seen: seen))
    }

    /// Goes on where another process stood; `false` when the store does not hold what was shown there, and the listing
    /// starts from its beginning.
    mutating func resume(_ checkpoint: ListingCheckpoint) -> Bool {
        guard seen.resume(checkpoint.seen) else { return false }
        done.changes = checkpoint.changes
        return true
    }

    /// Writes the rest and, when the listing is proof, deletes what it no longer shows.
    mutating func finish(isProof: Bool) async throws(ListingFailure) {
        try await write()
        if let collision { throw await collision.failure(type: type, unit: unit, in: store) }
        guard isProof else { return }
        instant = now()
        let stored = seen.stored
        for position in stored.entries.indices where !seen.isShown(position) {
            batch.deletes.append(stored.key(position))
            // Readers no longer saw an expired row: its end is no change.
            if stored.entries[position].ttl > instant {
                pending.changes.deleted += 1
                pending.live -= 1
            }
            if batch.deletes.count >= Self.batchCount { try await write() }
        }
        try await write()
    }

    private mutating func write() async throws(ListingFailure) {
        guard !batch.isEmpty else { return }
        batch.runID = runID
        let (full, effects) = (batch, pending)
        batch = WriteBatch(unit: unit)
        batchSizeInBytes = 0
        pending = Effects()
        do throws(StoreError) {
            try await store.write(full)
        } catch {
            throw ListingFailure(error)
        }
        done.changes += effects.changes
        done.live += effects.live
        done.adopted += effects.adopted
    }

    private mutating func append(_ record: ResourceRecord, _ reader: TypeReader, isRenewal: Bool) {
        if batch.rules == nil { batch.rules = reader.rules }
        batchSizeInBytes += record.data.count
        if isRenewal { batch.renewals.append(record) } else { batch.puts.append(record) }
    }

    private func record(
        _ resource: borrowing CollectedResource, createdAt: Int, _ reader: TypeReader, _ context: ItemContext
    ) -> ResourceRecord {
        let id = DocumentCopy.string(resource.key)
        let tags = ResourceTags(of: resource.document, paths: reader.tagPaths)
        let facts = reader.facts(resource, tags: tags, context)
        return ResourceRecord(
            type: type, unit: unit, id: id, arn: facts.arn, name: facts.name, tags: tags.json,
            data: DocumentCopy.bytes(resource.document), digest: resource.digest, updatedAt: instant,
            createdAt: createdAt, ttl: instant + ResourceRecord.lifetimeInSeconds)
    }
}

/// Copies out of borrowed bytes.
enum DocumentCopy {
    static func bytes(_ span: Span<UInt8>) -> [UInt8] {
        span.withUnsafeBufferPointer { Array($0) }
    }

    static func string(_ span: Span<UInt8>) -> String {
        span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}

/// Takes resources that are not stored: parents listed only for their children.
struct DiscardingConsumer: ListingConsumer {
    mutating func beginPage(isRestart: Bool) {}

    mutating func accept(
        _ resource: borrowing CollectedResource, reader: TypeReader, context: ItemContext
    ) throws(ListingFailure) {}

    mutating func flush() async throws(ListingFailure) {}

    mutating func reach(_ position: ListingPosition) async throws(ListingFailure) {}
}

extension ListingFailure {
    /// A store that does not take what was collected: the rows it has stay as they are.
    init(_ error: StoreError) {
        let (code, message) =
            switch error {
            case .unavailable(let text): ("StoreUnavailable", text)
            case .exhausted(let text): ("StoreExhausted", text)
            case .refused(let text): ("StoreRefused", text)
            case .corrupt(let text): ("StoreCorrupt", text)
            case .cancelled: ("Cancelled", "cancelled")
            }
        self.init(
            outcome: error == .cancelled ? .cancelled : .failed,
            error: ListingError(operation: "", code: code, message: message))
    }
}
