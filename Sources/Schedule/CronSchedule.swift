/// The fields of a cron expression as bit sets, and the search for the next wall time they select.
struct CronSchedule: Sendable, Equatable {
    /// Bits 0 to 59.
    let minutes: UInt64
    /// Bits 0 to 23.
    let hours: UInt64
    /// Bits 1 to 12.
    let months: UInt64
    let days: DayRule
    /// Offsets from 1970.
    let years: ValueSet

    private static let everyHour: UInt64 = 0xff_ffff

    /// True when all 24 hours are selected (`*`, `*/1`, `0-23`): such a schedule follows elapsed time, so it fires on
    /// both passes of an hour that the clock shows twice. With any other hour field only the first pass fires.
    var firesOnBothPasses: Bool { hours == Self.everyHour }

    /// The first selected wall time that is not before `wall`, or nil when no year up to 2199 holds one.
    ///
    /// Bounded: at most 230 years of 12 months are looked at. The result is a multiple of 60 seconds.
    func firstWall(from wall: WallTime) -> WallTime? {
        let start = max(wall, 0) + 59
        let day = start / 86400
        let minute = Int(start % 86400 / 60)
        let date = CivilDate(dayNumber: day)
        guard date.year <= ScheduleYears.range.upperBound else { return nil }
        if years.contains(date.year - 1970), months & (1 << UInt64(date.month)) != 0 {
            let first = day - Int64(date.day) + 1
            let mask = dayMask(year: date.year, month: date.month, firstDay: first)
            if mask & (1 << UInt32(date.day)) != 0, let time = firstMinute(from: minute) {
                return day * 86400 + Int64(time * 60)
            }
            let later = mask & (UInt32.max << UInt32(date.day + 1))
            if later != 0 {
                return atFirstMinute(of: first + Int64(later.trailingZeroBitCount) - 1)
            }
        }
        return firstWall(afterMonth: date.month, year: date.year)
    }

    private func firstWall(afterMonth startMonth: Int, year startYear: Int) -> WallTime? {
        var month = startMonth
        var year = startYear
        if !years.contains(year - 1970) { month = 12 }
        while true {
            var rest = months & (UInt64.max << UInt64(month + 1))
            while rest != 0 {
                month = rest.trailingZeroBitCount
                let first = CivilDate(year: year, month: month, day: 1).dayNumber
                let mask = dayMask(year: year, month: month, firstDay: first)
                if mask != 0 { return atFirstMinute(of: first + Int64(mask.trailingZeroBitCount) - 1) }
                rest &= rest - 1
            }
            guard let next = years.first(from: year - 1970 + 1) else { return nil }
            year = 1970 + next
            month = 0
        }
    }

    private func dayMask(year: Int, month: Int, firstDay: Int64) -> UInt32 {
        days.mask(
            length: CivilDate.length(ofMonth: month, year: year),
            firstWeekday: CivilDate.weekday(ofDayNumber: firstDay))
    }

    /// The first selected minute of a day that is not before `minute` (0 to 1439), or nil.
    private func firstMinute(from minute: Int) -> Int? {
        let hour = minute / 60
        if hours & (1 << UInt64(hour)) != 0 {
            let rest = minutes & (UInt64.max << UInt64(minute % 60))
            if rest != 0 { return hour * 60 + rest.trailingZeroBitCount }
        }
        let laterHours = hours & (UInt64.max << UInt64(hour + 1))
        guard laterHours != 0 else { return nil }
        return laterHours.trailingZeroBitCount * 60 + minutes.trailingZeroBitCount
    }

    private func atFirstMinute(of day: Int64) -> WallTime {
        day * 86400 + Int64(hours.trailingZeroBitCount * 3600 + minutes.trailingZeroBitCount * 60)
    }
}
