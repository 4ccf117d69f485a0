import Control

/// `collectorctl schedules`.
enum SchedulesVerb {
    static let verb = Verb(
        "schedules", summary: "List the configured schedules with their next and last instants", exitCodes: .daemon,
        examples: [.init("collectorctl schedules --utc", "when does what run next, exactly?")]
    ) { session throws(CommandFailure) in
        try RecordPrinter.print(try session.call(SchedulesParameters()).schedules, form, session)
        return .success
    }

    private static let form = RecordForm<ScheduleInfo>(
        columns: [
            .init("name", "SCHEDULE") { .text($0.name) },
            .init("expression", "EXPRESSION") { .text($0.expression) },
            .init("timeZone", "TIME ZONE") { .text($0.timeZone) },
            .init("next", "NEXT") { Cell($0.next) },
            .init("last", "LAST") { Cell($0.last) },
            .init("services", "SERVICES") { .text(all($0.services)) },
            .init("accounts", "ACCOUNTS") { .text(all($0.accounts)) },
        ],
        name: \.name, json: \.wire)

    private static func all(_ names: [String]) -> String { names.isEmpty ? "all" : names.joined(separator: " ") }
}
