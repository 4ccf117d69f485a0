import Inventory
import Store
import Testing

/// An engine under the contract suite.
enum Engine: String, CaseIterable, CustomTestStringConvertible {
    case sqlite

    var testDescription: String { rawValue }

    /// Runs `body` with an empty, prepared store whose clock stands at `Samples.now`.
    func withStore(_ body: (any InventoryStore) async throws -> Void) async throws {
        switch self {
        case .sqlite:
            try await TemporaryDirectory.with { directory in
                let store = SQLiteStore(path: "\(directory)/inventory.db") { Samples.now }
                try await store.prepare()
                do {
                    try await body(store)
                } catch {
                    await store.close()
                    throw error
                }
                await store.close()
            }
        }
    }
}
