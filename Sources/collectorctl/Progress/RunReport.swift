import Control

/// How a run ended: as text and as an exit code. Pure.
struct RunReport {
    let summary: RunSummary
    let failures: RunFailures
    let colors: Bool

    /// The summary in a few lines.
    var text: String {
        let state = RunForm.style(of: summary.state).applied(to: summary.state.rawValue, colors: colors)
        let took = summary.durationInSeconds.map { " in \(TimeSpan.long(seconds: $0))" } ?? ""
        let finished = summary.outcomes.values.reduce(0, +)
        var lines = [
            "run \(TerminalText.escaped(summary.id)) \(state)\(took)",
            "  listings   \(finished) of \(summary.planned) finished",
            "  outcomes   \(TerminalText.escaped(ListingOutcome.line(summary.outcomes)))",
            "  resources  \(summary.resources): \(summary.created) created, \(summary.updated) updated, "
                + "\(summary.deleted) deleted, \(summary.unchanged) unchanged"
                + (summary.renewed > 0 ? ", \(summary.renewed) renewed" : ""),
        ]
        let problems = failures.lines(run: summary.id)
        if !problems.isEmpty { lines += ["  problems:"] + problems.map { "    \($0)" } }
        if let note = note { lines.append("  \(note)") }
        return lines.map { $0 + "\n" }.joined()
    }

    /// What the run's end means for the exit code.
    static func exitCode(_ summary: RunSummary) -> ExitCode {
        switch summary.state {
        case .succeeded, .running: .success
        case .partial: .partial
        case .cancelled: .cancelled
        case .interrupted: .failure
        case .failed: isAccessFailure(summary) ? .access : .failure
        }
    }

    /// Every listing that had a problem had one of credentials or access.
    private static func isAccessFailure(_ summary: RunSummary) -> Bool {
        let bad = summary.outcomes.filter { $0.value > 0 && !ListingOutcome.good.contains($0.key) }
        return !bad.isEmpty && bad.keys.allSatisfy(ListingOutcome.access.contains)
    }

    private var note: String? {
        switch summary.state {
        case .partial, .failed: "what could not be listed keeps its last good rows"
        case .cancelled: "what was not listed keeps its last good rows"
        case .interrupted: "the daemon ended while it was under way; run it again: collectorctl refresh"
        case .running, .succeeded: nil
        }
    }
}
