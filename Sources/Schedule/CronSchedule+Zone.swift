extension CronSchedule {
    /// The first instant after `after` at which the zone's clock shows a selected wall time, or nil.
    ///
    /// The zone is a row of stretches of constant offset, and inside one the wall clock runs evenly: each stretch is
    /// searched by wall time. A wall time that no stretch shows is passed over; one that an earlier stretch has shown
    /// already is passed over too, unless `firesOnBothPasses`.
    func next(after: Instant, zone: TimeZoneRules) -> Instant? {
        guard after < ScheduleYears.end else { return nil }
        let earliest = max(after, -TimeZoneRules.largestOffset) + 1
        var stretch = zone.stretch(at: earliest)
        // No wall time in `known.from ..< known.found` is selected; a search from inside needs no second look.
        var known: (from: WallTime, found: WallTime) = (0, 0)
        var isKnown = false
        while true {
            let offset = zone.offset(ofStretch: stretch)
            let lower = max(earliest, zone.start(ofStretch: stretch)) + offset
            if !isKnown || lower < known.from || lower > known.found {
                known = (lower, firstWall(from: lower) ?? .max)
                isKnown = true
            }
            let end = zone.end(ofStretch: stretch)
            if known.found != .max, let instant = firstFresh(from: known.found, stretch: stretch, before: end, zone) {
                return instant
            }
            stretch += 1
            // Once no wall time is left, only a clock set back to before `known.from` can show another.
            guard stretch < zone.stretchCount,
                known.found != .max || end - TimeZoneRules.largestOffset < known.from
            else { return nil }
        }
    }

    /// The first selected instant of a stretch from `wall` on that is allowed to fire, or nil.
    private func firstFresh(
        from wall: WallTime, stretch: Int, before end: Instant, _ zone: TimeZoneRules
    ) -> Instant? {
        let offset = zone.offset(ofStretch: stretch)
        var wall = wall
        while wall - offset < end {
            guard !firesOnBothPasses, let shownUntil = zone.shownBefore(wall, stretch: stretch) else {
                return wall - offset
            }
            guard let later = firstWall(from: shownUntil) else { return nil }
            wall = later
        }
        return nil
    }
}
