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
        try await records(service == nil ? "Scan" : "Query") { _ in
            .compact(
                ("KeyConditionExpression", service.map { _ in "#service = :service" }),
                ("ExpressionAttributeNames", service.map { _ in ["#service": "service"] }),
                ("ExpressionAttributeValues", service.map { [":service": .attribute($0)] }))
        }
    }

    /// The record of one unit.
    func read(unit: Unit) async throws(StoreError) -> UnitMetadata? {
        try await records("Query") { sortKey in
            [
                "KeyConditionExpression": "#service = :service AND #scope = :scope",
                "ExpressionAttributeNames": ["#service": "service", "#scope": .string(sortKey)],
                "ExpressionAttributeValues": [
                    ":service": .attribute(unit.service), ":scope": .attribute("\(unit.account)#\(unit.storedRegion)"),
                ],
            ]
        }.first
    }

    private func records(
        _ operation: String, _ condition: (_ sortKey: String) -> JSONValue
    ) async throws(StoreError) -> [UnitMetadata] {
        let sortKey = try await sortKeyName()
        let table = options.metadataTable
        let condition = condition(sortKey).members ?? []
        var records: [UnitMetadata] = []
        try await client.pages(operation, table: table) { start in
            let place = JSONValue.compact(
                ("TableName", .string(table)), ("ExclusiveStartKey", start), ("ConsistentRead", true))
            return .object((place.members ?? []) + condition)
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
