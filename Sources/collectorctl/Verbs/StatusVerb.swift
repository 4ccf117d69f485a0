import Control
import JSON

/// `collectorctl status`.
enum StatusVerb {
    static let verb = Verb(
        "status", summary: "Show how the daemon stands: runs under way, the last and the next one, the store",
        exitCodes: .daemon,
        examples: [.init("collectorctl status", "how does it stand?")]
    ) { session throws(CommandFailure) in
        let status = try session.call(StatusParameters())
        switch session.style.format {
        case .table, .wide: session.output.write(StatusText(status, session.style, now: session.now).text)
        case .json: session.output.write(JSONForm.indented(status.wire, session.style) + "\n")
        case .jsonl, .csv, .name: try RecordPrinter.print([status], form, session)
        }
        return .success
    }

    private static let form = RecordForm<StatusReply>(
        columns: [
            .init("version", "VERSION") { .text($0.version) },
            .init("state", "STATE") { .text($0.state) },
            .init("startedAt", "STARTED") { .time($0.startedAt) },
            .init("activeRuns", "RUNNING", isNumber: true) { .number($0.activeRuns.count) },
            .init("accounts", "ACCOUNTS", isNumber: true) { .number($0.accounts) },
            .init("nextRun", "NEXT") { Cell($0.nextRun) },
            .init("nextSchedule", "SCHEDULE") { Cell($0.nextSchedule) },
            .init("lastRun", "LAST") { Cell($0.lastRun?.id) },
            .init("lastRunState", "LAST STATE") { Cell($0.lastRun?.state.rawValue) },
            .init("store", "STORE") { .text("\($0.store.type) \($0.store.location)") },
        ],
        name: \.state, json: \.wire)
}

/// The daemon's state as a page.
struct StatusText {
    private let status: StatusReply
    private let style: OutputStyle
    private let now: Timestamp

    init(_ status: StatusReply, _ style: OutputStyle, now: Timestamp) {
        self.status = status
        self.style = style
        self.now = now
    }

    var text: String {
        let state = (status.state == "ready" ? Style.good : .warning).applied(to: status.state, colors: style.colors)
        var lines = ["inventory-collectord \(safe(status.version)): \(state), started \(time(status.startedAt))"]
        lines += (status.problems ?? []).map { "   Problem: \(safe($0))" }
        lines.append("     Store: \(safe(status.store.type)) \(safe(status.store.location))")
        lines.append("  Accounts: \(status.accounts)")
        if let next = status.nextRun {
            lines.append("  Next run: \(time(next))\(status.nextSchedule.map { " (schedule \(safe($0)))" } ?? "")")
        } else {
            lines.append("  Next run: none is scheduled")
        }
        lines.append("  Last run: \(status.lastRun.map(last) ?? "none yet")")
        for run in status.activeRuns {
            let finished = run.outcomes.values.reduce(0, +)
            lines.append(
                "   Running: \(safe(run.id)), \(finished)/\(run.planned) listings, \(run.resources) resources, "
                    + "started \(time(run.startedAt)): \(safe(RunForm.request(of: run)))")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func last(_ run: RunSummary) -> String {
        let state = RunForm.style(of: run.state).applied(to: run.state.rawValue, colors: style.colors)
        return "\(safe(run.id)) \(state) \(time(run.finishedAt ?? run.startedAt)), \(run.resources) resources, "
            + "\(ListingOutcome.problems(in: run.outcomes)) of \(run.planned) listings with problems"
    }

    private func time(_ moment: Timestamp) -> String { Cell.time(moment).text(now: style.exactTimes ? nil : now) }

    private func safe(_ text: String) -> String { TerminalText.escaped(text) }
}
