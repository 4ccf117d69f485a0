import JSON

/// Makes one DynamoDB call: the seam between the store and the AWS client, which signs, sends and retries.
package protocol DynamoDBCaller: Sendable {
    /// Calls `operation` (`BatchWriteItem`) with a JSON 1.0 body and answers the body of the reply.
    /// Cancelling the task ends the call with `DynamoDBCallError.cancelled`.
    func call(_ operation: String, body: SharedBytes) async throws(DynamoDBCallError) -> [UInt8]
}

/// Why a DynamoDB call failed, as AWS said it or as the transport did.
package struct DynamoDBCallError: Error, Sendable, Equatable {
    /// AWS's code without its namespace, `ValidationException`; our own word for what happened below AWS.
    package var code: String
    package var message: String
    /// HTTP status; 0 when there was no reply.
    package var status: Int
    /// `true` when the same call may succeed later: throttles, 5xx, broken connections.
    package var isRetryable: Bool

    package init(code: String, message: String, status: Int, isRetryable: Bool) {
        self.code = code
        self.message = message
        self.status = status
        self.isRetryable = isRetryable
    }

    /// The task was cancelled.
    package static let cancelled = DynamoDBCallError(
        code: "Cancelled", message: "the call was cancelled", status: 0, isRetryable: false)

    /// DynamoDB's codes for too many requests
    /// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html).
    var isThrottle: Bool {
        ["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"].contains(code)
    }
}
