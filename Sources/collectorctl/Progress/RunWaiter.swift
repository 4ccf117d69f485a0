import Control

/// Waits for a run as a verb does: shows progress, then the summary, and finds the exit code.
struct RunWaiter {
    let session: Session
    /// Print the run's id on standard output as soon as it is known.
    let printsID: Bool

    /// Options of the verbs that wait.
    static let options: [Option] = [
        Option("wait", "w", help: "wait until the run ends"),
        Option("timeout", takes: .duration, "TIME", help: "with --wait, no longer than this: 90, 30s, 5m, 1h30m"),
        Option(
            "progress", takes: .choice(ProgressMode.allCases.map(\.rawValue)),
            help: "with --wait, how progress is shown (default: auto)"),
    ]

    static let details =
        "While waiting, Ctrl-C leaves the run alone and only ends the wait. A lost connection is taken up again. "
        + "--progress json prints one JSON object a line on standard output, with the members event (started, "
        + "progress, finished), run, state, progress and at last summary."

    func wait(_ start: RunFollower.Start) throws(CommandFailure) -> ExitCode {
        let asked = session.arguments.text("progress").flatMap(ProgressMode.init) ?? .auto
        let mode = asked.resolved(for: session.terminal)
        let display = ProgressDisplay(mode: mode, session: session)
        let follower = RunFollower(
            session: session, interrupt: try InterruptSignal(), timeout: session.arguments.duration("timeout"),
            tick: display.tick)
        var isKnown = false
        let end: RunFollower.End
        do throws(CommandFailure) {
            end = try follower.follow(
                start,
                onEvent: { event in
                    if !isKnown { introduce(event, mode) }
                    isKnown = true
                    display.take(event)
                }, onTick: { display.update() })
        } catch {
            display.finish(nil)
            throw error
        }
        switch end {
        case .finished(let summary):
            display.finish(summary)
            try conclude(summary, mode)
            return RunReport.exitCode(summary)
        case .detached(let run):
            display.finish(nil)
            throw CommandFailure(
                .interrupted, "run \(run) goes on without being watched", hints: [RunFollower.attachHint(run)])
        case .timedOut(let run):
            display.finish(nil)
            throw CommandFailure(
                .timedOut, "the wait timed out; run \(run) goes on", hints: [RunFollower.attachHint(run)])
        }
    }

    private func introduce(_ event: RunEvent, _ mode: ProgressMode) {
        let isText = session.style.format != .json && session.style.format != .jsonl && session.style.format != .csv
        if printsID, isText, mode != .json {
            session.output.write(TerminalText.escaped(event.run) + "\n")
            session.output.flush()
        }
        if event.joined { session.note("joined: an identical run was under way already") }
    }

    private func conclude(_ summary: RunSummary, _ mode: ProgressMode) throws(CommandFailure) {
        // The last progress line has told the summary already.
        if mode == .json, session.style.format == .table { return }
        switch session.style.format {
        case .table, .wide:
            let report = RunReport(summary: summary, failures: failures(of: summary), colors: session.style.colors)
            session.output.write(report.text)
        case .json: session.output.write(JSONForm.indented(summary.wire, session.style) + "\n")
        case .jsonl, .csv: try RecordPrinter.print([summary], RunForm.form, session)
        case .name: break
        }
    }

    /// Asks for the listings that went wrong; without an answer the summary stands alone.
    func failures(of summary: RunSummary) -> RunFailures {
        var failures = RunFailures()
        guard ListingOutcome.problems(in: summary.outcomes) > 0 else { return failures }
        do throws(CommandFailure) {
            try session.stream(CoverageParameters(run: summary.id)) { reply in
                for listing in reply.listings { failures.add(listing) }
                return true
            }
        } catch {
            session.note("the problems cannot be told: \(error.message)")
        }
        return failures
    }
}
