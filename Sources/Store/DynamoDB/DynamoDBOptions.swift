/// How `data` is kept in DynamoDB.
package enum DataFormat: String, Sendable, CaseIterable {
    /// A map (M), whose members other readers can select; a document that a map cannot hold is kept as text.
    case map
    /// JSON text (S).
    case json
}

/// Which tables the store uses, and how.
package struct DynamoDBOptions: Sendable {
    package var inventoryTable: String
    package var metadataTable: String
    package var dataFormat: DataFormat
    /// Batch writes under way at a time over all units. Together they hold at most this many request bodies of 4 MiB.
    package var concurrentWrites: Int

    package init(
        inventoryTable: String = "aws-inventory-data", metadataTable: String = "aws-inventory-metadata",
        dataFormat: DataFormat = .map, concurrentWrites: Int = 16
    ) {
        self.inventoryTable = inventoryTable
        self.metadataTable = metadataTable
        self.dataFormat = dataFormat
        self.concurrentWrites = max(concurrentWrites, 1)
    }
}
