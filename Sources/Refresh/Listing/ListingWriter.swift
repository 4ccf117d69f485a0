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
/// Deletes nothing by itself: `finish` does, and only when the caller says that the listing is proven complete.
struct ListingWriter: ListingConsumer {
    private let store: any InventoryStore
    private let unit: Unit
    private let type: String
    private let renewal: RenewalPolicy
    private let writesUnchanged: Bool
    private let now: @Sendable () -> Int
    private var table: KeyTable
    /// Rows of the replaced system, which carry no type: the first listing that sees their key adopts them.
    private let legacy: KeyTable
    private var batch: WriteBatch
    private var batchSizeInBytes = 0
    private(set) var changes = ChangeCounts()
    /// Rows of the type that are there when the listing ends.
    var liveCount: Int { table.count - changes.deleted - expired }
    private var expired = 0

    /// One transaction's worth, two requests of DynamoDB's: as many listings as there are workers may hold one each.
    private static let batchCount = 50
    private static let batchBytes = 128 << 10

    init(
        store: any InventoryStore, listing: Listing, table: KeyTable, legacy: KeyTable, renewal: RenewalPolicy,
        writesUnchanged: Bool, now: @escaping @Sendable () -> Int
    ) {
        self.store = store
        unit = listing.unit
        type = listing.type
        self.table = table
        self.legacy = legacy
        self.renewal = renewal
        self.writesUnchanged = writesUnchanged
        self.now = now
        batch = WriteBatch(unit: unit)
    }

    mutating func accept(
        _ resource: borrowing CollectedResource, reader: TypeReader, context: ItemContext
    ) throws(ListingFailure) {
        guard let position = table.find(resource.key) else {
            let known = legacy.find(resource.key).map { legacy.entries[$0] }
            if known == nil { changes.created += 1 } else { changes.updated += 1 }
            let createdAt = known.map { $0.createdAt > 0 ? $0.createdAt : now() } ?? now()
            var entry = KeyTable.Entry(digest: resource.digest, ttl: now() + ResourceRecord.lifetimeInSeconds, createdAt: createdAt)
            entry.isSeen = true
            table.add(resource.key, entry)
            append(record(resource, createdAt: createdAt, reader, context), isRenewal: false)
            return
        }
        let entry = table.entries[position]
        table.markSeen(position)
        if (entry.digest == resource.digest && !writesUnchanged) || resource.isIncomplete {
            // An incomplete document never replaces a whole one.
            let keeps = resource.isIncomplete && entry.digest != resource.digest
            guard !keeps, !entry.isSeen, renewal.isDue(ttl: entry.ttl, now: now(), digest: resource.digest) else {
                if !entry.isSeen { changes.unchanged += 1 }
                return
            }
            changes.renewed += 1
            append(record(resource, createdAt: entry.createdAt, reader, context), isRenewal: true)
            return
        }
        var changed = entry
        changed.digest = resource.digest
        changed.isSeen = true
        table.add(resource.key, changed)
        if entry.digest == resource.digest { changes.unchanged += 1 } else { changes.updated += 1 }
        append(record(resource, createdAt: entry.createdAt, reader, context), isRenewal: false)
    }

    mutating func flush() async throws(ListingFailure) {
        guard batch.puts.count + batch.renewals.count >= Self.batchCount || batchSizeInBytes >= Self.batchBytes else {
            return
        }
        try await write()
    }

    /// Writes the rest and, when the listing is proof, deletes what it no longer shows.
    mutating func finish(isProof: Bool) async throws(ListingFailure) {
        try await write()
        let instant = now()
        for position in table.entries.indices where !table.entries[position].isSeen {
            if table.entries[position].ttl <= instant { expired += 1 }
        }
        guard isProof else { return }
        for position in table.entries.indices where !table.entries[position].isSeen {
            batch.deletes.append(table.key(position))
            if table.entries[position].ttl > instant { changes.deleted += 1 }
            if batch.deletes.count >= Self.batchCount { try await write() }
        }
        try await write()
    }

    private mutating func write() async throws(ListingFailure) {
        guard !batch.isEmpty else { return }
        let full = batch
        batch = WriteBatch(unit: unit)
        batchSizeInBytes = 0
        do throws(StoreError) {
            try await store.write(full)
        } catch {
            throw ListingFailure(error)
        }
    }

    private mutating func append(_ record: ResourceRecord, isRenewal: Bool) {
        batchSizeInBytes += record.data.count
        if isRenewal { batch.renewals.append(record) } else { batch.puts.append(record) }
    }

    private func record(
        _ resource: borrowing CollectedResource, createdAt: Int, _ reader: TypeReader, _ context: ItemContext
    ) -> ResourceRecord {
        let id = DocumentCopy.string(resource.key)
        let tags = ResourceTags(of: resource.document, paths: reader.type.tags)
        let facts = reader.facts(resource, tags: tags, context)
        let instant = now()
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
    mutating func accept(
        _ resource: borrowing CollectedResource, reader: TypeReader, context: ItemContext
    ) throws(ListingFailure) {}

    mutating func flush() async throws(ListingFailure) {}
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
