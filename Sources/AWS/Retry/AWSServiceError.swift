/// An error reply of an AWS service. Carries no request content.
package struct AWSServiceError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Longest message kept, in characters: the longest that AWS documents have plenty of room.
    package static let messageLimit = 1000

    package var service: String
    package var operation: String
    package var status: Int
    /// AWS's code without a namespace, or `HTTP<status>`.
    package var code: String
    package var message: String
    package var requestID: String?
    package var errorClass: ErrorClass

    package init(
        service: String, operation: String, status: Int, code: String, message: String, requestID: String? = nil
    ) {
        self.service = service
        self.operation = operation
        self.status = status
        self.code = code
        self.message = String(message.prefix(Self.messageLimit))
        self.requestID = requestID
        errorClass = ErrorClass(status: status, code: code, message: message, service: service)
    }

    /// Reads an error reply; never fails: what cannot be read has the code `HTTP<status>`.
    ///
    /// - Parameter body: its first `AWSErrorBody.limit` bytes are enough.
    package init(
        service: String, operation: String, status: Int, headers: HTTPHeaders, body: [UInt8]
    ) {
        let facts = AWSErrorBody(status: status, headers: headers, body: body)
        self.init(
            service: service, operation: operation, status: status, code: facts.code, message: facts.message,
            requestID: facts.requestID)
    }

    package var description: String {
        let id = requestID.map { ", request \($0)" } ?? ""
        return "\(service) \(operation): \(code): \(message) (HTTP \(status)\(id))"
    }
}
