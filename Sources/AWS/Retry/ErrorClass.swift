import JSON

/// What an error reply of AWS means for the caller, whatever the service calls it.
package enum ErrorClass: Sendable, Equatable {
    /// Too many requests; slow down and try again.
    case throttled
    /// A fault on AWS's side or on the way; try again.
    case transient
    /// Our clock differs from AWS's by too much for a signature; correct it by the reply's `Date` and try again.
    case clockSkew
    /// The keys are expired or unknown; try again with fresh ones.
    case expiredCredentials
    /// The caller may not do this; explicit when a policy denies it or an organisation's policy does not allow it, so that
    /// no permission in the account helps.
    case accessDenied(explicit: Bool)
    /// The account has not enabled the region or not subscribed to the service.
    case notEnabled
    /// The service or region does not know the operation.
    case unsupported
    /// What was asked for does not exist (any more).
    case notFound
    case other

    /// Whether the same request can succeed later.
    package var isRetryable: Bool {
        switch self {
        case .throttled, .transient, .clockSkew, .expiredCredentials: true
        case .accessDenied, .notEnabled, .unsupported, .notFound, .other: false
        }
    }

    /// - Parameters:
    ///   - code: without a namespace or `Client.` in front, `HTTP<status>` when the reply had none.
    ///   - region: where the request went; decides what unknown keys mean.
    package init(status: Int, code: String, message: String = "", region: String? = nil) {
        if let known = Self.byCode[code] {
            self = known
        } else if Self.unknownKeys.contains(code) {
            self = Self.ofUnknownKeys(code: code, message: message, region: region)
        } else if Self.denials.contains(code) {
            self = .accessDenied(explicit: Self.isExplicit(message))
        } else {
            self = Self.byShape(status: status, code: code, message: message)
        }
    }

    /// Codes that mean one thing everywhere. Throttling and transient codes: botocore's standard retry mode and the
    /// clock skew codes of aws-sdk-java-v2's AwsErrorCode; the others: AWS's pages of common errors (EC2, IAM, S3).
    private static let byCode: [String: ErrorClass] = {
        var table: [String: ErrorClass] = [:]
        func add(_ kind: ErrorClass, _ codes: String...) { for code in codes { table[code] = kind } }
        add(
            .throttled, "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
            "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
            "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled", "SlowDown",
            "PriorRequestNotComplete", "EC2ThrottledException", "ThroughputExceeded", "HTTP429")
        add(
            .transient, "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure",
            "InternalServerError", "InternalServerException", "ServiceUnavailable", "ServiceUnavailableException",
            "Unavailable", "IDPCommunicationError")
        add(.clockSkew, "RequestTimeTooSkewed", "RequestInTheFuture")
        add(
            .expiredCredentials, "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired",
            "InvalidToken")
        add(
            .notEnabled, "OptInRequired", "SubscriptionRequiredException", "SubscriptionRequired", "NotSignedUp",
            "PendingVerification")
        add(
            .unsupported, "UnknownOperation", "UnknownOperationException", "InvalidAction", "UnknownAction",
            "UnsupportedOperation", "UnsupportedOperationException", "NotImplemented", "HTTP404", "HTTP405", "HTTP501")
        return table
    }()

    /// What AWS says when it does not know the keys: in a region the account has not enabled, or when they are gone.
    private static let unknownKeys: Set<String> = [
        "InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure", "InvalidAccessKeyId",
        "InvalidSignatureException", "SignatureDoesNotMatch", "InvalidSecurity", "IncompleteSignature",
    ]

    private static let denials: Set<String> = [
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedAccess", "UnauthorizedException",
        "AuthorizationError", "AuthorizationErrorException", "AuthorizationException", "NotAuthorized",
        "NotAuthorizedException", "Forbidden", "ForbiddenException", "AllAccessDisabled", "HTTP403",
    ]

    /// The regions every account of the partition `aws` has from the start; all later ones must be enabled
    /// (https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html).
    private static let defaultRegions: Set<String> = [
        "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
        "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1",
        "eu-west-2", "eu-west-3", "sa-east-1", "aws-global",
    ]

    private static func ofUnknownKeys(code: String, message: String, region: String?) -> ErrorClass {
        if message.includes("Signature expired") || message.includes("Signature not yet current") { return .clockSkew }
        if code == "InvalidSignatureException" || code == "SignatureDoesNotMatch" || code == "IncompleteSignature" {
            return .other  // a fault of ours: neither time nor new keys help
        }
        guard let region, Partition(region: region).name == "aws", !defaultRegions.contains(region) else {
            return .expiredCredentials
        }
        return .notEnabled
    }

    /// Codes that services make up, by how they are made up, and replies without a code by their status.
    private static func byShape(status: Int, code: String, message: String) -> ErrorClass {
        if status == 429 { return .throttled }
        if [500, 502, 503, 504].contains(status) { return .transient }
        if code.hasPrefix("NoSuch") || code.includes("NotFound") || code.includes("NotExist")
            || code.includes("NonExistent")
        {
            return .notFound
        }
        if code.hasPrefix("AccessDenied") || code.hasSuffix("AccessDenied") {
            return .accessDenied(explicit: isExplicit(message))
        }
        return .other
    }

    /// The wording of IAM's messages (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).
    private static func isExplicit(_ message: String) -> Bool {
        ["with an explicit deny", "service control policy", "resource control policy"].contains { message.includes($0) }
    }
}
