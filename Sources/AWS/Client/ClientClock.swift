#if canImport(Glibc)
    import Glibc
#endif

/// Time and chance as the client and the credential sources see them; injected so that tests need no waiting.
package struct ClientClock: Sendable {
    /// Wall time in seconds since the epoch: expiry is a wall-clock instant.
    package var now: @Sendable () -> Int
    /// Waits; throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// A number in `0..<1`, for jitter.
    package var random: @Sendable () -> Double
    /// Seconds on a clock that nobody sets, since some instant: rates are measured by it.
    package var instant: @Sendable () -> Double

    package init(
        now: @escaping @Sendable () -> Int, sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double, instant: @escaping @Sendable () -> Double = steadySeconds
    ) {
        self.now = now
        self.sleep = sleep
        self.random = random
        self.instant = instant
    }

    /// The machine's clock and random numbers.
    package static let system = ClientClock(
        now: { time(nil) }, sleep: { try await Task.sleep(for: $0) }, random: { Double.random(in: 0..<1) })

    /// The kernel's monotonic clock.
    package static let steadySeconds: @Sendable () -> Double = {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
