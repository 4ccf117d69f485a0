import JSON

/// One line of the table of error codes: what a code means, where that depends on the service or on the message, and who
/// says so.
struct ErrorRule: Sendable {
    /// Services by their AWS CLI names; empty for all.
    var services: Set<String> = []
    var codes: Set<String>
    /// In lower case; one of them must be part of the message. Empty when the code alone is enough.
    var words: [String] = []
    var means: ErrorClass
    var source: String

    func fits(service: String, code: String, message: String) -> Bool {
        guard codes.contains(code), services.isEmpty || services.contains(service) else { return false }
        guard !words.isEmpty else { return true }
        let message = message.lowercased()
        return words.contains { message.includes($0) }
    }
}

extension ErrorRule {
    /// Looked through in order before the codes that mean the same everywhere.
    static let special: [ErrorRule] = [
        ErrorRule(
            codes: ["SignatureDoesNotMatch", "InvalidSignatureException"],
            words: ["signature expired", "signature not yet current"], means: .clockSkew,
            source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html"),
        ErrorRule(
            services: ["macie2"], codes: ["AccessDeniedException"], words: ["macie is not enabled"], means: .notEnabled,
            source: "https://github.com/turbot/steampipe-plugin-aws/pull/647"),
        ErrorRule(
            services: ["securityhub"], codes: ["InvalidAccessException"], words: ["not subscribed"], means: .notEnabled,
            source: "https://github.com/prowler-cloud/prowler/pull/1590"),
        ErrorRule(
            services: ["shield"], codes: ["ResourceNotFoundException"], words: ["subscription"], means: .notEnabled,
            source: "https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_DescribeSubscription.html"),
        ErrorRule(
            services: ["compute-optimizer"], codes: ["OptInRequiredException"], means: .notEnabled,
            source: "the service's model: the account is not opted in"),
        ErrorRule(
            services: ["quicksight"], codes: ["UnsupportedUserEditionException"], means: .notEnabled,
            source: "the service's model: the subscription's edition does not have the operation"),
        ErrorRule(
            codes: ["AWSOrganizationsNotInUseException"], means: .notEnabled,
            source: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html"),
        ErrorRule(
            services: ["lightsail"], codes: ["RegionSetupInProgressException"], means: .notEnabled,
            source: "the service's model: an opt-in region that is being set up"),
        ErrorRule(
            codes: ["RegionDisabledException"], means: .notEnabled,
            source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"),
        ErrorRule(
            services: ["events"], codes: ["OperationDisabledException"], means: .unsupported,
            source: "the service's model: not available in this region"),
        ErrorRule(
            services: ["glue"], codes: ["OperationNotSupportedException"], means: .unsupported,
            source: "the service's model: not available in the region"),
        ErrorRule(
            services: ["gamelift"], codes: ["UnsupportedRegionException"], means: .unsupported,
            source: "the service's model: not supported in the region specified"),
        ErrorRule(
            services: ["dax"], codes: ["InvalidParameterValueException"], words: ["access denied to api version"],
            means: .unsupported, source: "https://github.com/turbot/steampipe-mod-aws-compliance/issues/321"),
        ErrorRule(
            services: ["s3", "s3control"], codes: ["PermanentRedirect"],
            words: ["only available in the following regions"],
            means: .unsupported, source: "https://github.com/gruntwork-io/cloud-nuke/issues/667"),
        ErrorRule(
            codes: ["AccessDeniedException", "AccessDenied"], words: ["unable to determine service/operation name"],
            means: .unsupported, source: "https://github.com/hashicorp/terraform-provider-aws/issues/27485"),
    ]

    /// Codes that mean the same everywhere.
    static let everywhere: [ErrorRule] = [
        ErrorRule(
            codes: [
                "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
                "TooManyRequestsException", "ProvisionedThroughputExceededException", "TransactionInProgressException",
                "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "RequestThrottled",
                "SlowDown", "PriorRequestNotComplete", "EC2ThrottledException", "ThroughputExceeded", "HTTP429",
            ], means: .throttled,
            source: "botocore 1.44, retries/standard.py, the throttling codes of the standard mode"),
        ErrorRule(
            codes: [
                "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure", "InternalServerError",
                "InternalServerException", "InternalServiceError", "InternalServiceException", "InternalException",
                "ServiceUnavailable", "ServiceUnavailableException", "Unavailable", "IDPCommunicationError",
            ], means: .transient,
            source: "the same, and https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"),
        ErrorRule(
            codes: ["RequestTimeTooSkewed", "RequestInTheFuture"], means: .clockSkew,
            source: "aws-sdk-java-v2, AwsErrorCode, the clock skew codes"),
        ErrorRule(
            codes: ["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired", "InvalidToken"],
            means: .expiredCredentials, source: "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"),
        ErrorRule(
            codes: [
                "InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure", "InvalidAccessKeyId",
                "InvalidSecurity", "SignatureDoesNotMatch", "InvalidSignatureException",
            ], means: .refusedKeys,
            source: "https://github.com/turbot/steampipe-plugin-aws/issues/75 (the same code in a region that is not "
                + "enabled), https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"),
        ErrorRule(
            codes: [
                "OptInRequired", "SubscriptionRequiredException", "SubscriptionRequired", "NotSignedUp",
                "PendingVerification",
            ], means: .notEnabled,
            source:
                "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and S3's ErrorResponses"),
        ErrorRule(
            codes: [
                "UnknownOperation", "UnknownOperationException", "InvalidAction", "UnknownAction",
                "UnsupportedOperation", "UnsupportedOperationException", "NotImplemented",
            ], means: .unsupported,
            source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonErrors.html, "
                + "https://github.com/hashicorp/terraform-provider-aws/issues/4359"),
    ]

    /// Refusals; whether they are explicit stands in the message.
    static let denials: Set<String> = [
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedAccess", "UnauthorizedException",
        "AuthorizationError", "AuthorizationErrorException", "AuthorizationException", "NotAuthorized",
        "NotAuthorizedException", "Forbidden", "ForbiddenException", "AllAccessDisabled", "Blocked", "AccountProblem",
    ]

    /// Wordings of IAM that no permission in the account helps against: an explicit deny, wherever it stands, and policies
    /// of the organisation that allow nothing
    /// (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html). A permissions boundary or a
    /// session policy that does not allow an action belongs to the account and is an ordinary refusal.
    static let explicitWords = ["explicit deny", "service control policy", "resource control policy"]
}
