import Configuration
import Testing

@testable import inventory_collectord

@Suite struct InheritedEnvironmentTests {
    private func load(_ environment: [String: String], _ text: String = "") throws -> CollectorConfiguration {
        let tree = try ConfigurationTree()
        try tree.write(mainFile, text)
        return try tree.load(environment: environment).configuration
    }

    @Test("the replaced system's variables make a DynamoDB collector with roles")
    func complete() throws {
        let configuration = try load([
            "INVENTORY_TABLE_NAME": "old-data", "METADATA_TABLE_NAME": "old-meta", "INVENTORY_ROLE_NAME": "Reader",
            "EXTERNAL_ID": "word", "ROLE_SESSION_NAME": "old", "INVENTORY_ACCOUNTS": "111122223333, 444455556666,",
        ])
        #expect(configuration.store.engine == .dynamodb)
        #expect(configuration.store.inventoryTable == "old-data" && configuration.store.metadataTable == "old-meta")
        #expect(configuration.accounts.map(\.id) == ["111122223333", "444455556666"])
        let account = configuration.accounts[1]
        #expect(account.roleARN == "arn:aws:iam::444455556666:role/Reader")
        #expect(account.externalID?.value == "word" && account.sessionName == "old")
    }

    @Test(
        "accounts may be JSON: ids, or objects with names in any style",
        arguments: [
            (#"["111122223333"]"#, [InheritedAccount(id: "111122223333")]),
            (
                #" [{"accountId": "111122223333", "role_arn": "arn:x", "Name": "a", "other": 1}, "444455556666"]"#,
                [
                    InheritedAccount(id: "111122223333", settings: ["RoleArn": "arn:x", "Name": "a"]),
                    InheritedAccount(id: "444455556666"),
                ]
            ),
            ("", []),
        ])
    func json(text: String, accounts: [InheritedAccount]) throws {
        #expect(try InheritedAccount.read(text) == accounts)
    }

    @Test("files win over variables, key by key")
    func precedence() throws {
        let environment = [
            "INVENTORY_TABLE_NAME": "old-data", "METADATA_TABLE_NAME": "old-meta", "INVENTORY_ROLE_NAME": "Reader",
            "INVENTORY_ACCOUNTS": "999999999999", "EXTERNAL_ID": "word",
        ]
        let sqlite = try load(environment, "[Store]\nType=sqlite\n[Organization]\nExternalId=mine\n")
        #expect(sqlite.store.engine == .sqlite && sqlite.store.inventoryTable == "aws-inventory-data")
        #expect(sqlite.accounts.isEmpty && sqlite.organization?.memberRoleName == "Reader")
        #expect(sqlite.organization?.externalID?.value == "mine")
        let tables = try load(
            environment,
            "[Store]\nInventoryTable=mine\n[Account 111122223333]\nRoleArn=arn:aws:iam::111122223333:role/Own\n")
        #expect(tables.store.engine == .dynamodb && tables.store.inventoryTable == "mine")
        #expect(tables.store.metadataTable == "old-meta")
        #expect(tables.accounts.map(\.roleARN) == ["arn:aws:iam::111122223333:role/Own"])
    }

    @Test(
        "role names get the partition of the region",
        arguments: [("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov"), ("eu-west-1", "aws")])
    func partition(region: String, partition: String) throws {
        let environment = [
            "AWS_REGION": region, "INVENTORY_ROLE_NAME": "R", "INVENTORY_ACCOUNTS": "111122223333",
        ]
        #expect(try load(environment).accounts[0].roleARN == "arn:\(partition):iam::111122223333:role/R")
    }

    @Test(
        "mistakes in variables name the variable and the column",
        arguments: [
            (
                "INVENTORY_ACCOUNTS", "111122223333, 4444",
                "INVENTORY_ACCOUNTS:1:15: INVENTORY_ACCOUNTS=: `4444` has 4 digits; "
                    + "an account id has 12 digits, such as 111122223333"
            ),
            (
                "INVENTORY_TABLE_NAME", "a b",
                "INVENTORY_TABLE_NAME:1:2: InventoryTable=: ` ` is not allowed in a table name; "
                    + "write a name such as aws-inventory-data"
            ),
        ])
    func mistakes(variable: String, value: String, expected: String) throws {
        #expect(try ConfigurationTree().errors(environment: [variable: value]) == [expected])
    }

    @Test("a wrong role name is reported once, with its place in the variable")
    func roleName() throws {
        let environment = ["INVENTORY_ACCOUNTS": "111122223333,444455556666", "INVENTORY_ROLE_NAME": "a b"]
        let expected =
            "INVENTORY_ROLE_NAME:1:2: RoleArn=: ` ` is not allowed in a role name; "
            + "write a name such as InventoryReadRole"
        #expect(try ConfigurationTree().errors(environment: environment) == [expected])
    }

    @Test("broken JSON points at the byte, a missing id at the element")
    func brokenJSON() throws {
        let broken = #expect(throws: ValueError.self) { try InheritedAccount.read("[\"111122223333\",") }
        #expect(broken?.offset == 16)
        let missing = #expect(throws: ValueError.self) { try InheritedAccount.read("[\"111122223333\", 7]") }
        #expect(missing?.message == "element 2 holds no account id")
    }
}
