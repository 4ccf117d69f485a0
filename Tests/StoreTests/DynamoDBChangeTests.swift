import Inventory
import JSON
import Synchronization
import Testing

@testable import Store

/// The log beside DynamoDB when calls fail or the process ends between them: no change is lost, none told twice.
@Suite("The change log beside DynamoDB under faults")
struct DynamoDBChangeTests {
    static let broken = DynamoDBCallError(
        code: "AccessDeniedException", message: "no", status: 400, isRetryable: false)

    /// Fails the calls that the test wants to fail: before they reach the table, or after, as when a reply is lost.
    final class FaultyCaller: DynamoDBCaller {
        enum Fault: Sendable, CaseIterable {
            case none
            case before
            case after
            /// The call does its work, and neither it nor any later one answers: the process is as good as dead.
            case afterAndSilence
        }

        private let base: any DynamoDBCaller
        private let state = Mutex((operation: "", fault: Fault.none, isSilent: false))

        init(_ base: any DynamoDBCaller) { self.base = base }

        func fail(_ operation: String, _ fault: Fault) { state.withLock { $0 = (operation, fault, false) } }

        func call(_ operation: String, body: SharedBytes) async throws(DynamoDBCallError) -> [UInt8] {
            let (named, fault, isSilent) = state.withLock { $0 }
            if isSilent { throw DynamoDBChangeTests.broken }
            guard operation == named, fault != .none else { return try await base.call(operation, body: body) }
            if fault == .before { throw DynamoDBChangeTests.broken }
            _ = try await base.call(operation, body: body)
            if fault == .afterAndSilence { state.withLock { $0.isSilent = true } }
            throw DynamoDBChangeTests.broken
        }
    }

    private func store(_ caller: any DynamoDBCaller, _ tables: String, _ directory: String) -> DynamoDBStore {
        DynamoDBStore(
            caller: caller,
            options: DynamoDBOptions(inventoryTable: "\(tables)-data", metadataTable: "\(tables)-metadata"),
            changes: "\(directory)/changes.db", clock: InstantClock(), now: { Samples.now })
    }

    private static func batch(_ content: Int, deletes: [String] = []) -> WriteBatch {
        var batch = WriteBatch(unit: Samples.unit())
        batch.puts = ["a", "b"].map { Samples.record($0, data: "{\"V\":\(content)}", digest: UInt64(content)) }
        batch.deletes = deletes
        return batch
    }

    @Test(
        "A write that fails is told if it has happened, and only then",
        arguments: [FaultyCaller.Fault.before, .after, .afterAndSilence], [true, false])
    func failedWrite(fault: FaultyCaller.Fault, restarts: Bool) async throws {
        let moto = MotoCaller(server: try Engine.emulator())
        try await TemporaryDirectory.with { directory in
            let tables = Engine.newName()
            let caller = FaultyCaller(moto)
            var store = store(caller, tables, directory)
            try await store.prepare()
            try await store.write(Self.batch(1))
            caller.fail("BatchWriteItem", fault)
            await #expect(throws: StoreError.self) { try await store.write(Self.batch(2, deletes: ["b"])) }
            caller.fail("", .none)
            if restarts {
                await store.close()
                store = self.store(moto, tables, directory)
                try await store.prepare()
            }
            // The next refresh finds what is different and writes again.
            try await store.write(Self.batch(2, deletes: ["b"]))
            let page = try await store.changes(ChangeFilter(), from: .oldest, limit: 100)
            let told = page.changes.map { "\($0.sequence) \($0.kind) \($0.id)" }
            #expect(told == ["1 created a", "2 created b", "3 updated a", "4 deleted b"])
            #expect(try await store.index(of: Samples.unit()).count == 1)
            await store.close()
        }
    }

    @Test("A process that ends between the write and the log tells the change at the next start, once")
    func killedBetween() async throws {
        let moto = MotoCaller(server: try Engine.emulator())
        try await TemporaryDirectory.with { directory in
            let tables = Engine.newName()
            let caller = FaultyCaller(moto)
            let first = store(caller, tables, directory)
            try await first.prepare()
            try await first.write(Self.batch(1))
            caller.fail("BatchWriteItem", .afterAndSilence)
            await #expect(throws: StoreError.self) { try await first.write(Self.batch(2)) }
            await first.close()
            for _ in 0..<2 {
                let next = store(moto, tables, directory)
                try await next.prepare()
                let page = try await next.changes(ChangeFilter(), from: .oldest, limit: 100)
                #expect(page.changes.map(\.kind) == [.created, .created, .updated, .updated])
                await next.close()
            }
        }
    }

    @Test("A log of the first schema keeps what was pending in it, and numbers go on behind that")
    func migrated() async throws {
        let moto = MotoCaller(server: try Engine.emulator())
        try await TemporaryDirectory.with { directory in
            var first = SQLiteSchema.changes
            first.migrations = Array(first.migrations.prefix(1))
            let unit = Samples.unit()
            do {
                let database = try SQLiteFile(path: "\(directory)/changes.db", schema: first).openWriter()
                try ChangeTable.begin(at: Samples.now, in: database)
                try database.execute(
                    """
                    INSERT INTO batches (number, pk, run, created) VALUES
                        (6, '\(unit.partitionKey)', 'run-1', '["never-written"]'),
                        (7, '\(unit.partitionKey)', 'run-1', '["a", "b"]');
                    INSERT INTO pending (batch, kind, sk, resourceType) VALUES (6, 'deleted', 'gone', 'ec2/instance');
                    """)
            }
            let tables = Engine.newName()
            let unlogged = DynamoDBStore(
                caller: moto,
                options: DynamoDBOptions(inventoryTable: "\(tables)-data", metadataTable: "\(tables)-metadata"),
                now: { Samples.now })
            try await unlogged.prepare()
            try await unlogged.write(Self.batch(1))
            await unlogged.close()
            let store = store(moto, tables, directory)
            try await store.prepare()
            try await store.write(Self.batch(2))
            let page = try await store.changes(ChangeFilter(), from: .oldest, limit: 100)
            #expect(
                page.changes.map { "\($0.kind) \($0.id)" }
                    == ["deleted gone", "created a", "created b", "updated a", "updated b"])
            await store.close()
        }
    }

    @Test("A resource that DynamoDB refuses is not told, the others of its batch are")
    func refused() async throws {
        let moto = MotoCaller(server: try Engine.emulator())
        try await TemporaryDirectory.with { directory in
            let store = store(moto, Engine.newName(), directory)
            try await store.prepare()
            var batch = Self.batch(1)
            let text = String(repeating: "x", count: 420_000)
            batch.puts.append(Samples.record("big", data: "{\"T\":\"\(text)\"}"))
            await #expect(throws: StoreError.self) { try await store.write(batch) }
            let page = try await store.changes(ChangeFilter(), from: .oldest, limit: 100)
            #expect(page.changes.map(\.id) == ["a", "b"])
            await store.close()
        }
    }

    @Test("A log that cannot take what was written is told when the unit is published, and the metadata stand")
    func unsettled() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory)/changes.db"
            let caller = ScriptedCaller { _, operation, _ in
                // Between the note and the settlement.
                if operation == "BatchWriteItem" {
                    try? SQLiteDatabase(path: path).execute("ALTER TABLE changes RENAME TO elsewhere")
                }
                guard operation == "DescribeTable" else { return [:] }
                return [
                    "Table": [
                        "TableStatus": "ACTIVE",
                        "KeySchema": [
                            ["AttributeName": "service", "KeyType": "HASH"],
                            ["AttributeName": "accountRegion", "KeyType": "RANGE"],
                        ],
                        "AttributeDefinitions": [
                            ["AttributeName": "service", "AttributeType": "S"],
                            ["AttributeName": "accountRegion", "AttributeType": "S"],
                        ],
                    ]
                ]
            }
            let store = DynamoDBStore(
                caller: caller, options: DynamoDBOptions(inventoryTable: "data", metadataTable: "meta"),
                changes: path, clock: InstantClock(), now: { Samples.now })
            let sample = Self.batch(1)
            var batch = WriteBatch(unit: sample.unit)
            for record in sample.puts { batch.put(record, isNew: true) }
            try await store.write(batch)
            let failure = await #expect(throws: StoreError.self) {
                try await store.publish(Samples.metadata(sample.unit))
            }
            #expect("\(try #require(failure))".contains(path))
            #expect(caller.calls.map(\.operation).contains("PutItem"))
            // Told once.
            try await store.publish(Samples.metadata(sample.unit))
            await store.close()
        }
    }

    @Test("What is created is not read first, what is updated is read once")
    func calls() async throws {
        let caller = ScriptedCaller { _, operation, _ in
            operation == "BatchGetItem" ? ["Responses": ["data": []]] : [:]
        }
        try await TemporaryDirectory.with { directory in
            let store = DynamoDBStore(
                caller: caller, options: DynamoDBOptions(inventoryTable: "data", metadataTable: "meta"),
                changes: "\(directory)/changes.db", clock: InstantClock(), now: { Samples.now })
            let sample = Self.batch(1)
            var batch = WriteBatch(unit: sample.unit)
            for record in sample.puts { batch.put(record, isNew: true) }
            try await store.write(batch)
            #expect(caller.calls.map(\.operation) == ["BatchWriteItem"])
            batch = WriteBatch(unit: sample.unit)
            for record in sample.puts { batch.put(record, isNew: record.id == "a") }
            batch.deletes = ["c"]
            try await store.write(batch)
            #expect(
                caller.calls.map(\.operation) == ["BatchWriteItem", "BatchGetItem", "BatchWriteItem", "BatchWriteItem"])
            let keys = caller.calls[1].body["RequestItems"]?["data"]?["Keys"]?.array ?? []
            #expect(keys.map { $0["sk"]?["S"]?.string } == ["b", "c"])
            await store.close()
        }
    }
}
