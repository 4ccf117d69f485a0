import Inventory
import JSON
import Testing

@testable import Store

/// The DynamoDB store against answers that an emulator does not give.
@Suite("The DynamoDB store under faults")
struct DynamoDBFaultTests {
    private static let throttle = DynamoDBCallError(
        code: "ProvisionedThroughputExceededException", message: "slow down", status: 400, isRetryable: false)

    private func store(
        _ caller: ScriptedCaller, clock: InstantClock = InstantClock(), concurrentWrites: Int = 16
    ) -> DynamoDBStore {
        DynamoDBStore(
            caller: caller,
            options: DynamoDBOptions(inventoryTable: "data", metadataTable: "meta", concurrentWrites: concurrentWrites),
            clock: clock, now: { Samples.now }, jitter: { 0.5 })
    }

    private static func writes(_ body: JSONValue) -> [JSONValue] { body["RequestItems"]?["data"]?.array ?? [] }

    private static func puts(_ count: Int) -> WriteBatch { Samples.puts((0..<count).map { Samples.record("r-\($0)") }) }

    @Test("A request holds at most 25 writes, each for another key, deletes after all puts")
    func chunks() async throws {
        let caller = ScriptedCaller { _, _, _ in [:] }
        var batch = Self.puts(60)
        batch.renewals = (50..<70).map { Samples.record("r-\($0)") }
        batch.deletes = ["d-1", "d-1", "d-2", "r-3"]
        try await store(caller).write(batch)
        #expect(caller.calls.map { Self.writes($0.body).count } == [25, 25, 19, 3])
        let keys = caller.calls.flatMap { Self.writes($0.body) }.map { write in
            let key = write["PutRequest"]?["Item"]?["sk"] ?? write["DeleteRequest"]?["Key"]?["sk"]
            return key?["S"]?.string ?? "?"
        }
        #expect(Set(keys).count == keys.count && keys.count == 72)
        #expect(caller.calls.last.map { Self.writes($0.body).allSatisfy { $0["DeleteRequest"] != nil } } == true)
    }

    @Test("A request stays below 4 MiB")
    func bodySize() async throws {
        let text = String(repeating: "x", count: 390_000)
        let caller = ScriptedCaller { _, _, _ in [:] }
        let records = (0..<30).map { Samples.record("r-\($0)", data: "{\"T\":\"\(text)\"}") }
        try await store(caller).write(Samples.puts(records))
        #expect(caller.calls.map { Self.writes($0.body).count } == [10, 10, 10])
    }

    @Test("What is left unprocessed is sent again, and only that, after a wait")
    func unprocessed() async throws {
        let clock = InstantClock()
        let caller = ScriptedCaller { number, _, body in
            let left = Array(Self.writes(body).dropFirst(10))
            return left.isEmpty || number > 5
                ? ["UnprocessedItems": [:]] : ["UnprocessedItems": ["data": .array(left)]]
        }
        try await store(caller, clock: clock).write(Self.puts(25))
        #expect(caller.calls.map { Self.writes($0.body).count } == [25, 15, 5])
        #expect(clock.sleeps == [.milliseconds(25), .milliseconds(25)])
    }

    @Test("Writes that are never processed end in exhausted after growing, bounded waits")
    func neverProcessed() async throws {
        let clock = InstantClock()
        let caller = ScriptedCaller { _, _, body in ["UnprocessedItems": ["data": .array(Self.writes(body))]] }
        let error = await #expect(throws: StoreError.self) { try await store(caller, clock: clock).write(Self.puts(3)) }
        #expect(error?.parts.kind == "exhausted")
        #expect(caller.calls.count == RetryPolicy.attemptLimit)
        #expect(clock.sleeps.prefix(3) == [.milliseconds(25), .milliseconds(50), .milliseconds(100)])
        #expect(clock.sleeps.allSatisfy { $0 <= .seconds(5) })
    }

    @Test(
        "A throttled call is made again",
        arguments: ["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"])
    func throttled(code: String) async throws {
        let caller = ScriptedCaller { number, _, _ throws(DynamoDBCallError) in
            if number < 4 { throw DynamoDBCallError(code: code, message: "", status: 400, isRetryable: false) }
            return [:]
        }
        try await store(caller).write(Self.puts(1))
        #expect(caller.calls.count == 4)
    }

    @Test(
        "Failures are told apart",
        arguments: [
            ("ProvisionedThroughputExceededException", false, "exhausted", 12),
            ("InternalServerError", true, "unavailable", 12),
            ("ResourceNotFoundException", false, "unavailable", 1), ("AccessDeniedException", false, "refused", 1),
            ("Cancelled", false, "refused", 1),
        ])
    func failures(code: String, isRetryable: Bool, kind: String, calls: Int) async throws {
        let caller = ScriptedCaller { _, _, _ throws(DynamoDBCallError) in
            throw DynamoDBCallError(code: code, message: "m", status: 400, isRetryable: isRetryable)
        }
        let error = await #expect(throws: StoreError.self) { try await store(caller).index(of: Samples.unit()) }
        #expect(error?.parts.kind == kind)
        #expect(error?.parts.text.contains("data") == true)
        #expect(caller.calls.count == calls)
    }

    @Test("One invalid item does not keep the others of its request out")
    func invalidItem() async throws {
        let caller = ScriptedCaller { _, _, body throws(DynamoDBCallError) in
            if Self.writes(body).contains(where: { $0["PutRequest"]?["Item"]?["sk"]?["S"]?.string == "r-7" }) {
                throw DynamoDBCallError(code: "ValidationException", message: "bad", status: 400, isRetryable: false)
            }
            return [:]
        }
        var batch = Self.puts(30)
        batch.deletes = ["gone"]
        let error = await #expect(throws: StoreError.self) { try await store(caller).write(batch) }
        #expect(error?.parts.kind == "unstorable" && error?.parts.text.contains("r-7") == true)
        let accepted = caller.calls.map { Self.writes($0.body) }.filter { writes in
            !writes.contains { $0["PutRequest"]?["Item"]?["sk"]?["S"]?.string == "r-7" }
        }
        #expect(accepted.flatMap(\.self).count == 30)
    }

    @Test("An item larger than 400 KB is refused by name after the others and the deletes were sent")
    func tooLarge() async throws {
        let caller = ScriptedCaller { _, _, _ in [:] }
        let text = String(repeating: "x", count: 420_000)
        var batch = Samples.puts([Samples.record("huge", data: "{\"T\":\"\(text)\"}"), Samples.record("fine")])
        batch.deletes = ["gone"]
        let error = await #expect(throws: StoreError.self) { try await store(caller).write(batch) }
        guard case .unstorable(let resources) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(resources.map(\.id) == ["huge"])
        // DynamoDB counts names and values: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
        #expect(resources[0].reason.contains(/huge would be an item of 42\d\d\d\d bytes, more than the 409600/))
        #expect(caller.calls.map { Self.writes($0.body).count } == [1, 1])
    }

    @Test(
        "A reply that is not what DynamoDB sends is corrupt",
        arguments: ["[]", "{\"Items\":3}", "{\"Items\":[{\"sk\":3}]}"])
    func badReply(_ text: String) async throws {
        let caller = ScriptedCaller { _, _, _ in .raw(Array(text.utf8)) }
        let error = await #expect(throws: StoreError.self) { try await store(caller).index(of: Samples.unit()) }
        #expect(error?.parts.kind == "corrupt")
    }

    @Test("The index reads every page and starts each where the last ended")
    func indexPages() async throws {
        let caller = ScriptedCaller { number, _, _ in
            let item: JSONValue = ["sk": .attribute("r-\(number)"), "ttl": .attribute(5)]
            return number < 3
                ? ["Items": [item], "LastEvaluatedKey": ["sk": .attribute("r-\(number)")]] : ["Items": [item]]
        }
        let index = try await store(caller).index(of: Samples.unit())
        #expect(index.count == 3)
        #expect(caller.calls.map { $0.body["ExclusiveStartKey"]?["sk"]?["S"]?.string } == [nil, "r-1", "r-2"])
        #expect(caller.calls.allSatisfy { $0.body["ConsistentRead"]?.bool == true })
    }

    @Test("A filter that lets nothing through ends a page after a bounded number of requests, and goes on from there")
    func sparsePages() async throws {
        let units = (0..<150).map { Samples.unit("s\(1_000 + $0)") }
        let caller = ScriptedCaller { _, operation, body in
            switch operation {
            case "DescribeTable":
                return [
                    "Table": [
                        "KeySchema": [
                            ["AttributeName": "service", "KeyType": "HASH"],
                            ["AttributeName": "ar", "KeyType": "RANGE"],
                        ]
                    ]
                ]
            case "Scan":
                return [
                    "Items": .array(units.map { MetadataItem.write(Samples.metadata($0), sortKey: "ar") })
                ]
            default:
                let key = body["ExpressionAttributeValues"]?[":pk"]?["S"]?.string
                return key == units[149].partitionKey
                    ? ["Items": [["sk": .attribute("found"), "ttl": .attribute(1)]]] : ["Items": []]
            }
        }
        let store = store(caller)
        let first = try await store.list(ResourceFilter(), after: nil, limit: 10)
        #expect(first.records.isEmpty)
        let cursor = try #require(first.cursor)
        let second = try await store.list(ResourceFilter(), after: cursor, limit: 10)
        #expect(second.records.map(\.id) == ["found"] && second.cursor == nil)
        let keys = caller.calls.filter { $0.operation == "Query" }.map {
            $0.body["ExpressionAttributeValues"]?[":pk"]?["S"]?.string
        }
        #expect(keys == units.map(\.partitionKey))
    }

    @Test("No more writes are under way at a time than configured")
    func gate() async throws {
        let gate = Gate(width: 2)
        let (arrivals, arrive) = AsyncStream.makeStream(of: Int.self)
        let (permits, permit) = AsyncStream.makeStream(of: Void.self)
        let running = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<2 {
                    group.addTask {
                        try await gate.pass { () async throws(StoreError) in
                            arrive.yield(number)
                            for await _ in permits { break }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        var arrived = arrivals.makeAsyncIterator()
        _ = await arrived.next()
        _ = await arrived.next()
        // Both places are taken: a third comes in only after one has left, and a cancelled one not at all.
        let cancelled = Task { () -> StoreError? in
            do throws(StoreError) {
                try await gate.pass { () async throws(StoreError) in }
                return nil
            } catch {
                return error
            }
        }
        cancelled.cancel()
        #expect(await cancelled.value == .cancelled)
        let third = Task { try await gate.pass { () async throws(StoreError) in _ = arrive.yield(3) } }
        permit.yield()
        #expect(await arrived.next() == 3)
        permit.finish()
        try await third.value
        try await running.value
    }
}
