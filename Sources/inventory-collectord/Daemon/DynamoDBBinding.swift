import AWS
import Inventory
import JSON
import Store

/// Carries the DynamoDB store's calls over the AWS client.
struct DynamoDBBinding: DynamoDBCaller {
    let client: AWSClient
    let service: AWSService
    let credentials: any CredentialsProvider
    let region: String

    /// DynamoDB's own bound is 16 MB a reply.
    private static let replyLimit = 17 << 20

    func call(_ operation: String, body: SharedBytes) async throws(DynamoDBCallError) -> [UInt8] {
        guard let model = service.model.operations[operation] else {
            throw DynamoDBCallError(
                code: "CatalogueError", message: "dynamodb has no operation \(operation)", status: 0, isRetryable: false
            )
        }
        var call = AWSCall(
            service: service, operation: model, input: [:], region: region, account: "", credentials: credentials)
        call.body = body
        do throws(AWSCallError) {
            return try await client.call(call) { reply throws(AWSCallError) in
                do throws(HTTPError) {
                    return try await reply.body.collect(limit: Self.replyLimit)
                } catch {
                    throw .transport(error)
                }
            }
        } catch {
            throw DynamoDBCallError(error)
        }
    }
}

extension DynamoDBCallError {
    fileprivate init(_ error: AWSCallError) {
        switch error {
        case .service(let error):
            self.init(
                code: error.code, message: error.message, status: error.status,
                isRetryable: error.errorClass.isRetryable)
        case .transport(let error):
            let isCancelled = error == .cancelled || error == .closed
            self.init(
                code: isCancelled ? "Cancelled" : "Unreachable", message: "\(error)", status: 0,
                isRetryable: !isCancelled)
        case .credentials(let error):
            self.init(code: "NoCredentials", message: error.message, status: 0, isRetryable: error.kind == .unreachable)
        case .reply, .request: self.init(code: "MalformedReply", message: "\(error)", status: 0, isRetryable: false)
        case .cancelled, .waiting: self = .cancelled
        }
    }
}
