/// One schedule of the daemon and the pure decision what it does at an instant.
///
/// The only state is the mark: the last scheduled instant acted on, stored before its run starts. The next firing is
/// always worked out from the mark, never from the clock, so a crash or a clock step loses no firing and repeats none.
package struct SchedulePosition: Sendable, Equatable {
    package var expression: ScheduleExpression
    package var zone: TimeZoneRules
    /// The first firing of a `rate`; without one its period counts from the mark.
    package var anchor: Instant?
    /// `Persistent=`: firings missed while the daemon was not running are caught up.
    package var persistent: Bool
    /// Seconds added to every firing, from `StableDelay`; not negative.
    package var delay: Int64
    /// Seconds for which a firing may be late and still be run; older ones are dropped. At least 1.
    package var catchUpWindow: Int64

    /// A mark further ahead than this was stored under a wrong clock and is given up, or the schedule would stand still
    /// for as long as the clock was wrong. Nearer marks are honoured: a clock set back never repeats a run.
    package static let furthestMark: Int64 = 366 * 86400

    package init(
        expression: ScheduleExpression, zone: TimeZoneRules, anchor: Instant? = nil, persistent: Bool = true,
        delay: Int64 = 0, catchUpWindow: Int64 = 86400
    ) {
        self.expression = expression
        self.zone = zone
        self.anchor = anchor
        self.persistent = persistent
        self.delay = max(0, delay)
        self.catchUpWindow = max(1, catchUpWindow)
    }

    /// What to do now.
    ///
    /// Firings that are due coalesce into one run, of the latest of them. A first start has no mark: it does not run
    /// for the past but takes `now` as its mark.
    /// - Parameters:
    ///   - mark: as last stored; nil at the first start
    ///   - started: when the daemon took up this schedule; earlier firings count as missed while it was not running
    package func decide(mark: Instant?, now: Instant, started: Instant) -> ScheduleDecision {
        guard let mark else { return .move(mark: now, dropped: nil) }
        guard mark <= now || mark - now <= Self.furthestMark else { return .move(mark: now, dropped: nil) }
        guard let next = firing(after: mark, mark: mark) else { return .finished }
        guard next + delay <= now else { return .wait(until: next + delay) }

        var floor = max(mark, now - catchUpWindow - delay - 1)
        if !persistent { floor = max(floor, started - delay - 1) }
        let due = now - delay
        guard let first = firing(after: floor, mark: mark), first <= due,
            let latest = latestFiring(after: floor, through: due, mark: mark)
        else {
            // All that is due is too old. The mark moves to the last of it, so that it is dropped only once.
            let last = latestFiring(after: mark, through: due, mark: mark) ?? due
            return .move(mark: last, dropped: count(after: mark, through: due, mark: mark))
        }
        let missed = count(after: floor, through: latest - 1, mark: mark)?.count ?? 0
        return .run(
            scheduled: latest, missed: missed, dropped: count(after: mark, through: floor, mark: mark))
    }

    private func firing(after: Instant, mark: Instant) -> Instant? {
        expression.next(after: after, zone: zone, anchor: anchor ?? mark)
    }

    /// The last firing in a span that has one. The span's end is searched first, then ever longer ends of it.
    private func latestFiring(after floor: Instant, through end: Instant, mark: Instant) -> Instant? {
        var length: Int64 = 3600
        while true {
            let start = max(floor, end - length)
            if var latest = firing(after: start, mark: mark), latest <= end {
                while let later = firing(after: latest, mark: mark), later <= end { latest = later }
                return latest
            }
            guard start > floor else { return nil }
            length *= 8
        }
    }

    private func count(after: Instant, through end: Instant, mark: Instant) -> DroppedFirings? {
        guard let first = firing(after: after, mark: mark), first <= end else { return nil }
        var count = 1
        var last = first
        while count < DroppedFirings.countLimit, let next = firing(after: last, mark: mark), next <= end {
            count += 1
            last = next
        }
        return DroppedFirings(count: count, first: first, last: last)
    }
}
