import Inventory

extension DynamoDBCallError {
    /// The same for callers of a store: what was tried on which table, and what to do.
    func storeError(_ operation: String, table: String) -> StoreError {
        if self == .cancelled { return .cancelled }
        let what = "DynamoDB table \(table): \(operation) failed: \(code): \(message.prefix(300))"
        if isThrottle { return .exhausted("\(what); raise the table's throughput or try again later") }
        switch code {
        case "ResourceNotFoundException":
            return .unavailable("DynamoDB table \(table) does not exist in this account and region; create it first")
        case "AccessDeniedException", "AccessDenied", "UnrecognizedClientException":
            return .refused("\(what); the role of the store needs dynamodb:\(operation) on this table")
        default: return isRetryable ? .unavailable(what) : .refused(what)
        }
    }
}
