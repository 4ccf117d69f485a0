/// When a schedule fires: EventBridge's `cron(…)`, `rate(…)` and `at(…)`, five cron fields, or `@daily` and its like.
///
/// Equal expressions have equal texts. Forms, fields and bounds are EventBridge Scheduler's
/// (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html) and crontab(5)'s.
///
/// Daylight saving: a wall time that does not exist is passed over. A wall time that exists twice fires on its first
/// pass only, unless the hour field selects all 24 hours (`*`, `*/1`, `0-23`); then both passes fire. `rate` counts
/// elapsed seconds, so a day is always 24 hours.
package struct ScheduleExpression: Sendable, Equatable {
    enum Form: Sendable, Equatable {
        case cron(CronSchedule)
        /// The period in seconds.
        case rate(Int64)
        case once(WallTime)
    }

    /// The expression as it was given.
    package let text: String
    let form: Form

    /// Reads an expression of at most 256 characters, EventBridge's limit for `ScheduleExpression`.
    ///
    /// - Throws: `ScheduleError` with the column of the first fault, its reason and, where there is one, a suggestion.
    package init(_ text: String) throws(ScheduleError) {
        self.text = text
        form = try ExpressionParser.parse(text)
    }

    /// The first instant strictly after `after` at which the schedule fires, or nil when there is none up to the end
    /// of the year 2199.
    ///
    /// Pure and bounded: an impossible date such as 31 February ends in nil.
    /// - Parameters:
    ///   - zone: the clock that `cron` and `at` are read on; `rate` does not use it
    ///   - anchor: the first firing of a `rate`, from which its period is counted; without one `after` is the anchor
    package func next(after: Instant, zone: TimeZoneRules, anchor: Instant? = nil) -> Instant? {
        switch form {
        case .cron(let schedule):
            return schedule.next(after: after, zone: zone)
        case .rate(let period):
            return Self.next(after: after, period: period, anchor: anchor ?? after)
        case .once(let wall):
            guard let instant = zone.firstInstant(ofWall: wall), instant > after else { return nil }
            return instant
        }
    }

    private static func next(after: Instant, period: Int64, anchor: Instant) -> Instant? {
        guard after < ScheduleYears.end, anchor < ScheduleYears.end else { return nil }
        guard after >= anchor else { return anchor }
        let (elapsed, overflow) = after.subtractingReportingOverflow(anchor)
        guard !overflow else { return nil }
        // elapsed % period is below the period, so the sum is at most `after + period`, both far from overflow.
        let next = after - elapsed % period + period
        return next < ScheduleYears.end ? next : nil
    }
}
