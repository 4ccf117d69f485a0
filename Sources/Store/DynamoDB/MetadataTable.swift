import Inventory
import JSON

/// The metadata table, and which units it says there are.
actor MetadataTable {
    private let client: DynamoDBClient
    private let options: DynamoDBOptions
    private var sortKey: String?
    /// Units in key order; at most as many as there are records, about 100 bytes each.
    private var units: [Unit] = []
    private var readAt: Int?

    /// How old the list of units may be when a page of resources is read. A unit appears once in its life.
    private static let unitsLifetimeInSeconds = 30

    init(client: DynamoDBClient, options: DynamoDBOptions) {
        self.client = client
        self.options = options
    }

    func prepare() async throws(StoreError) {
        sortKey = try await TableSetup(client: client, options: options).run()
    }

    func publish(_ metadata: UnitMetadata) async throws(StoreError) {
        let item = MetadataItem.write(metadata, sortKey: try await sortKeyName())
        let table = options.metadataTable
        _ = try await client.call("PutItem", ["TableName": .string(table), "Item": item], table: table)
        guard readAt != nil else { return }
        let position = units.firstIndex { $0.partitionKey >= metadata.unit.partitionKey } ?? units.count
        if position == units.count || units[position] != metadata.unit { units.insert(metadata.unit, at: position) }
    }

    /// Records of one service or of all, in no order.
    func read(service: String?) async throws(StoreError) -> [UnitMetadata] {
        let sortKey = try await sortKeyName()
        let table = options.metadataTable
        var records: [UnitMetadata] = []
        try await client.pages(service == nil ? "Scan" : "Query", table: table) { start in
            .compact(
                ("TableName", .string(table)), ("ExclusiveStartKey", start), ("ConsistentRead", true),
                ("KeyConditionExpression", service.map { _ in "#service = :service" }),
                ("ExpressionAttributeNames", service.map { _ in ["#service": "service"] }),
                ("ExpressionAttributeValues", service.map { [":service": .attribute($0)] }))
        } _: { (scanner) throws(JSONScanner.Failure) in
            if let record = try MetadataItem.read(&scanner, sortKey: sortKey) { records.append(record) }
        }
        return records
    }

    /// The units that have a record, sorted by partition key.
    func units(now: Int) async throws(StoreError) -> [Unit] {
        if let readAt, now >= readAt, now < readAt + Self.unitsLifetimeInSeconds { return units }
        let found = try await read(service: nil).map(\.unit)
        units = found.sorted { $0.partitionKey < $1.partitionKey }
        readAt = now
        return units
    }

    private func sortKeyName() async throws(StoreError) -> String {
        if let sortKey { return sortKey }
        let name = try await TableSetup(client: client, options: options).metadataSortKey()
        sortKey = name
        return name
    }
}
