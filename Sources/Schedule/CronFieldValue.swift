/// What one field of a cron expression says, before the fields are put together.
struct CronFieldValue {
    /// The plain values, by `CronField.index(of:in:)`.
    var values = ValueSet()
    /// The field is `?`.
    var isUnspecified = false
    /// The first character is `*`, which in 5-field cron makes a day field unrestricted.
    var startsWithStar = false
    /// The `L`, `W` and `#` forms of a day field.
    var special = DayRule()
}
