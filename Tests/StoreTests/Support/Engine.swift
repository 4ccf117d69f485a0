import Glibc
import Inventory
import Store
import Testing

/// An engine under the contract suite.
enum Engine: String, CaseIterable, CustomTestStringConvertible {
    case sqlite
    case dynamoDBMap
    case dynamoDBText

    var testDescription: String { rawValue }

    /// Runs `body` with an empty, prepared store whose clock stands at `Samples.now`.
    func withStore(_ body: (any InventoryStore) async throws -> Void) async throws {
        switch self {
        case .sqlite:
            try await TemporaryDirectory.with { directory in
                let store = SQLiteStore(path: "\(directory)/inventory.db") { Samples.now }
                try await run(body, store)
            }
        case .dynamoDBMap: try await run(body, Self.dynamoDB(.map))
        case .dynamoDBText: try await run(body, Self.dynamoDB(.json))
        }
    }

    private func run(_ body: (any InventoryStore) async throws -> Void, _ store: any InventoryStore) async throws {
        try await store.prepare()
        do {
            try await body(store)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    /// A store on tables of its own; cancels the test when there is no emulator.
    static func dynamoDB(
        _ format: DataFormat, tables: String = newName(), changes: String? = nil
    ) throws -> DynamoDBStore {
        let server = try emulator()
        return DynamoDBStore(
            caller: MotoCaller(server: server),
            options: DynamoDBOptions(
                inventoryTable: "\(tables)-data", metadataTable: "\(tables)-metadata", dataFormat: format),
            changes: changes, clock: InstantClock(), now: { Samples.now })
    }

    static func emulator() throws -> MotoServer {
        guard let server = MotoServer.shared else {
            try Test.cancel(Comment(rawValue: MotoServer.reasonForSkipping))
        }
        return server
    }

    static func newName() -> String { "t\(UInt32.random(in: 0...UInt32.max))" }
}
