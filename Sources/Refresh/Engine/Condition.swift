/// A trouble that hits many listings at once, as it begins, lasts and ends. Pure.
struct Condition: Sendable, Equatable {
    /// What there is to tell.
    enum Change: Sendable, Equatable {
        case began
        /// Told again because it has lasted for another while.
        case lasts(since: Int, failures: Int)
        case ended(since: Int, failures: Int)
    }

    /// Failures in a row that make a condition: 1 where a single one tells all.
    private let threshold: Int
    /// Seconds between two tellings while it lasts.
    private let interval: Int
    /// Seconds after an end in which it does not begin again: while the last listings of a trouble that is over still
    /// fail beside others that go well, it is not told once more with each of them.
    private let pause: Int
    private var failures = 0
    /// Every failure there ever was.
    private(set) var total = 0
    private var since = 0
    private var toldAt: Int?
    private var endedAt: Int?
    /// The last failure's.
    private(set) var reason = ""

    init(threshold: Int = 1, interval: Int = 3600, pause: Int = 0) {
        self.threshold = threshold
        self.interval = interval
        self.pause = pause
    }

    /// Whether it has begun and not ended.
    var isActive: Bool { toldAt != nil }

    mutating func fail(_ reason: String = "", at instant: Int) -> Change? {
        self.reason = reason
        if failures == 0 { since = instant }
        failures += 1
        total += 1
        guard let told = toldAt else {
            guard failures >= threshold, !isPaused(at: instant) else { return nil }
            toldAt = instant
            return .began
        }
        guard instant - told >= interval else { return nil }
        toldAt = instant
        return .lasts(since: since, failures: failures)
    }

    mutating func succeed(at instant: Int) -> Change? {
        let (before, count, wasActive) = (since, failures, isActive)
        failures = 0
        toldAt = nil
        guard wasActive else { return nil }
        endedAt = instant
        return .ended(since: before, failures: count)
    }

    private func isPaused(at instant: Int) -> Bool {
        // A clock that was set back must not lengthen the pause.
        endedAt.map { (0..<pause).contains(instant - $0) } ?? false
    }
}
