/// When a failed attempt is made again: the AWS SDKs' standard retry mode, with the numbers of botocore 1.44's
/// `retries/standard.py`. Pure: jitter is given, waiting is the caller's.
package struct RetryPolicy: Sendable, Equatable {
    /// Attempts of one request, the first included; `AWS_MAX_ATTEMPTS`, 3 by default.
    package var maximumAttempts: Int
    /// First backoff after a throttle, and after anything else.
    static let throttledBase = 1.0
    static let transientBase = 0.05
    static let maximumBackoff = 20.0
    /// How much a server's own wish may add to the backoff.
    static let maximumAddition = 5.0
    static let throttledCost = 5
    /// Throttled attempts of a paced request that are made again at its next turn, without a backoff of their own.
    static let pacedAttempts = 2
    static let transientCost = 14

    package init(maximumAttempts: Int = 3) { self.maximumAttempts = max(1, maximumAttempts) }

    /// Why an attempt failed, as far as the policy must know.
    package enum Failure: Sendable, Equatable {
        case reply(ErrorClass)
        case transport(HTTPError)
    }

    package enum Decision: Sendable, Equatable {
        /// Try again after the delay; `cost` tokens were taken and come back on success.
        case retry(after: Duration, cost: Int)
        case giveUp(Reason)
    }

    package enum Reason: Sendable, Equatable {
        case notRetryable
        case attemptsUsed
        case quotaUsed
    }

    /// What follows the failure of attempt number `attempt`, counted from 1.
    ///
    /// - Parameters:
    ///   - retryAfter: the server's wish, from `retryAfter(in:)`.
    ///   - isPaced: a request that is throttled waits for its turn at a learned rate, which bounds the load by itself: such
    ///     a retry costs nothing, and the first ones need no backoff.
    ///   - jitter: from 0 up to 1, evenly distributed.
    package func decide(
        attempt: Int, failure: Failure, retryAfter: Duration? = nil, isPaced: Bool = false, jitter: Double,
        quota: inout RetryQuota
    ) -> Decision {
        guard Self.isRetryable(failure) else { return .giveUp(.notRetryable) }
        guard attempt < maximumAttempts else { return .giveUp(.attemptsUsed) }
        // Keys that are fresh and refused again will not be accepted the third time.
        if failure == .reply(.refusedKeys), attempt > 1 { return .giveUp(.attemptsUsed) }
        let isThrottle = failure == .reply(.throttled)
        if isThrottle, isPaced {
            let isSoon = attempt <= Self.pacedAttempts
            return .retry(after: isSoon ? .zero : delay(attempt, isThrottle, nil, jitter), cost: 0)
        }
        let cost = isThrottle ? Self.throttledCost : Self.transientCost
        guard quota.take(cost) else { return .giveUp(.quotaUsed) }
        switch failure {
        case .reply(.clockSkew), .reply(.expiredCredentials), .reply(.refusedKeys):
            return .retry(after: .zero, cost: cost)  // the cause is mended before the next attempt, not waited out
        default:
            return .retry(after: delay(attempt, isThrottle, retryAfter, jitter), cost: cost)
        }
    }

    private func delay(_ attempt: Int, _ isThrottle: Bool, _ wish: Duration?, _ jitter: Double) -> Duration {
        let base = isThrottle ? Self.throttledBase : Self.transientBase
        let doublings = min(max(attempt - 1, 0), 30)
        let backoff = min(max(jitter, 0), 1) * min(base * Double(1 << doublings), Self.maximumBackoff)
        guard let wish else { return .seconds(backoff) }
        return .seconds(max(backoff, min(wish / .seconds(1), backoff + Self.maximumAddition)))
    }

    static func isRetryable(_ failure: Failure) -> Bool {
        switch failure {
        case .reply(let kind): kind.isRetryable
        case .transport(.unreachable), .transport(.timedOut), .transport(.broken): true
        case .transport(.untrusted), .transport(.tooLarge), .transport(.cancelled), .transport(.closed): false
        }
    }

    /// The server's wish: `x-amz-retry-after` in milliseconds, or `Retry-After` in seconds (dates are not honoured);
    /// `nil` when there is none or it is no number.
    package static func retryAfter(in headers: HTTPHeaders) -> Duration? {
        if let text = headers["x-amz-retry-after"], let number = Int(text), number >= 0 {
            return .milliseconds(min(number, 3_600_000))
        }
        if let text = headers["retry-after"], let number = Int(text), number >= 0 {
            return .seconds(min(number, 3600))
        }
        return nil
    }
}
