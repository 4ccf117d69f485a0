import JSON

/// What an error reply of AWS means for the caller, whatever the service calls it. `ErrorRule` is the table.
package enum ErrorClass: Sendable, Equatable {
    /// Too many requests; slow down and try again. In the partition `aws-cn` some services that do not exist answer so
    /// too (https://github.com/someengineering/fixinventory/pull/1639): one reply does not tell, so it stays a throttle.
    case throttled
    /// A fault on AWS's side or on the way; try again.
    case transient
    /// Our clock differs from AWS's by too much for a signature; correct it by the reply's `Date` and try again.
    case clockSkew
    /// The keys are expired; try again with fresh ones.
    case expiredCredentials
    /// AWS does not know the keys: they are gone, or the account has not enabled the region. The reply does not tell which;
    /// the account's own region list and STS do. Worth one try with fresh keys.
    case refusedKeys
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
        case .throttled, .transient, .clockSkew, .expiredCredentials, .refusedKeys: true
        case .accessDenied, .notEnabled, .unsupported, .notFound, .other: false
        }
    }

    /// - Parameters:
    ///   - service: the AWS CLI's name of it, which decides what a few codes mean.
    ///   - code: without a namespace or `Client.` in front, `HTTP<status>` when the reply had none.
    package init(status: Int, code: String, message: String = "", service: String = "") {
        if let rule = ErrorRule.special.first(where: { $0.fits(service: service, code: code, message: message) }) {
            self = rule.means
        } else if let known = Self.byCode[code] {
            self = known
        } else if ErrorRule.denials.contains(code) {
            self = .accessDenied(explicit: Self.isExplicit(message))
        } else {
            self = Self.byShape(status: status, code: code, message: message)
        }
    }

    private static let byCode: [String: ErrorClass] = {
        var table: [String: ErrorClass] = [:]
        for rule in ErrorRule.everywhere { for code in rule.codes { table[code] = rule.means } }
        return table
    }()

    /// Codes that services make up, by how they are made up, and replies without a code by their status.
    ///
    /// A status alone is no word of AWS: 404, 405 and 501 come from proxies and captive portals too, so that they prove
    /// nothing about what a region offers, and 403 without a message is not IAM's.
    private static func byShape(status: Int, code: String, message: String) -> ErrorClass {
        if status == 429 { return .throttled }
        if [500, 502, 503, 504].contains(status) { return .transient }
        if code == "HTTP403", !message.isEmpty { return .accessDenied(explicit: isExplicit(message)) }
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

    private static func isExplicit(_ message: String) -> Bool {
        let message = message.lowercased()
        return ErrorRule.explicitWords.contains { message.includes($0) }
    }
}
