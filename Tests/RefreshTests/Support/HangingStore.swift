import Inventory
import Synchronization

/// A store whose process ends behind one of its writes: the rows are there, and nobody hears of it.
final class HangingStore: InventoryStore {
    private let base: any InventoryStore
    private let isLast: @Sendable (Int, WriteBatch) -> Bool
    private let state = Mutex((writes: 0, isHanging: false))

    /// - Parameter isLast: given the number of the write, from 1, and its batch.
    init(_ base: any InventoryStore, isLast: @escaping @Sendable (Int, WriteBatch) -> Bool) {
        self.base = base
        self.isLast = isLast
    }

    var isHanging: Bool { state.withLock { $0.isHanging } }

    func write(_ batch: WriteBatch) async throws(StoreError) {
        let number = state.withLock { state in
            state.writes += 1
            return state.writes
        }
        try await base.write(batch)
        guard isLast(number, batch) else { return }
        state.withLock { $0.isHanging = true }
        // Until the task is cancelled: longer than any test.
        try? await Task.sleep(for: .seconds(3_600))
        throw .cancelled
    }

    func prepare() async throws(StoreError) { try await base.prepare() }
    func index(of unit: Unit) async throws(StoreError) -> StoredIndex { try await base.index(of: unit) }
    func publish(_ metadata: UnitMetadata) async throws(StoreError) { try await base.publish(metadata) }

    func metadata(service: String?) async throws(StoreError) -> [UnitMetadata] {
        try await base.metadata(service: service)
    }

    func metadata(of unit: Unit) async throws(StoreError) -> UnitMetadata? { try await base.metadata(of: unit) }

    func list(_ filter: ResourceFilter, after cursor: String?, limit: Int) async throws(StoreError) -> ResourcePage {
        try await base.list(filter, after: cursor, limit: limit)
    }

    func get(_ id: String) async throws(StoreError) -> [ResourceRecord] { try await base.get(id) }
    func purgeExpired(now: Int) async throws(StoreError) -> Int { try await base.purgeExpired(now: now) }
    func close() async { await base.close() }
}
