import Schedule

/// Names of runs.
package enum RunID {
    /// `20260131T120000Z`.
    package static func stamp(_ instant: Int) -> String {
        ISO8601.format(Instant(instant)).filter { $0 != "-" && $0 != ":" }
    }

    /// The one id of a schedule's run for an instant, however often it is started.
    package static func scheduled(_ schedule: String, at instant: Int) -> String { "\(schedule)-\(stamp(instant))" }
}
