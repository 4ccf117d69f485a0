/// Which days of a month the two day fields of a cron expression select.
struct DayRule: Sendable, Equatable {
    /// How the two day fields work together.
    enum Combination: Sendable, Equatable {
        /// Day-of-week is `?`.
        case daysOfMonth
        /// Day-of-month is `?`.
        case daysOfWeek
        /// Both must match: 5-field cron when a field starts with `*`.
        case both
        /// One of them must match: 5-field cron when both fields are restricted.
        case either
    }

    var combination = Combination.daysOfMonth
    /// Bits 1 to 31: plain days of the month.
    var days: UInt32 = 0
    /// Bits 0 to 30: days before the last one, `L` is bit 0 and `L-3` bit 3.
    var daysBeforeLast: UInt32 = 0
    /// Bits 1 to 31: `15W`, the weekday (Monday to Friday) nearest to the day, within the month.
    var nearestWeekdays: UInt32 = 0
    /// `LW`: the last Monday to Friday of the month.
    var lastWeekday = false
    /// Bits 0 (Sunday) to 6: plain days of the week.
    var weekdays: UInt8 = 0
    /// Bits 0 to 6: `6L`, the last such day of the month.
    var lastOfWeekday: UInt8 = 0
    /// Bit `7 * (n - 1) + weekday`: `6#n`, the n-th such day of the month.
    var nthOfWeekday: UInt64 = 0

    /// The selected days of a month as bits 1 to 31.
    ///
    /// - Parameters:
    ///   - length: days in the month, 28 to 31
    ///   - firstWeekday: the weekday of its first day, 0 is Sunday
    func mask(length: Int, firstWeekday: Int) -> UInt32 {
        let selected =
            switch combination {
            case .daysOfMonth: monthDays(length, firstWeekday)
            case .daysOfWeek: weekDays(length, firstWeekday)
            case .both: monthDays(length, firstWeekday) & weekDays(length, firstWeekday)
            case .either: monthDays(length, firstWeekday) | weekDays(length, firstWeekday)
            }
        return selected & UInt32(truncatingIfNeeded: (UInt64(2) << UInt64(length)) - 2)
    }

    private func monthDays(_ length: Int, _ firstWeekday: Int) -> UInt32 {
        var mask = days
        var rest = daysBeforeLast
        while rest != 0 {
            let day = length - rest.trailingZeroBitCount
            if day >= 1 { mask |= 1 << UInt32(day) }
            rest &= rest - 1
        }
        rest = nearestWeekdays
        while rest != 0 {
            let day = rest.trailingZeroBitCount
            // A month without the day is passed over, as for a plain day.
            if day <= length { mask |= 1 << UInt32(nearestWeekday(to: day, length, firstWeekday)) }
            rest &= rest - 1
        }
        if lastWeekday { mask |= 1 << UInt32(nearestWeekday(to: length, length, firstWeekday)) }
        return mask
    }

    private func nearestWeekday(to day: Int, _ length: Int, _ firstWeekday: Int) -> Int {
        switch (firstWeekday + day - 1) % 7 {
        case 6: day == 1 ? 3 : day - 1
        case 0: day == length ? day - 2 : day + 1
        default: day
        }
    }

    private func weekDays(_ length: Int, _ firstWeekday: Int) -> UInt32 {
        // Turn the week so that bit 0 is the weekday of the first, then lay five weeks side by side.
        let week = UInt64(weekdays)
        let turned = (week >> UInt64(firstWeekday) | week << UInt64(7 - firstWeekday)) & 0x7f
        var mask = UInt32(truncatingIfNeeded: (turned * 0x1020_4081) << 1)
        var nth = nthOfWeekday
        while nth != 0 {
            let bit = nth.trailingZeroBitCount
            let day = 1 + (bit % 7 + 7 - firstWeekday) % 7 + bit / 7 * 7
            if day <= length { mask |= 1 << UInt32(day) }
            nth &= nth - 1
        }
        var last = lastOfWeekday
        while last != 0 {
            let back = (firstWeekday + length - 1 - last.trailingZeroBitCount + 7) % 7
            mask |= 1 << UInt32(length - back)
            last &= last - 1
        }
        return mask
    }
}
