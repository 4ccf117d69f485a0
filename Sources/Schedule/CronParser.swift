/// Puts the fields of a cron expression together and checks the rules between them.
enum CronParser {
    /// Reads EventBridge's six fields between the brackets of `cron(…)`; `range` excludes the brackets.
    static func parseEventBridge(_ text: ExpressionText, range: Range<Int>) throws(ScheduleError) -> CronSchedule {
        let fields = text.fields(in: range)
        if fields.count < 6 {
            let hint = fields.count == 5 ? "; add the year, `*` for every year" : ""
            throw text.error(
                at: range.upperBound,
                "cron(…) takes 6 fields (minute hour day-of-month month day-of-week year), found \(fields.count)\(hint)"
            )
        }
        if fields.count > 6 {
            throw text.error(
                at: fields[6].lowerBound,
                "cron(…) takes 6 fields (minute hour day-of-month month day-of-week year), found \(fields.count)")
        }
        let values = try parse(text, fields: fields, dialect: .eventBridge)
        let month = values[2]
        let week = values[4]
        if month.isUnspecified, week.isUnspecified {
            throw text.error(
                at: fields[4].lowerBound, "`?` stands in both day fields; write `*` in one of them for every day")
        }
        if !month.isUnspecified, !week.isUnspecified {
            let written = text.quote(fields[2]) == "*" ? "day-of-month" : "day-of-week"
            throw text.error(
                at: written == "day-of-month" ? fields[2].lowerBound : fields[4].lowerBound,
                "day-of-month and day-of-week are both given; write `?` in one of them, here in \(written)")
        }
        var days = month.special
        days.weekdays = week.special.weekdays
        days.lastOfWeekday = week.special.lastOfWeekday
        days.nthOfWeekday = week.special.nthOfWeekday
        days.days = UInt32(truncatingIfNeeded: month.values.low)
        days.weekdays |= UInt8(truncatingIfNeeded: week.values.low)
        days.combination = week.isUnspecified ? .daysOfMonth : .daysOfWeek
        return CronSchedule(
            minutes: values[0].values.low, hours: values[1].values.low, months: values[3].values.low, days: days,
            years: values[5].values)
    }

    /// Reads the five fields of crontab(5).
    static func parseCrontab(_ text: ExpressionText, range: Range<Int>) throws(ScheduleError) -> CronSchedule {
        let fields = text.fields(in: range)
        guard fields.count == 5 else { throw wrongCount(text, range: range, fields: fields) }
        let values = try parse(text, fields: fields, dialect: .crontab)
        var days = DayRule()
        days.days = UInt32(truncatingIfNeeded: values[2].values.low)
        days.weekdays = UInt8(truncatingIfNeeded: values[4].values.low)
        // crontab(5): a day field that starts with `*` is no restriction of its own; two restricted fields are a union.
        days.combination = values[2].startsWithStar || values[4].startsWithStar ? .both : .either
        var years = ValueSet()
        for year in ScheduleYears.range { years.insert(CronField.year.index(of: year, in: .crontab)) }
        return CronSchedule(
            minutes: values[0].values.low, hours: values[1].values.low, months: values[3].values.low, days: days,
            years: years)
    }

    private static func parse(
        _ text: ExpressionText, fields: [Range<Int>], dialect: CronDialect
    ) throws(ScheduleError) -> [CronFieldValue] {
        var values: [CronFieldValue] = []
        for (field, range) in zip(CronField.all, fields) {
            values.append(try CronFieldParser.parse(text, range: range, field: field, dialect: dialect))
        }
        return values
    }

    private static func wrongCount(
        _ text: ExpressionText, range: Range<Int>, fields: [Range<Int>]
    ) -> ScheduleError {
        let whole = text.quote(range)
        let message: String
        switch fields.count {
        case 1 where Macro.names.contains(whole.lowercased()):
            message = "a schedule's name starts with `@`; write @\(whole.lowercased())"
        case 1 where ["cron", "rate", "at"].contains(whole.lowercased()):
            message = "`\(whole)` needs brackets, such as cron(0 2 * * ? *), rate(1 hour) or at(2030-01-31T02:00:00)"
        case 6:
            message =
                "6 fields need the brackets of EventBridge; write cron(\(text.quote(range, limit: ExpressionParser.maximumLength)))"
        default:
            message =
                "a schedule is cron(…), rate(…), at(…), five cron fields or a name such as @daily; "
                + "found \(fields.count) field\(fields.count == 1 ? "" : "s")"
        }
        return text.error(at: fields.count > 5 ? fields[5].lowerBound : range.lowerBound, message)
    }
}
