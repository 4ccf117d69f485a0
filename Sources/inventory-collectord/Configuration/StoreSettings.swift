/// What the `[Store]` section says; the values here are the defaults.
struct StoreSettings: SettingGroup {
    /// The engine that keeps the inventory.
    enum Engine: String, Sendable, CaseIterable {
        case sqlite
        case dynamodb
    }

    /// The form of the `data` attribute in DynamoDB.
    enum DataFormat: String, Sendable, CaseIterable {
        /// A DynamoDB map.
        case map
        /// A string that holds JSON.
        case json
    }

    var engine = Engine.sqlite
    /// Only used by SQLite. Where the files are silent, `inventory.db` in the state directory.
    var path = "/var/lib/inventory-collectord/inventory.db"
    var inventoryTable = "aws-inventory-data"
    var metadataTable = "aws-inventory-metadata"
    /// Of the DynamoDB tables; `nil` is the caller's region as the AWS SDKs find it.
    var region: String?
    /// Assumed to reach the DynamoDB tables; `nil` uses the caller's own credentials.
    var roleARN: String?
    var dataFormat = DataFormat.map
}
