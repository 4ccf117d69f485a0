/// The tokens that retries cost, so that a client stops adding load while a service is down; values of botocore's
/// standard retry mode (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).
///
/// A value: whoever shares one among tasks guards it.
package struct RetryQuota: Sendable, Equatable {
    package static let capacity = 500
    /// What an attempt that succeeded at once gives back.
    static let unretriedGain = 1

    package private(set) var available = RetryQuota.capacity

    package init() {}

    /// Takes the tokens of one retry; false, and nothing taken, when there are too few.
    package mutating func take(_ cost: Int) -> Bool {
        guard cost <= available else { return false }
        available -= cost
        return true
    }

    /// Notes a success: the last retry's cost comes back, or one token when there was no retry.
    package mutating func succeed(lastCost: Int?) {
        available = min(Self.capacity, available + (lastCost ?? Self.unretriedGain))
    }
}
