import Control
import Glibc
import JSON

/// Tells a person or a program how far a run is.
final class ProgressDisplay {
    private let mode: ProgressMode
    private let session: Session
    private let start = ContinuousClock.now
    private var meter = ProgressMeter()
    private var latest: Progress?
    private var drawnLines = 0
    private var lastLineAt: Duration?
    private var isStarted = false

    /// Between two plain lines: a log of a long run stays readable.
    private static let lineInterval = Duration.seconds(5)

    init(mode: ProgressMode, session: Session) {
        self.mode = mode
        self.session = session
    }

    /// How often a tick is wanted.
    var tick: Duration { mode == .bar ? .milliseconds(250) : .seconds(1) }

    private var elapsed: Duration { ContinuousClock.now - start }

    func take(_ event: RunEvent) {
        if let progress = event.progress {
            latest = progress
            meter.note(progress, at: elapsed)
        }
        switch mode {
        case .json: writeJSON(event)
        case .plain:
            if !isStarted, !event.state.isFinal { line("run \(event.run) \(event.joined ? "joined" : "started")") }
            update()
        case .bar: update()
        case .auto, .none: break
        }
        isStarted = true
    }

    /// Time has passed and nothing came.
    func update() {
        guard let latest else { return }
        switch mode {
        case .bar: draw(latest)
        case .plain:
            let now = elapsed
            guard now - (lastLineAt ?? .zero) >= Self.lineInterval else { return }
            lastLineAt = now
            line(ProgressText.line(latest, meter, at: now))
        case .auto, .json, .none: break
        }
    }

    /// Leaves the last state of a redrawn display away, so that the summary stands in its place.
    func finish(_ summary: RunSummary?) {
        switch mode {
        case .bar: erase()
        case .plain:
            if let summary {
                line(
                    "run \(summary.id) \(summary.state.rawValue) after \(TimeSpan.long(seconds: Int(elapsed.inSeconds)))"
                )
            }
        case .auto, .json, .none: break
        }
    }

    private func line(_ text: String) {
        session.errors.write(TerminalText.escaped(text) + "\n")
        session.errors.flush()
    }

    private func writeJSON(_ event: RunEvent) {
        let document = JSONValue.compact(
            ("event", .string(event.state.isFinal ? "finished" : isStarted ? "progress" : "started")),
            ("run", event.run.wire), ("joined", isStarted ? nil : event.joined.wire), ("state", event.state.wire),
            ("progress", event.progress?.wire), ("summary", event.summary?.wire))
        session.output.write(document.text + "\n")
        session.output.flush()
    }

    private func draw(_ progress: Progress) {
        let size = Terminal.size(of: STDERR_FILENO)
        let lines = ProgressText.bars(
            progress, meter, at: elapsed, width: size.width, height: min(size.height, Self.greatestHeight),
            colors: session.colorsErrors)
        // Each line is cleared as it is written: erasing all first would flicker.
        var text = drawnLines > 0 ? "\u{1B}[\(drawnLines)A" : ""
        for line in lines { text += "\r\(line)\u{1B}[K\n" }
        text += "\u{1B}[J"
        if session.terminal.showsProgress, progress.planned > 0 {
            text += TaskbarProgress.share(progress.finished * 100 / progress.planned)
        }
        drawnLines = lines.count
        session.errors.write(text)
        session.errors.flush()
    }

    /// The run, ten services and what is left of them.
    private static let greatestHeight = 12

    private func erase() {
        guard drawnLines > 0 else { return }
        let end = session.terminal.showsProgress ? TaskbarProgress.none : ""
        session.errors.write("\u{1B}[\(drawnLines)A\r\u{1B}[J\(end)")
        session.errors.flush()
        drawnLines = 0
    }
}
