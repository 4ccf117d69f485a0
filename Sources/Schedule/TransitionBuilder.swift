/// Collects the changes of offset of a zone in order and leaves out those that change nothing.
struct TransitionBuilder {
    private var transitions: [Instant] = []
    private var offsets: [Int32]
    private var lastTime = Instant.min

    init(initialOffset: Int32) { offsets = [initialOffset] }

    /// Adds a transition; false when it is not later than the one before.
    mutating func append(_ time: Instant, offset: Int32) -> Bool {
        // Several transitions may be cut to the same far past; the last of them counts.
        guard time > lastTime || transitions.isEmpty else { return false }
        lastTime = time
        if offsets.last != offset {
            transitions.append(time)
            offsets.append(offset)
        }
        return true
    }

    /// Adds what the rule for the future gives after the last transition, up to the year 2200.
    mutating func extend(by rule: PosixTimeZone) {
        let lastYear = lastTime == .min ? 1969 : CivilDate(dayNumber: floorDivide(lastTime, 86400)).year
        guard lastYear <= ScheduleYears.range.upperBound else { return }
        // Wall times before 1970 are never asked for; the year before and after cover every offset.
        for change in rule.changes(years: max(lastYear - 1, 1969)...ScheduleYears.range.upperBound + 1)
        where change.instant > lastTime {
            _ = append(change.instant, offset: change.offset)
        }
    }

    func rules(name: String) -> TimeZoneRules {
        TimeZoneRules(name: name, transitions: transitions, offsets: offsets)
    }
}
