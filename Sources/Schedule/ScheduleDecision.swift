/// What the daemon does next about one schedule.
package enum ScheduleDecision: Sendable, Equatable {
    /// Nothing is due. Ask again at this instant, and whenever the wall clock is set.
    case wait(until: Instant)
    /// Store `scheduled` as the mark, then start one run for it.
    ///
    /// `missed` counts the earlier firings inside the catch-up window that this one run stands for.
    case run(scheduled: Instant, missed: Int, dropped: DroppedFirings?)
    /// Store this mark and ask again; no run. Log `dropped`, when there is any.
    case move(mark: Instant, dropped: DroppedFirings?)
    /// The schedule never fires again: an `at` in the past, an impossible date, the end of the year 2199.
    case finished
}

/// Firings that no run stands for, for the log.
package struct DroppedFirings: Sendable, Equatable {
    /// Where counting stops: a schedule of every minute that slept for a week. More are reported as this many.
    package static let countLimit = 10_000

    /// At least 1, at most `countLimit`.
    package let count: Int
    package let first: Instant
    /// The last one counted.
    package let last: Instant
}
