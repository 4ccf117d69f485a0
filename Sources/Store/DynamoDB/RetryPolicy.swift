/// How long to wait before a throttled write is sent again: exponential with full jitter
/// (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html).
struct RetryPolicy: Sendable {
    /// Attempts in a row that got nothing done. With the waits below about half a minute on average, twice that at most:
    /// what a table in on-demand mode needs to grow is minutes, which is the next run's business.
    static let attemptLimit = 12
    private static let base = Duration.milliseconds(50)
    /// A partition's budget is renewed each second, so longer waits only cost time.
    private static let longest = Duration.seconds(5)

    /// The wait after `failures` failures in a row, counted from 1; `nil` when it is time to give up. `jitter` is in 0..<1.
    static func delay(afterFailures failures: Int, jitter: Double) -> Duration? {
        guard failures < attemptLimit else { return nil }
        return min(base * (1 << min(failures - 1, 10)), longest) * jitter
    }
}
