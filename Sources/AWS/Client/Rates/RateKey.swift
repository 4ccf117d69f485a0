/// What AWS counts requests by: an account, a region, a service, and an action or several that share a limit.
package struct RateKey: Sendable, Hashable, CustomStringConvertible {
    package var account: String
    package var region: String
    package var service: String
    /// An operation, or a word with `*` for the operations that share a limit.
    package var action: String

    /// The operation's own key, or that of the operations it shares a limit with.
    package init(account: String, region: String, service: String, operation: String) {
        self.account = account
        self.region = region
        self.service = service
        action = Self.group(service, operation) ?? operation
    }

    package init(account: String, region: String, service: String, action: String) {
        self.account = account
        self.region = region
        self.service = service
        self.action = action
    }

    package var description: String { "\(service) \(action) in \(account) \(region)" }

    /// Operations that draw from one bucket, where AWS says so. EC2 counts each operation alone
    /// (https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html); what shares a bucket and is not told here
    /// only learns the same rate several times.
    private static func group(_ service: String, _ operation: String) -> String? {
        switch service {
        // https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html
        case "elb", "elbv2": operation.hasPrefix("Describe") ? "Describe*" : nil
        // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/throttling-api-requests.html
        case "route53": "*"
        default: nil
        }
    }
}

/// A learned rate as it is kept between processes.
package struct LearnedRate: Sendable, Equatable {
    package var key: RateKey
    /// Calls a second that AWS allows, as far as is known.
    package var rate: Double
    /// The last throttle, in seconds since the epoch.
    package var throttledAt: Int
    /// When this was noted, in seconds since the epoch.
    package var notedAt: Int

    package init(key: RateKey, rate: Double, throttledAt: Int, notedAt: Int) {
        self.key = key
        self.rate = rate
        self.throttledAt = throttledAt
        self.notedAt = notedAt
    }
}
