import JSON

/// Where the inventory is kept: one contract, several engines, one contract test suite.
///
/// Every call may suspend for long and is cancellable between writes; cancellation never leaves a row half written.
package protocol InventoryStore: Sendable {
    /// Makes sure that the tables exist and fit, creating them where the engine may.
    func prepare() async throws(StoreError)

    /// What is stored of a unit, expired rows included, so that they can be renewed or deleted.
    func index(of unit: Unit) async throws(StoreError) -> StoredIndex

    /// Writes a batch: puts, then renewals, touches and deletes. On an error some rows may have been written, each whole.
    func write(_ batch: WriteBatch) async throws(StoreError)

    /// Makes the unit's metadata record visible; called after the last write of the unit.
    func publish(_ metadata: UnitMetadata) async throws(StoreError)

    /// Metadata of one service or of all, sorted by unit.
    func metadata(service: String?) async throws(StoreError) -> [UnitMetadata]

    /// The unit's metadata record; `nil` before its first refresh.
    func metadata(of unit: Unit) async throws(StoreError) -> UnitMetadata?

    /// One page of live resources in key order. `after` is the cursor of the page before.
    func list(_ filter: ResourceFilter, after cursor: String?, limit: Int) async throws(StoreError) -> ResourcePage

    /// Live resources whose id, ARN or name is `id`; an ARN or id names at most a few.
    func get(_ id: String) async throws(StoreError) -> [ResourceRecord]

    /// Removes rows whose TTL has passed where the engine does not do it by itself; answers how many.
    func purgeExpired(now: Int) async throws(StoreError) -> Int

    /// What a run that began at `time` has changed, by the store's change log, in bounded steps: those behind `position`,
    /// where the step before ended. `nil` for an engine without a log.
    func changes(of run: String, since time: Int, after position: Int?) async throws(StoreError) -> RunChanges?

    /// Returns when everything written so far outlives a loss of power. Called at the end of a run.
    func flush() async throws(StoreError)

    /// Flushes and releases everything; no call may follow.
    func close() async
}

extension InventoryStore {
    /// For engines whose writes are durable when they return.
    package func flush() async throws(StoreError) {}

    /// For engines without a log.
    package func changes(
        of run: String, since time: Int, after position: Int?
    ) async throws(StoreError) -> RunChanges? { nil }
}

/// Writes of one unit that belong together: one transaction where the engine has them.
package struct WriteBatch: Sendable {
    package var unit: Unit
    package var puts: [ResourceRecord] = []
    /// Rows that keep their content and get a new TTL. Carries the whole record, because DynamoDB charges the whole
    /// item for any write and a put also heals a row that was purged meanwhile.
    package var renewals: [ResourceRecord] = []
    /// Rows that keep the content the store has of them and get a new TTL: what was shown of them is less than that. A row
    /// that is not there stays away.
    package var touches: [Touch] = []
    package var deletes: [String] = []
    /// The run that writes, for the change log.
    package var runID = ""
    /// Which of the puts, by position, were not stored when the unit's index was read; a put without a mark may have been.
    /// A hint for engines that would have to read a row to know.
    private var newPuts: [Bool] = []
    /// What does not count as a difference between two documents of the batch.
    package var rules: MemberRules?

    package init(unit: Unit) { self.unit = unit }

    package var isEmpty: Bool { puts.isEmpty && renewals.isEmpty && touches.isEmpty && deletes.isEmpty }

    /// Everything in it is put for the first time, each key once: a first fill.
    package var onlyCreates: Bool {
        renewals.isEmpty && touches.isEmpty && deletes.isEmpty && newPuts.count == puts.count
            && newPuts.allSatisfy { $0 }
    }

    /// Whether the put at `index` is of a resource that was not stored when the unit's index was read.
    package func isNew(_ index: Int) -> Bool { newPuts.indices.contains(index) && newPuts[index] }

    /// Adds a put, of a key that the batch does not hold.
    package mutating func put(_ record: consuming ResourceRecord, isNew: Bool) {
        while newPuts.count < puts.count { newPuts.append(false) }
        puts.append(record)
        newPuts.append(isNew)
    }

    /// Takes out whatever is to be written under that id; answers whether it was a put of a new resource.
    package mutating func withdraw(_ id: String) -> Bool {
        renewals.removeAll { $0.id == id }
        touches.removeAll { $0.id == id }
        guard let index = puts.firstIndex(where: { $0.id == id }) else { return false }
        puts.remove(at: index)
        return newPuts.indices.contains(index) && newPuts.remove(at: index)
    }

    package struct Touch: Sendable, Equatable {
        package var id: String
        /// Seconds since the epoch.
        package var updatedAt: Int
        package var ttl: Int

        package init(id: String, updatedAt: Int, ttl: Int) {
            self.id = id
            self.updatedAt = updatedAt
            self.ttl = ttl
        }
    }
}

/// The metadata record of a unit.
package struct UnitMetadata: Sendable, Equatable {
    package var unit: Unit
    /// Live resources of the unit after the refresh.
    package var resourceCount: Int
    /// When the last refresh that completed ended; `nil` when none ever did. Seconds since the epoch, as all times here.
    package var updatedAt: Int?
    package var lastAttemptAt: Int
    /// When every listing of the unit last ended well.
    package var lastGoodAt: Int?
    /// `ok`, `partial` or `failed`.
    package var status: String
    /// Per resource type: outcome, count and error.
    package var outcomes: [TypeOutcome]
    package var runID: String

    package struct TypeOutcome: Sendable, Equatable {
        package var type: String
        package var outcome: Outcome
        package var count: Int
        package var error: String?

        /// As it should be. A complete listing with an error was held back by the shrink guard.
        package var isGood: Bool { outcome.isGood && !(outcome.isProof && error != nil) }

        package init(type: String, outcome: Outcome, count: Int, error: String?) {
            self.type = type
            self.outcome = outcome
            self.count = count
            self.error = error
        }
    }

    package init(
        unit: Unit, resourceCount: Int, updatedAt: Int?, lastAttemptAt: Int, lastGoodAt: Int?, status: String,
        outcomes: [TypeOutcome], runID: String
    ) {
        self.unit = unit
        self.resourceCount = resourceCount
        self.updatedAt = updatedAt
        self.lastAttemptAt = lastAttemptAt
        self.lastGoodAt = lastGoodAt
        self.status = status
        self.outcomes = outcomes
        self.runID = runID
    }
}

/// Which resources are asked for; an absent part does not restrict.
package struct ResourceFilter: Sendable, Equatable {
    package var service: String?
    package var type: String?
    package var account: String?
    /// As stored: `global` for global services.
    package var region: String?
    package var name: String?
    /// Every tag must be there with that value.
    package var tags: [String: String] = [:]

    package init() {}
}

package struct ResourcePage: Sendable {
    package var records: [ResourceRecord]
    /// Opaque; `nil` on the last page.
    package var cursor: String?

    package init(records: [ResourceRecord], cursor: String?) {
        self.records = records
        self.cursor = cursor
    }
}

/// A resource that a store's own rules keep out of it.
package struct UnstorableResource: Sendable, Equatable {
    package var id: String
    /// Which resource, its size where that is the matter, and the rule; never of its document.
    package var reason: String

    package init(id: String, reason: String) {
        self.id = id
        self.reason = reason
    }

    /// One sentence for all of them.
    package static func text(_ resources: [UnstorableResource]) -> String {
        let others = resources.count > 1 ? " (and \(resources.count - 1) more)" : ""
        return "\(resources.first?.reason ?? "a resource cannot be stored")\(others)"
    }
}

/// Why a store could not do what was asked. Texts name the table or file, never a document.
package enum StoreError: Error, Sendable, Equatable {
    /// The file, directory or table cannot be opened or created; the text says what to do.
    case unavailable(String)
    /// No space, no write throughput: worth another try later.
    case exhausted(String)
    /// The store refuses: permissions, a table of another shape, a newer schema.
    case refused(String)
    /// Some resources of a batch are such that the store never takes them; everything else of the batch was written.
    case unstorable([UnstorableResource])
    /// The store holds something it cannot read, or an internal rule was broken.
    case corrupt(String)
    case cancelled
}
