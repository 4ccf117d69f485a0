import Inventory
import JSON
import Testing

@testable import Store

/// Tables and items as other programs see them, on the emulator.
@Suite("DynamoDB's tables")
struct DynamoDBTableTests {
    private func call(_ operation: String, _ body: JSONValue) async throws -> JSONValue {
        let caller = MotoCaller(server: try Engine.emulator())
        return try JSONValue.parse(try await caller.call(operation, body: SharedBytes(body.serialized)))
    }

    private func create(_ table: String, _ partition: String, _ sort: String) async throws {
        _ = try await call(
            "CreateTable",
            [
                "TableName": .string(table), "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": .array(
                    [partition, sort].map { ["AttributeName": .string($0), "AttributeType": "S"] }),
                "KeySchema": [
                    ["AttributeName": .string(partition), "KeyType": "HASH"],
                    ["AttributeName": .string(sort), "KeyType": "RANGE"],
                ],
            ])
    }

    @Test("prepare creates both tables on demand, with TTL and the index by account")
    func creates() async throws {
        let name = Engine.newName()
        let store = try Engine.dynamoDB(.map, tables: name)
        try await store.prepare()
        let data = try await call("DescribeTable", ["TableName": .string("\(name)-data")])
        #expect(data["Table"]?["BillingModeSummary"]?["BillingMode"]?.string == "PAY_PER_REQUEST")
        let expiry = try await call("DescribeTimeToLive", ["TableName": .string("\(name)-data")])
        #expect(expiry["TimeToLiveDescription"]?["TimeToLiveStatus"]?.string == "ENABLED")
        #expect(expiry["TimeToLiveDescription"]?["AttributeName"]?.string == "ttl")
        let metadata = try await call("DescribeTable", ["TableName": .string("\(name)-metadata")])
        #expect(
            metadata["Table"]?["KeySchema"]?.array?.compactMap { $0["AttributeName"]?.string }
                == ["service", "accountRegion"])
        let index = metadata["Table"]?["GlobalSecondaryIndexes"]?.array?.first
        #expect(index?["IndexName"]?.string == "accountId-index")
        #expect(index?["KeySchema"]?.array?.compactMap { $0["AttributeName"]?.string } == ["accountId", "region"])
    }

    @Test("Items have the attributes and types of the contract")
    func itemFormat() async throws {
        let name = Engine.newName()
        let store = try Engine.dynamoDB(.map, tables: name)
        try await store.prepare()
        let record = Samples.record("i-1", arn: "arn:x", name: "n", tags: #"{"a":"b"}"#)
        try await store.store([record], in: record.unit)
        let reply = try await call(
            "GetItem",
            [
                "TableName": .string("\(name)-data"),
                "Key": ["pk": .attribute("ec2#111122223333#eu-west-1"), "sk": .attribute("i-1")],
            ])
        let expected: [(String, JSONValue)] = [
            ("pk", .attribute("ec2#111122223333#eu-west-1")), ("sk", .attribute("i-1")), ("service", .attribute("ec2")),
            ("accountId", .attribute("111122223333")), ("region", .attribute("eu-west-1")),
            ("resourceId", .attribute("i-1")), ("resourceType", .attribute("ec2/instance")),
            ("arn", .attribute("arn:x")), ("name", .attribute("n")), ("tags", ["M": ["a": .attribute("b")]]),
            ("digest", .attribute("0000000000000001fffffffffffffffe")),
            ("updatedAt", .attribute("2027-01-15T08:00:00Z")),
            ("createdAt", .attribute("2027-01-15T07:59:00Z")), ("ttl", .attribute(1_807_776_000)),
        ]
        for (key, value) in expected { #expect(reply["Item"]?[key] == value, "\(key)") }
        let data = reply["Item"]?["data"]?["M"]
        #expect(data?["Count"] == .attribute(3))
        #expect(data?["On"] == ["BOOL": true] && data?["None"] == ["NULL": true])
        #expect(data?["List"] == ["L": [.attribute("a"), ["N": "1.5"]]])
    }

    @Test("Tables of the replaced system are used as they are, its rows and metadata read")
    func legacyTables() async throws {
        let name = Engine.newName()
        try await create("\(name)-data", "pk", "sk")
        try await create("\(name)-metadata", "service", "accountId#region")
        _ = try await call(
            "PutItem",
            [
                "TableName": .string("\(name)-data"),
                "Item": [
                    "pk": .attribute("s3#111122223333#global"), "sk": .attribute("bucket"), "service": .attribute("s3"),
                    "accountId": .attribute("111122223333"), "region": .attribute("global"),
                    "resourceId": .attribute("bucket"), "updatedAt": .attribute("2026-12-01T00:00:00.123456"),
                    "ttl": .attribute(Samples.now + 1_000),
                    "data": ["M": ["Name": .attribute("bucket"), "Set": ["SS": ["a"]], "Numbers": ["NS": ["1"]]]],
                ],
            ])
        _ = try await call(
            "PutItem",
            [
                "TableName": .string("\(name)-metadata"),
                "Item": [
                    "service": .attribute("s3"), "accountId#region": .attribute("111122223333#global"),
                    "accountId": .attribute("111122223333"), "region": .attribute("global"),
                    "updatedAt": .attribute("2026-12-01T00:00:00Z"), "resourceCount": .attribute(1),
                ],
            ])
        let store = try Engine.dynamoDB(.map, tables: name)
        try await store.prepare()
        let unit = Samples.unit("s3", region: Scope.global)
        let index = try await store.index(of: unit)
        #expect(Array(index.tables.keys) == [""])
        #expect(index.entries.first?.digest == nil)
        #expect(index.entries.first?.createdAt == Samples.now + 1_000 - ResourceRecord.lifetimeInSeconds)
        let row = try #require(try await store.listAll().first)
        #expect(row.unit == unit && row.type.isEmpty && row.updatedAt == 1_796_083_200)
        #expect(
            try JSONValue.parse(row.data)["Set"] == ["a"] && JSONValue.parse(row.data)["Numbers"] == [1])
        let metadata = try await store.metadata(service: "s3")
        #expect(metadata.map(\.unit) == [unit] && metadata.first?.updatedAt == 1_796_083_200)
        try await store.publish(Samples.metadata(unit, count: 4))
        #expect(try await store.metadata(service: nil).map(\.resourceCount) == [4])
    }

    @Test(
        "A table with another key is refused with what was found and expected", arguments: [("pk", "id"), ("id", "sk")])
    func wrongKey(_ partition: String, _ sort: String) async throws {
        let name = Engine.newName()
        try await create("\(name)-data", partition, sort)
        let store = try Engine.dynamoDB(.map, tables: name)
        let error = await #expect(throws: StoreError.self) { try await store.prepare() }
        #expect(error?.parts.kind == "refused")
        #expect(error?.parts.text.contains("\(partition) and \(sort)") == true)
        #expect(error?.parts.text.contains("pk and sk") == true)
    }
}
