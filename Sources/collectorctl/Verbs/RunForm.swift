import Control

/// Runs as rows and documents.
enum RunForm {
    static let form = RecordForm<RunSummary>(
        columns: [
            .init("id", "RUN") { .text($0.id) },
            .init("state", "STATE") { .styled($0.state.rawValue, style(of: $0.state)) },
            .init("trigger", "TRIGGER") { .text(trigger(of: $0)) },
            .init("startedAt", "STARTED") { .time($0.startedAt) },
            .init("duration", "TOOK") { Cell($0.durationInSeconds.map(TimeSpan.long)) },
            .init("planned", "LISTINGS", isNumber: true) { .number($0.planned) },
            .init("problems", "PROBLEMS", isNumber: true) { .number(ListingOutcome.problems(in: $0.outcomes)) },
            .init("resources", "RESOURCES", isNumber: true) { .number($0.resources) },
            .init("created", "CREATED", isNumber: true, isExtra: true) { .number($0.created) },
            .init("updated", "UPDATED", isNumber: true, isExtra: true) { .number($0.updated) },
            .init("deleted", "DELETED", isNumber: true, isExtra: true) { .number($0.deleted) },
            .init("unchanged", "UNCHANGED", isNumber: true, isExtra: true) { .number($0.unchanged) },
            .init("renewed", "RENEWED", isNumber: true, isExtra: true) { .number($0.renewed) },
            .init("finishedAt", "FINISHED", isExtra: true) { Cell($0.finishedAt) },
            .init("callerUid", "UID", isNumber: true, isExtra: true) { $0.callerUID.map(Cell.number) ?? .empty },
            .init("callerName", "USER", isExtra: true) { $0.callerName.map(Cell.text) ?? .empty },
            .init("request", "REQUEST", isExtra: true) { .text(request(of: $0)) },
        ],
        name: \.id, json: \.wire)

    static func style(of state: RunState) -> Style {
        switch state {
        case .running: .bold
        case .succeeded: .good
        case .partial, .cancelled, .interrupted: .warning
        case .failed: .bad
        }
    }

    /// `schedule nightly`, `request`.
    static func trigger(of run: RunSummary) -> String {
        run.schedule.map { "\(run.trigger.rawValue) \($0)" } ?? run.trigger.rawValue
    }

    /// ` of user alice (1000)` for a run that a user asked for, else nothing.
    static func caller(of run: RunSummary) -> String {
        guard let uid = run.callerUID else { return "" }
        return " of user " + (run.callerName.map { "\(TerminalText.escaped($0)) (\(uid))" } ?? "\(uid)")
    }

    /// `ec2 s3 in 111122223333`, `everything`.
    static func request(of run: RunSummary) -> String {
        let request = run.request
        let things = request.services + request.types
        let places = request.accounts + request.regions
        let subject = things.isEmpty ? "everything" : things.joined(separator: " ")
        return subject + (places.isEmpty ? "" : " in " + places.joined(separator: " "))
            + (request.force ? ", forced" : "")
    }
}

extension RunSummary {
    /// How long it took; `nil` while it runs.
    var durationInSeconds: Int? {
        finishedAt.map { max(0, $0.secondsSinceEpoch - startedAt.secondsSinceEpoch) }
    }
}
