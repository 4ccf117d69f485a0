import Inventory
import Synchronization

/// A store that counts what is written to the real one, in order, and refuses what the test wants refused.
final class CountingStore: InventoryStore {
    enum Event: Sendable, Equatable {
        case puts(Int)
        case renewals(Int)
        case deletes(Int)
        case metadata
    }

    struct Refusal: Sendable {
        /// Given the number of the write, from 1, and its batch.
        var write: @Sendable (Int, WriteBatch) -> StoreError? = { _, _ in nil }
        var index: @Sendable (Unit) -> StoreError? = { _ in nil }
        var publish: @Sendable (Unit) -> StoreError? = { _ in nil }
        var readMetadata: @Sendable (Unit) -> StoreError? = { _ in nil }
    }

    private let base: any InventoryStore
    private let state = Mutex((refusal: Refusal(), events: [(Unit, Event)](), writes: 0))

    init(_ base: any InventoryStore) { self.base = base }

    func refuse(_ refusal: Refusal) { state.withLock { $0.refusal = refusal } }
    var events: [(unit: Unit, event: Event)] { state.withLock { $0.events.map { (unit: $0.0, event: $0.1) } } }

    /// Rows put, renewed and deleted.
    var rows: (puts: Int, renewals: Int, deletes: Int) {
        events.reduce(into: (puts: 0, renewals: 0, deletes: 0)) { sum, entry in
            switch entry.event {
            case .puts(let count): sum.puts += count
            case .renewals(let count): sum.renewals += count
            case .deletes(let count): sum.deletes += count
            case .metadata: break
            }
        }
    }

    func forget() { state.withLock { $0.events = [] } }

    func prepare() async throws(StoreError) { try await base.prepare() }

    func index(of unit: Unit) async throws(StoreError) -> StoredIndex {
        if let error = state.withLock({ $0.refusal }).index(unit) { throw error }
        return try await base.index(of: unit)
    }

    func write(_ batch: WriteBatch) async throws(StoreError) {
        let (refusal, number) = state.withLock { state in
            state.writes += 1
            return (state.refusal, state.writes)
        }
        let error = refusal.write(number, batch)
        let batch = try Self.storable(batch, error)
        try await base.write(batch)
        state.withLock { state in
            if !batch.puts.isEmpty { state.events.append((batch.unit, .puts(batch.puts.count))) }
            if !batch.renewals.isEmpty { state.events.append((batch.unit, .renewals(batch.renewals.count))) }
            if !batch.touches.isEmpty { state.events.append((batch.unit, .renewals(batch.touches.count))) }
            if !batch.deletes.isEmpty { state.events.append((batch.unit, .deletes(batch.deletes.count))) }
        }
        if let error { throw error }
    }

    /// What is written of a batch that is refused in parts.
    private static func storable(_ batch: WriteBatch, _ error: StoreError?) throws(StoreError) -> WriteBatch {
        guard let error else { return batch }
        guard case .unstorable(let resources) = error else { throw error }
        var batch = batch
        for resource in resources { _ = batch.withdraw(resource.id) }
        return batch
    }

    func publish(_ metadata: UnitMetadata) async throws(StoreError) {
        if let error = state.withLock({ $0.refusal }).publish(metadata.unit) { throw error }
        try await base.publish(metadata)
        state.withLock { $0.events.append((metadata.unit, .metadata)) }
    }

    func metadata(service: String?) async throws(StoreError) -> [UnitMetadata] {
        try await base.metadata(service: service)
    }

    func metadata(of unit: Unit) async throws(StoreError) -> UnitMetadata? {
        if let error = state.withLock({ $0.refusal }).readMetadata(unit) { throw error }
        return try await base.metadata(of: unit)
    }

    func list(_ filter: ResourceFilter, after cursor: String?, limit: Int) async throws(StoreError) -> ResourcePage {
        try await base.list(filter, after: cursor, limit: limit)
    }

    func get(_ id: String) async throws(StoreError) -> [ResourceRecord] { try await base.get(id) }
    func purgeExpired(now: Int) async throws(StoreError) -> Int { try await base.purgeExpired(now: now) }
    func changes(of run: String, since time: Int, after position: Int?) async throws(StoreError) -> RunChanges? {
        try await base.changes(of: run, since: time, after: position)
    }
    func close() async { await base.close() }
}
