import AWS

extension ListingFailure {
    /// The outcome that a call without a result means for its listing.
    package init(_ error: AWSCallError, operation: String) {
        switch error {
        case .service(let error):
            self.init(
                outcome: Self.outcome(error.errorClass),
                error: ListingError(
                    operation: operation, code: error.code, message: error.message, requestID: error.requestID))
            isUnsettled = error.errorClass == .refusedKeys
        case .transport(let error): self.init(error, operation: operation)
        case .reply(let error):
            self.init(
                outcome: .failed,
                error: ListingError(operation: operation, code: "MalformedReply", message: Self.text(error)))
        case .credentials(let error):
            self.init(
                outcome: error.kind == .cancelled ? .cancelled : .credentials,
                error: ListingError(operation: operation, code: Self.code(error.kind), message: error.message))
        case .request(let error):
            self.init(
                outcome: .failed,
                error: ListingError(operation: operation, code: "CatalogueError", message: "\(error)"))
        case .cancelled:
            self.init(
                outcome: .cancelled,
                error: ListingError(operation: operation, code: "Cancelled", message: "cancelled"))
        case .waiting(let rate):
            self.init(
                outcome: .cancelled,
                error: ListingError(
                    operation: operation, code: Self.waitingCode,
                    message: "AWS throttles the calls: one waited for its turn at \(Self.text(rate: rate)) a second"))
        }
    }

    /// What a call that waits for a learned rate ends with: when the reason is a lack of time, AWS's throttling was its cause.
    package static let waitingCode = "WaitingForRate"

    private static func text(rate: Double) -> String {
        let tenths = Int((rate * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func outcome(_ kind: ErrorClass) -> Outcome {
        switch kind {
        case .throttled: .throttled
        case .expiredCredentials, .refusedKeys: .credentials
        case .accessDenied(let explicit): explicit ? .deniedByPolicy : .denied
        case .notEnabled: .notEnabled
        case .unsupported: .unsupported
        case .transient, .clockSkew, .notFound, .other: .failed
        }
    }

    private init(_ error: HTTPError, operation: String) {
        let (outcome, code, message): (Outcome, String, String) =
            switch error {
            case .unreachable(let host, let reason): (.failed, "Unreachable", "\(host): \(reason)")
            case .untrusted(let host, let reason): (.failed, "Untrusted", "\(host): \(reason)")
            case .timedOut(let host, let phase): (.timedOut, "TimedOut", "\(host): \(phase)")
            case .broken(let host, let reason): (.failed, "ConnectionBroken", "\(host): \(reason)")
            case .tooLarge(let limit): (.failed, "ReplyTooLarge", "more than \(limit) bytes")
            case .cancelled: (.cancelled, "Cancelled", "cancelled")
            case .closed: (.cancelled, "Cancelled", "the collector is stopping")
            }
        self.init(outcome: outcome, error: ListingError(operation: operation, code: code, message: message))
    }

    private static func code(_ kind: CredentialsError.Kind) -> String {
        switch kind {
        case .noneFound: "NoCredentials"
        case .badConfiguration: "BadCredentialsConfiguration"
        case .refused(let code): code
        case .unreachable: "CredentialsUnreachable"
        case .cancelled: "Cancelled"
        }
    }

    private static func text(_ error: WireError) -> String {
        switch error {
        case .needMore, .truncated: "the reply ends before its document does"
        case .malformed(let offset, let reason): "byte \(offset): \(reason)"
        case .tooDeep(let limit): "nested deeper than \(limit)"
        case .tooLarge(let limit): "one resource is larger than \(limit) bytes"
        case .doctype: "the reply has a document type declaration, which is refused"
        }
    }
}
