/// What is wrong with a schedule, as the schedule module sees it.
struct ScheduleMistake: Sendable, Equatable {
    /// `true` when `TimeZone=` is wrong, `false` for `Cron=`.
    var isInTimeZone = false
    /// From 1, in characters of the value.
    var column: Int
    var message: String
    var suggestion: String?
}

/// Questions that other modules answer while the configuration is checked.
struct ConfigurationChecks: Sendable {
    /// Whether a schedule and its time zone can be used; `nil` when they can.
    var schedule: @Sendable (_ expression: String, _ timeZone: String) -> ScheduleMistake?
    /// Whether a word of `Types=` or `Services=` fits anything in the catalogue, the operator's files in
    /// `CatalogueDirectory=` included; a message when it does not.
    var selection: @Sendable (_ word: String, _ catalogueDirectory: String) -> (message: String, suggestion: String?)?

    init(
        schedule: @escaping @Sendable (_ expression: String, _ timeZone: String) -> ScheduleMistake?,
        selection:
            @escaping @Sendable (_ word: String, _ catalogueDirectory: String) -> (
                message: String, suggestion: String?
            )? = { _, _ in nil }
    ) {
        self.schedule = schedule
        self.selection = selection
    }
}
