#if canImport(Glibc)
    import Glibc
#endif

/// What is known of one of AWS's request limits, and when the next call may begin: a rate that grows by a small step with
/// each success and falls with each throttle, so that it stays just below the limit, whatever the limit is.
///
/// Near the limit about one call in three hundred is throttled, and the rate stands at 96 % to 100 % of what AWS allows.
/// Pure: instants are seconds on a steady clock of the caller's, rates are calls a second.
package struct RateState: Sendable, Equatable {
    /// What AWS is believed to allow.
    package private(set) var rate: Double
    /// The rate after the last throttle: what a step is measured by.
    private var base: Double
    /// Share of `base` by which a success raises the rate: large while the limit is looked for, `step` once it is known.
    private var growth: Double
    /// The last throttle that lowered the rate.
    private var throttledAt: Double
    /// Calls that AWS has let through since then.
    private var admitted = 0
    /// When the next call may begin.
    private var nextSlot: Double
    /// AWS asked for silence until then.
    private var pausedUntil = -Double.infinity
    private var relaxedAt: Double

    /// One call in two seconds, the lowest of botocore's adaptive mode.
    static let floor = 0.5
    /// The first guess when fewer calls were measured: a lower limit is found within three throttles.
    static let leastGuess = 6.0
    /// The first guess is below what was measured, which holds what AWS's bucket had saved up; botocore's factor.
    static let firstDecrease = 0.7
    static let decrease = 0.02
    /// With `decrease` this gives one throttle in 200 to 400 calls.
    static let step = 0.0001
    /// Six successes double the rate while a limit is looked for.
    static let searchGrowth = 0.12
    /// After so many successes without a throttle, twice what is usual, the limit may have been raised: steps double.
    static let patience = 500
    /// What an hour adds: a limit learned last night is tried with a little more tonight.
    static let hourlyRelaxation = 1.005
    /// The longest silence that AWS may ask for.
    static let maximumPause = 60.0

    /// After the first throttle.
    ///
    /// - Parameter measured: what AWS let through in the second before.
    package init(measured: Double, at instant: Double) {
        self.init(rate: max(measured * Self.firstDecrease, Self.leastGuess), growth: Self.searchGrowth, at: instant)
        nextSlot = instant + 1 / rate
    }

    /// As an earlier process learned it, so many seconds ago.
    package init(learned rate: Double, age: Double, at instant: Double) {
        self.init(rate: max(rate, Self.floor), growth: Self.step, at: instant)
        relaxedAt = instant - max(age, 0)
    }

    private init(rate: Double, growth: Double, at instant: Double) {
        self.rate = rate
        base = rate
        self.growth = growth
        throttledAt = instant
        nextSlot = instant
        relaxedAt = instant
    }

    /// Seconds until the next call may begin; 0 when it may at once.
    package func delay(at instant: Double) -> Double { max(0, nextSlot - instant, pausedUntil - instant) }

    /// A call begins.
    ///
    /// - Parameter share: of the learned rate that is used, from 0 to 1.
    package mutating func begin(share: Double, at instant: Double) {
        relax(at: instant)
        nextSlot = max(nextSlot, instant) + 1 / max(rate * share, Self.floor * share)
    }

    /// AWS let a call through.
    ///
    /// - Parameters:
    ///   - hasWaited: the call had to wait for its turn. Only then does its success say something about the limit.
    ///   - share: below 1 a known rate is not raised by success, since calls that leave room prove nothing.
    package mutating func admit(hasWaited: Bool, share: Double) {
        admitted += 1
        guard hasWaited, share >= 1 || isSearching else { return }
        if admitted % Self.patience == 0 { growth = min(growth * 2, Self.searchGrowth) }
        rate += base * growth
        if isSearching { base = rate }
    }

    /// AWS throttled a call. Only the first of those that were under way at the same time counts.
    ///
    /// - Parameters:
    ///   - begunAt: when the call began.
    ///   - retryAfter: seconds of silence that AWS asks for.
    package mutating func throttle(begunAt: Double, retryAfter: Double?, at instant: Double) {
        if let retryAfter { pausedUntil = max(pausedUntil, instant + min(retryAfter, Self.maximumPause)) }
        guard begunAt >= throttledAt else { return }
        // AWS's bucket was empty then and is empty now: what it let through since is what flowed into it.
        let flow = (Double(admitted) + 0.5) / max(instant - throttledAt, 0.001)
        if admitted < 2 {
            rate *= 0.5
            growth = max(growth, Self.searchGrowth / 4)
        } else {
            // While the rate was growing fast, the bucket may have been full in between and the flow larger than that.
            let estimate = isSearching ? (flow + min(rate, 2 * flow)) / 2 : flow
            rate = min(rate, estimate) * (1 - max(Self.decrease, growth))
            growth = max(growth / 3, Self.step)
        }
        rate = max(rate, Self.floor)
        base = rate
        throttledAt = instant
        relaxedAt = instant
        admitted = 0
        nextSlot = instant + 1 / rate
    }

    private var isSearching: Bool { growth > 4 * Self.step }

    private mutating func relax(at instant: Double) {
        let hours = (instant - relaxedAt) / 3600
        guard hours >= 1 else { return }
        rate *= pow(Self.hourlyRelaxation, hours)
        relaxedAt = instant
    }
}
