#if canImport(Glibc)
    import Glibc
#endif

/// What is known of one of AWS's request limits, and when the next call may begin: a rate that grows by a small step with
/// each success and falls with each throttle, so that it stays just below the limit, whatever the limit is.
///
/// Near the limit about one call in two hundred is throttled, and the rate stands at 96 % to 100 % of what AWS allows. `step`
/// and `decrease` set both; `RateSimulationTests` holds them against buckets of many kinds. Pure: instants are seconds on a steady clock of the caller's, rates are calls a second.
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
    /// What the turns given since then took by the rate, in seconds: the time that counts, however late timers are.
    private var pacedTime = 0.0
    /// When the next call may begin.
    private var nextSlot: Double
    private var begunAt = -Double.infinity
    /// Of the rate that was used last.
    private var share = 1.0
    /// AWS's bucket holds a single token: a call that makes up for a late one is throttled.
    private var isStrict = false
    /// AWS asked for silence until then.
    private var pausedUntil = -Double.infinity
    private var relaxedAt: Double
    /// Enough calls lay between two throttles to tell the limit within a few hundredths.
    private var isMeasured = false

    /// One call in two seconds, the lowest of botocore's adaptive mode.
    static let floor = 0.5
    /// The first guess when fewer calls were measured: a lower limit is found within three throttles.
    static let leastGuess = 6.0
    /// The first guess is below what was measured, which holds what AWS's bucket had saved up; botocore's factor.
    static let firstDecrease = 0.7
    static let decrease = 0.02
    static let step = 0.0001
    /// Six successes double the rate while a limit is looked for.
    static let searchGrowth = 0.12
    /// Part of the squared excess by which steps are larger after a fall.
    static let recovery = 0.0625
    /// Fewer calls than this measure no flow.
    static let fewCalls = 10
    /// Calls between two throttles that measure a limit well: one more or less is the error of each end.
    static let manyCalls = 80
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
        isMeasured = true
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

    /// A call begins. The next may make up for as much as this one is late, up to one turn. Answers whether this one made
    /// up for the one before.
    ///
    /// - Parameter share: of the learned rate that is used, from 0 to 1. Until the limit is measured, all of it is: nothing
    ///   would correct a rate that leaves room, so that it has to be right before, and does not grow with the hours.
    package mutating func begin(share: Double, at instant: Double) -> Bool {
        if share >= 1 || !isMeasured { relax(at: instant) }
        self.share = isMeasured ? share : 1
        let interval = 1 / (rate * self.share)
        let isHurried = instant - begunAt < interval * 0.98
        nextSlot = max(nextSlot, instant - (isStrict ? 0 : interval)) + interval
        pacedTime += interval
        begunAt = instant
        return isHurried
    }

    /// AWS let a call through.
    ///
    /// - Parameters:
    ///   - hasWaited: the call had to wait for its turn. Only then does its success say something about the limit.
    ///   - share: below 1 a known rate is not raised by success, since calls that leave room prove nothing.
    package mutating func admit(hasWaited: Bool, share: Double) {
        admitted += 1
        guard hasWaited, share >= 1 || !isMeasured else { return }
        if admitted % Self.patience == 0 { growth = min(growth * 2, Self.searchGrowth) }
        rate += base * growth
        if isSearching { base = rate }
    }

    /// AWS throttled a call. Only the first of those that were under way at the same time counts.
    ///
    /// - Parameters:
    ///   - begunAt: when the call began.
    ///   - isHurried: what `begin` answered.
    ///   - retryAfter: seconds of silence that AWS asks for.
    package mutating func throttle(begunAt: Double, isHurried: Bool, retryAfter: Double?, at instant: Double) {
        pause(retryAfter: retryAfter, at: instant)
        guard begunAt > throttledAt else { return }
        if isHurried, !isStrict {
            // Two at once were too many, which tells nothing about the rate.
            isStrict = true
            return startOver(at: instant)
        }
        // Calls came at this pace, so that the limit is no higher.
        rate *= share
        // One call of all since the last throttle was too many.
        let excess = min(1 / Double(admitted + 1), 0.5)
        // AWS's bucket was empty then and is empty now: what it let through since is what flowed into it, unless the bucket
        // was full in between.
        let flow = (Double(admitted) + 0.5) / max(pacedTime, 0.001)
        if isSearching, admitted >= 2 {
            rate = min(rate, (flow + min(rate, 2 * flow)) / 2) * (1 - growth)
            growth = max(growth / 3, Self.step)
        } else {
            let estimate = admitted < Self.fewCalls ? rate * (1 - excess) : flow
            rate = min(rate, estimate) * (1 - Self.decrease)
            // Small steps back after a small excess, large ones where the rate was far off and may have fallen too far.
            let recovery = min(max(excess * excess * Self.recovery, Self.step), Self.searchGrowth)
            growth = admitted < 2 ? max(growth, Self.searchGrowth / 4) : recovery
        }
        rate = max(rate, Self.floor)
        base = rate
        isMeasured = (isMeasured || admitted >= Self.manyCalls) && !isSearching
        startOver(at: instant)
    }

    /// Honours AWS's wish for silence, in seconds; none is no wish.
    package mutating func pause(retryAfter: Double?, at instant: Double) {
        guard let retryAfter else { return }
        pausedUntil = max(pausedUntil, instant + min(retryAfter, Self.maximumPause))
    }

    private mutating func startOver(at instant: Double) {
        throttledAt = instant
        relaxedAt = instant
        admitted = 0
        pacedTime = 0
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
