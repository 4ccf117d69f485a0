import Inventory
import JSON

/// Reconciles one listing with what the store holds, resource by resource, and writes what differs.
///
/// Deletes nothing by itself: `finish` does, and only when the caller says that the listing is proven complete and no two
/// resources came under one key.
struct ListingWriter: ListingConsumer {
    private let store: any InventoryStore
    private let journal: RunJournal?
    private let listing: Listing
    private let unit: Unit
    private let type: String
    private let renewal: RenewalPolicy
    private let writesUnchanged: Bool
    private let now: @Sendable () -> Int
    private let shrinkGuard: ShrinkGuard
    /// What an earlier run held back of the listing.
    private let earlier: Quarantine?
    /// Rows of the replaced system, which carry no type: the first listing that sees their key adopts them.
    private let legacy: KeyTable
    private var seen: SeenResources
    private let runID: String
    private var batch: WriteBatch
    private var batchSizeInBytes = 0
    /// Of writes that the store has taken, and of those that wait for it.
    private var done = WriteEffects()
    private var pending = WriteEffects()
    /// The type's, for what the store tells of changes; known from the first resource on.
    private var rules: MemberRules?
    private var collision: KeyCollision?
    /// The first resource whose key no store can hold.
    private var unstorable: ListingFailure?
    private var leftOut = LeftOut()
    private var untagged = UntaggedResources()
    /// What this listing holds back, and why.
    private(set) var heldBack = HeldBack()
    /// What earlier processes of the run did, by the change log.
    private let logged: ChangeCounts?
    private var trail = ListingTrail()
    /// The wall clock when the bytes at hand were read.
    private var instant: Int
    private let scratch = Scratch()

    /// Memory that facts of one resource after the other are written in.
    private final class Scratch {
        var text = ByteBuffer(capacity: 512)
    }

    /// Three requests of DynamoDB's, and most pages: as many listings as there are workers may hold one each.
    static let batchCount = 75
    private static let batchBytes = 192 << 10

    /// - Parameters:
    ///   - journal: where checkpoints go; `nil` for a listing that need not go on after the end of the process.
    ///   - earlier: what another run held back of the listing, which this one confirms where it shows the same.
    ///   - logged: what earlier processes of the run did, by the change log; `nil` where there were none.
    init(
        store: any InventoryStore, journal: RunJournal? = nil, listing: Listing, table: KeyTable, legacy: KeyTable,
        renewal: RenewalPolicy, shrinkGuard: ShrinkGuard, earlier: Quarantine?, logged: ChangeCounts? = nil,
        writesUnchanged: Bool, runID: String = "", now: @escaping @Sendable () -> Int
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
        self.shrinkGuard = shrinkGuard
        self.earlier = earlier
        self.logged = logged
        self.writesUnchanged = writesUnchanged
        self.now = now
        batch = WriteBatch(unit: unit)
        let instant = now()
        self.instant = instant
        done.changes = done.changes.replaced(by: logged)
        done.live = table.entries.count { $0.ttl > instant }
    }

    /// What the listing has done to the store so far, in earlier processes of the run too.
    var changes: ChangeCounts { done.changes.settled(with: logged, count: count) }
    /// Live rows of the type.
    var liveCount: Int { done.live }
    /// Live rows that were of no type before.
    var adoptedCount: Int { done.adopted }
    /// Resources the listing has shown, each once.
    var count: Int { seen.count }
    /// The type's rows in the store after a listing that is proof; `nil` when they cannot be told.
    var stored: MarkSum? { journal == nil || !heldBack.untagged.isEmpty ? nil : trail.rows }

    mutating func beginPage(isRestart: Bool) {
        instant = now()
        seen.beginPage(isRestart: isRestart)
    }

    mutating func accept(
        _ resource: borrowing CollectedResource, reader: TypeReader, context: ItemContext
    ) throws(ListingFailure) {
        guard resource.key.count <= ResourceRecord.keyLimitInBytes else {
            unstorable = unstorable ?? tooLong(resource, reader)
            return
        }
        if rules == nil { rules = reader.rules }
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

    private func tooLong(_ resource: borrowing CollectedResource, _ reader: TypeReader) -> ListingFailure {
        let key = DocumentCopy.string(resource.key.extracting(0..<100))
        return ListingFailure(
            outcome: .failed,
            error: ListingError(
                operation: reader.type.operation, code: "KeyTooLong",
                message: "a resource of \(type) has a key of \(resource.key.count) bytes, more than the "
                    + "\(ResourceRecord.keyLimitInBytes) that a store takes, and is not stored: \(key)…"))
    }

    /// Notes the resource as the store will hold it.
    private mutating func mark(_ resource: borrowing CollectedResource, _ sight: SeenResources.Sight) {
        let mark: SeenMark
        switch sight {
        case .again, .collision: return
        case .changed where resource.isIncomplete: return
        case .stored(let position) where resource.isIncomplete: mark = seen.stored.mark(position)
        case .new, .stored, .changed: mark = SeenMark(key: resource.key, digest: resource.digest)
        }
        trail.show(mark, isChange: sight == .changed)
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
        append(record, isRenewal: false, isNew: known == nil)
    }

    private mutating func reconcile(
        _ resource: borrowing CollectedResource, _ entry: KeyTable.Entry, _ reader: TypeReader, _ context: ItemContext
    ) {
        let isSame = entry.digest == resource.digest
        // An incomplete document never replaces a whole one.
        guard isSame || !resource.isIncomplete else { return keep(resource, entry) }
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
            let record = record(resource, createdAt: entry.createdAt, reader, context)
            guard !hold(record, resource, entry) else { return }
            pending.changes.updated += 1
            if entry.ttl <= instant { pending.live += 1 }
            return append(record, isRenewal: false)
        }
        if entry.ttl <= instant { pending.live += 1 }
        append(record(resource, createdAt: entry.createdAt, reader, context), isRenewal: isRenewal)
    }

    /// Keeps a row whose document could not be completed as it is. It was seen, so it must not expire.
    private mutating func keep(_ resource: borrowing CollectedResource, _ entry: KeyTable.Entry) {
        guard let digest = entry.digest, renewal.isDue(ttl: entry.ttl, now: instant, digest: digest) else {
            done.changes.unchanged += 1
            return
        }
        pending.changes.renewed += 1
        if entry.ttl <= instant { pending.live += 1 }
        batch.touches.append(
            .init(
                id: DocumentCopy.string(resource.key), updatedAt: instant,
                ttl: instant + ResourceRecord.lifetimeInSeconds))
    }

    /// Keeps a row that lost all its tags from being overwritten until it is known how many did.
    private mutating func hold(
        _ record: ResourceRecord, _ resource: borrowing CollectedResource, _ entry: KeyTable.Entry
    ) -> Bool {
        guard shrinkGuard.limitInPercent > 0, entry.hasTags, entry.ttl > instant, record.tags == Self.noTags else {
            return false
        }
        let fingerprint = KeyFingerprint.of(resource.key)
        guard earlier?.untagged.contains(fingerprint) != true else { return false }
        untagged.add(record, fingerprint: fingerprint)
        return true
    }

    private static let noTags = Array("{}".utf8)

    /// The content changed between two readings of a page. The row was counted when it was first shown.
    private mutating func replace(
        _ resource: borrowing CollectedResource, _ reader: TypeReader, _ context: ItemContext
    ) {
        guard !resource.isIncomplete else { return }
        let stored = seen.stored.find(resource.key).map { seen.stored.entries[$0] }
        let createdAt = (stored ?? legacy.find(resource.key).map { legacy.entries[$0] })?.createdAt ?? 0
        let record = record(resource, createdAt: createdAt > 0 ? createdAt : instant, reader, context)
        // A batch holds a key once.
        let isNew = batch.withdraw(record.id)
        untagged.remove(id: record.id, fingerprint: KeyFingerprint.of(resource.key))
        if let stored, hold(record, resource, stored) { return }
        append(record, isRenewal: false, isNew: isNew)
    }

    mutating func flush() async throws(ListingFailure) {
        instant = now()
        let count = batch.puts.count + batch.renewals.count + batch.touches.count
        guard count >= Self.batchCount || batchSizeInBytes >= Self.batchBytes else {
            return
        }
        try await write()
    }

    mutating func reach(_ position: ListingPosition, keeping items: [KeptItem]?) async throws(ListingFailure) {
        trail.find(items ?? [])
        // A collision, or what is held back, is told at the end; a listing that went on behind it would not know.
        guard let journal, collision == nil, unstorable == nil, untagged.count == 0 else { return }
        // The store first: what a checkpoint calls shown must be there.
        try await write()
        guard leftOut.isEmpty else { return }
        let page = items.map { _ in trail.parentPage(of: listing, at: position) }
        guard await journal.reach(trail.checkpoint(of: listing, at: position, changes), page) else { return }
        trail.isTold()
    }

    /// Goes on where another process stood; `false` when the store does not hold what was shown there, and the listing
    /// starts from its beginning.
    mutating func resume(_ remains: ListingRemains) -> Bool {
        guard let checkpoint = remains.checkpoint, let shown = seen.resume(checkpoint.seen) else { return false }
        trail.resume(shown, from: remains)
        done.changes = checkpoint.changes.replaced(by: logged)
        return true
    }

    /// Writes the rest and, when the listing is proof, deletes what it no longer shows; what the shrink guard does not
    /// believe yet is in `heldBack` instead.
    ///
    /// - Parameter trusts: `false` when what is missing is not to be deleted in any case before another listing confirms
    ///   it, because its parents are held back.
    mutating func finish(isProof: Bool, trusts: Bool = true) async throws(ListingFailure) {
        try await settleUntagged()
        try await write()
        if let collision { throw await collision.failure(type: type, unit: unit, in: store) }
        guard isProof else { return }
        if let failure = leftOut.failure { throw failure }
        try await deleteMissing(trusts: trusts)
        // The listing was complete: what it does not show is gone, and everything else is stored.
        if let unstorable { throw unstorable }
    }

    private mutating func settleUntagged() async throws(ListingFailure) {
        let total = seen.stored.entries.count { $0.hasTags && $0.ttl > instant }
        guard untagged.isWhole, !shrinkGuard.holdsBack(untagged.count, unconfirmed: untagged.count, of: total) else {
            heldBack.holdUntagged(untagged.fingerprints, of: total)
            done.changes.unchanged += untagged.count
            return
        }
        for record in untagged.records {
            pending.changes.updated += 1
            append(record, isRenewal: false)
            if batch.puts.count >= Self.batchCount { try await write() }
        }
    }

    private mutating func deleteMissing(trusts: Bool) async throws(ListingFailure) {
        instant = now()
        let stored = seen.stored
        let missing = stored.entries.indices.filter { !seen.isShown($0) && stored.entries[$0].ttl > instant }
        let unconfirmed = missing.filter { earlier?.missing.contains(stored.fingerprint($0)) != true }
        let total = stored.entries.count { $0.ttl > instant }
        var kept: Set<Int> = []
        let isDoubtful = shrinkGuard.holdsBack(missing.count, unconfirmed: unconfirmed.count, of: total)
        if !unconfirmed.isEmpty, isDoubtful || !trusts {
            kept = Set(unconfirmed)
            for position in unconfirmed { trail.keep(stored.mark(position)) }
            heldBack.holdMissing(Set(unconfirmed.map { stored.fingerprint($0) }), of: total)
        }
        for position in stored.entries.indices where !seen.isShown(position) && !kept.contains(position) {
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
        batch.rules = rules
        let full = batch
        var effects = pending
        batch = WriteBatch(unit: unit)
        batchSizeInBytes = 0
        pending = WriteEffects()
        do throws(StoreError) {
            try await store.write(full)
        } catch {
            guard case .unstorable(let resources) = error else { throw ListingFailure(error) }
            leftOut.add(resources, of: full, &effects.changes, &effects.live)
        }
        done.changes += effects.changes
        done.live += effects.live
        done.adopted += effects.adopted
    }

    private mutating func append(_ record: consuming ResourceRecord, isRenewal: Bool, isNew: Bool = false) {
        batchSizeInBytes += record.data.count
        if isRenewal { batch.renewals.append(record) } else { batch.put(record, isNew: isNew) }
    }

    private func record(
        _ resource: borrowing CollectedResource, createdAt: Int, _ reader: TypeReader, _ context: ItemContext
    ) -> ResourceRecord {
        let id = DocumentCopy.string(resource.key)
        let facts = reader.facts(resource, context, in: &scratch.text)
        return ResourceRecord(
            type: type, unit: unit, id: id, arn: facts.arn, name: facts.name, tags: facts.tags,
            data: DocumentCopy.bytes(resource.document.bytes), digest: resource.digest, updatedAt: instant,
            createdAt: createdAt, ttl: instant + ResourceRecord.lifetimeInSeconds)
    }
}
