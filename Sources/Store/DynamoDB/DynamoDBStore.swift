import Glibc
import Inventory
import JSON

/// The distributed engine: two DynamoDB tables, shared with other readers and collectors.
///
/// A batch is many requests; each row is whole at any time. `list` walks the units that have metadata, in key order;
/// `get` reads the whole table, because it has no index by id. Expired rows are purged by DynamoDB.
package final class DynamoDBStore: InventoryStore {
    private let client: DynamoDBClient
    private let options: DynamoDBOptions
    private let metadata: MetadataTable
    private let gate: Gate
    private let now: @Sendable () -> Int
    /// `nil` when no log is kept.
    let recorded: RecordedBatch?
    package let changeSignal = ChangeSignal()

    /// `now` gives seconds since the epoch, `jitter` numbers in 0..<1; `clock` is waited on between attempts. `changes` is
    /// the path of the change log's file, whose directory must exist; without one no log is kept.
    package init(
        caller: any DynamoDBCaller, options: DynamoDBOptions, changes: String? = nil,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Int = { time(nil) },
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        let client = DynamoDBClient(caller: caller, clock: clock, jitter: jitter)
        self.client = client
        self.options = options
        self.now = now
        metadata = MetadataTable(client: client, options: options)
        gate = Gate(width: options.concurrentWrites)
        recorded = changes.map { [changeSignal] path in
            RecordedBatch(
                journal: ChangeJournal(path: path, now: now), client: client, table: options.inventoryTable,
                signal: changeSignal, now: now)
        }
    }

    package func prepare() async throws(StoreError) {
        try await metadata.prepare()
        try await recorded?.begin()
    }

    package func index(of unit: Unit) async throws(StoreError) -> StoredIndex {
        let table = options.inventoryTable
        var index = StoredIndex()
        try await client.pages("Query", table: table) { start in
            .compact(
                ("TableName", .string(table)), ("ConsistentRead", true), ("KeyConditionExpression", "#pk = :pk"),
                ("ProjectionExpression", "#sk, #type, #digest, #ttl, #created, #tags"),
                (
                    "ExpressionAttributeNames",
                    [
                        "#pk": "pk", "#sk": "sk", "#type": "resourceType", "#digest": "digest", "#ttl": "ttl",
                        "#created": "createdAt", "#tags": "tags",
                    ]
                ), ("ExpressionAttributeValues", [":pk": .attribute(unit.partitionKey)]), ("ExclusiveStartKey", start))
        } _: { (scanner) throws(JSONScanner.Failure) in
            try ItemReader.addEntry(&scanner, to: &index)
        }
        return index
    }

    /// Resources that DynamoDB cannot take, mostly because they are too large, are told after everything else was written.
    package func write(_ batch: WriteBatch) async throws(StoreError) {
        if batch.isEmpty { return }
        if Task.isCancelled { throw .cancelled }
        try RecordRules.check(batch)
        guard let recorded else { return try await send(batch) }
        try await recorded.write(batch) { () async throws(StoreError) in try await send(batch) }
    }

    private func send(_ batch: WriteBatch) async throws(StoreError) {
        var plan = WritePlan(batch, table: options.inventoryTable, format: options.dataFormat)
        let writer = BatchWriter(client: client, gate: gate, table: options.inventoryTable)
        var unstorable: [UnstorableResource] = []
        while let request = plan.nextPut() { unstorable += try await writer.send(request) }
        unstorable += plan.tooLarge
        for touch in batch.touches { try await renew(touch, in: batch.unit) }
        var refused: [UnstorableResource] = []
        while let request = plan.nextDelete() { refused += try await writer.send(request) }
        if let first = refused.first { throw .refused(first.reason) }
        if !unstorable.isEmpty { throw .unstorable(unstorable) }
    }

    /// One call for each row: rows whose follow-up calls fail for weeks are few.
    private func renew(_ touch: WriteBatch.Touch, in unit: Unit) async throws(StoreError) {
        let table = options.inventoryTable
        let request: JSONValue = [
            "TableName": .string(table), "Key": ["pk": .attribute(unit.partitionKey), "sk": .attribute(touch.id)],
            "UpdateExpression": "SET #ttl = :ttl, #updated = :updated", "ConditionExpression": "attribute_exists(#key)",
            "ExpressionAttributeNames": ["#ttl": "ttl", "#updated": "updatedAt", "#key": "sk"],
            "ExpressionAttributeValues": [
                ":ttl": .attribute(touch.ttl), ":updated": .attribute(ISOTime.text(touch.updatedAt)),
            ],
        ]
        do { _ = try await client.call("UpdateItem", request) } catch {
            // The row was purged meanwhile.
            if error.code == "ConditionalCheckFailedException" { return }
            throw error.storeError("UpdateItem", table: table)
        }
    }

    package func publish(_ metadata: UnitMetadata) async throws(StoreError) {
        var unsettled: StoreError?
        do throws(StoreError) { try await recorded?.settled() } catch { unsettled = error }
        try await self.metadata.publish(metadata)
        // The rows and their metadata stand; that the log does not tell of them yet is told last.
        if let unsettled { throw unsettled }
    }

    package func metadata(service: String?) async throws(StoreError) -> [UnitMetadata] {
        try await metadata.read(service: service).sorted { $0.unit < $1.unit }
    }

    package func metadata(of unit: Unit) async throws(StoreError) -> UnitMetadata? {
        try await metadata.read(unit: unit)
    }

    /// A page may be shorter than `limit`, even empty, and still have a cursor.
    package func list(
        _ filter: ResourceFilter, after cursor: String?, limit: Int
    ) async throws(StoreError) -> ResourcePage {
        precondition(limit > 0, "a page holds at least one resource")
        let position: ListCursor?
        if let cursor { position = try ListCursor(cursor) } else { position = nil }
        let now = now()
        let units = try await metadata.units(now: now).filter { unit in
            (filter.service ?? unit.service) == unit.service && (filter.account ?? unit.account) == unit.account
                && (filter.region ?? unit.storedRegion) == unit.storedRegion
                && filter.type?.hasPrefix("\(unit.service)/") ?? true
        }
        let walk = ListWalk(
            client: client, table: options.inventoryTable, filter: ItemFilter(filter, now: now), limit: limit)
        return try await walk.run(units, after: position)
    }

    package func get(_ id: String) async throws(StoreError) -> [ResourceRecord] {
        if id.isEmpty { return [] }
        let table = options.inventoryTable
        let filter = ItemFilter(id: id, now: now())
        var records: [ResourceRecord] = []
        try await client.pages("Scan", table: table) { start in
            .compact(
                ("TableName", .string(table)), ("FilterExpression", .string(filter.expression)),
                ("ExpressionAttributeNames", .object(filter.names)),
                ("ExpressionAttributeValues", .object(filter.values)), ("ExclusiveStartKey", start))
        } _: { (scanner) throws(JSONScanner.Failure) in
            let record = try ItemReader.record(&scanner)
            if records.count < SQLiteStore.getLimit { records.append(record) }
        }
        return records.sorted { ($0.unit.partitionKey, $0.id) < ($1.unit.partitionKey, $1.id) }
    }

    /// DynamoDB does it by itself, usually within two days; answers 0.
    package func purgeExpired(now: Int) async throws(StoreError) -> Int { 0 }

    /// Ends those who wait for changes and closes the log's file; every call has ended when its caller went on.
    package func close() async {
        changeSignal.close()
        // What could not be settled is at the next start.
        do throws(StoreError) { try await recorded?.settled() } catch let failure { _ = failure }
        await recorded?.journal.close()
    }
}
