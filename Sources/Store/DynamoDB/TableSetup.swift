import Inventory
import JSON

/// Creates the tables that are missing and checks those that exist.
struct TableSetup {
    let client: DynamoDBClient
    let options: DynamoDBOptions

    /// The sort key of metadata tables that we create.
    static let metadataSortKey = "accountRegion"
    /// A new table is active after seconds; a minute and a half of polling is more than any was seen to take.
    private static let pollLimit = 45
    private static let pollInterval = Duration.seconds(2)

    private struct Description {
        var partitionKey: String?
        var sortKey: String?
        var isActive: Bool
    }

    /// Makes both tables ready; answers the name of the metadata table's sort key.
    func run() async throws(StoreError) -> String {
        let inventory = options.inventoryTable
        if let found = try await describe(inventory) {
            guard found.partitionKey == "pk", found.sortKey == "sk" else {
                throw wrongKey(inventory, found, expected: "pk and sk")
            }
        } else {
            try await create(inventory, inventoryDefinition)
        }
        try await waitUntilActive(inventory)
        try await enableExpiry(of: inventory)
        var sortKey = Self.metadataSortKey
        if try await describe(options.metadataTable) != nil {
            sortKey = try await metadataSortKey()
        } else {
            try await create(options.metadataTable, metadataDefinition)
        }
        try await waitUntilActive(options.metadataTable)
        return sortKey
    }

    /// The name of an existing metadata table's sort key.
    func metadataSortKey() async throws(StoreError) -> String {
        let table = options.metadataTable
        guard let found = try await describe(table) else {
            throw .unavailable("DynamoDB table \(table) does not exist in this account and region; create it first")
        }
        guard found.partitionKey == "service", let sortKey = found.sortKey else {
            throw wrongKey(table, found, expected: "service and a sort key")
        }
        return sortKey
    }

    private func wrongKey(_ table: String, _ found: Description, expected: String) -> StoreError {
        let keys = [found.partitionKey, found.sortKey].compactMap(\.self).joined(separator: " and ")
        return .refused(
            "DynamoDB table \(table) has the key \(keys), but \(expected) is expected; name another table in the "
                + "configuration")
    }

    private func describe(_ table: String) async throws(StoreError) -> Description? {
        let reply: [UInt8]
        do {
            reply = try await client.call("DescribeTable", ["TableName": .string(table)] as JSONValue)
        } catch {
            if error.code == "ResourceNotFoundException" { return nil }
            throw error.storeError("DescribeTable", table: table)
        }
        guard let facts = (try? JSONValue.parse(reply))?["Table"], let keys = facts["KeySchema"]?.array else {
            throw .corrupt("DynamoDB table \(table): the reply to DescribeTable cannot be read")
        }
        func name(_ type: String) -> String? {
            keys.first { $0["KeyType"]?.string == type }?["AttributeName"]?.string
        }
        let status = facts["TableStatus"]?.string
        return Description(
            partitionKey: name("HASH"), sortKey: name("RANGE"), isActive: status == "ACTIVE" || status == "UPDATING")
    }

    private func create(_ table: String, _ definition: [JSONValue.Member]) async throws(StoreError) {
        let request = JSONValue.object(
            [.init("TableName", .string(table)), .init("BillingMode", "PAY_PER_REQUEST")] + definition)
        do { _ = try await client.call("CreateTable", request) } catch {
            // Another collector was faster.
            if error.code == "ResourceInUseException" { return }
            throw error.storeError("CreateTable", table: table)
        }
    }

    private func waitUntilActive(_ table: String) async throws(StoreError) {
        for _ in 0..<Self.pollLimit {
            if try await describe(table)?.isActive == true { return }
            do { try await client.clock.sleep(for: Self.pollInterval) } catch { throw .cancelled }
        }
        throw .unavailable("DynamoDB table \(table) is not active after a minute and a half; try again later")
    }

    /// Has DynamoDB delete rows whose `ttl` has passed. Asked for at each start, so that a start that was cut off after
    /// creating the table leaves nothing behind; an existing table whose owner may not change this is used as it is.
    private func enableExpiry(of table: String) async throws(StoreError) {
        let name = JSONValue.object([.init("TableName", .string(table))])
        guard let reply = try? await client.call("DescribeTimeToLive", name),
            let status = (try? JSONValue.parse(reply))?["TimeToLiveDescription"]?["TimeToLiveStatus"]?.string,
            status == "DISABLED"
        else { return }
        let request: JSONValue = [
            "TableName": .string(table), "TimeToLiveSpecification": ["Enabled": true, "AttributeName": "ttl"],
        ]
        do { _ = try await client.call("UpdateTimeToLive", request) } catch {
            if error == .cancelled { throw .cancelled }
            // Readers filter expired rows, and the next refresh of a unit deletes them.
            if error.code == "AccessDeniedException" || error.code == "ValidationException" { return }
            throw error.storeError("UpdateTimeToLive", table: table)
        }
    }

    private var inventoryDefinition: [JSONValue.Member] {
        [
            .init("AttributeDefinitions", Self.strings(["pk", "sk"])),
            .init("KeySchema", Self.key("pk", "sk")),
        ]
    }

    private var metadataDefinition: [JSONValue.Member] {
        [
            .init("AttributeDefinitions", Self.strings(["service", Self.metadataSortKey, "accountId", "region"])),
            .init("KeySchema", Self.key("service", Self.metadataSortKey)),
            .init(
                "GlobalSecondaryIndexes",
                [
                    [
                        "IndexName": "accountId-index", "KeySchema": Self.key("accountId", "region"),
                        "Projection": ["ProjectionType": "ALL"],
                    ]
                ]),
        ]
    }

    private static func strings(_ names: [String]) -> JSONValue {
        .array(names.map { ["AttributeName": .string($0), "AttributeType": "S"] })
    }

    private static func key(_ partition: String, _ sort: String) -> JSONValue {
        [
            ["AttributeName": .string(partition), "KeyType": "HASH"],
            ["AttributeName": .string(sort), "KeyType": "RANGE"],
        ]
    }
}
