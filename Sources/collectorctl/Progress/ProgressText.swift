import Control

/// Progress as text. Pure.
enum ProgressText {
    /// One line for a log: `120/1200 listings (10%), 3456 resources, 40/s, about 27s left; ec2 20/50, s3 1/3`.
    static func line(_ progress: Progress, _ meter: ProgressMeter, at elapsed: Duration) -> String {
        let active = progress.services.filter { $0.finished > 0 && $0.finished < $0.planned }
        let services = active.prefix(servicesInLine).map { "\($0.service) \($0.finished)/\($0.planned)" }
        let list = services.isEmpty ? "" : "; " + services.joined(separator: ", ")
        return TerminalText.escaped(overall(progress, meter, at: elapsed) + list)
    }

    /// A screen part: a bar for the run, then one for each service that is not done, the most advanced first.
    ///
    /// At most `height` lines, none wider than `width`.
    static func bars(
        _ progress: Progress, _ meter: ProgressMeter, at elapsed: Duration, width: Int, height: Int, colors: Bool
    ) -> [String] {
        let head = bar(progress.finished, progress.planned, colors: colors)
        var lines = [fit("\(head.plain) \(overall(progress, meter, at: elapsed))", width, head, colors)]
        let open = progress.services.filter { $0.finished < $0.planned }
            .sorted { ($0.share, $1.service) > ($1.share, $0.service) }
        let room = max(0, height - 2)
        let shown = open.prefix(room)
        let nameWidth = shown.map { TerminalText.width(of: $0.service) }.max() ?? 0
        for service in shown {
            let name = TerminalText.escaped(service.service)
            let space = String(repeating: " ", count: max(0, nameWidth - TerminalText.width(of: name)))
            let bar = bar(service.finished, service.planned, colors: colors)
            let pace = pace(meter.rate(of: service.service, at: elapsed), meter.remaining(service, at: elapsed))
            let counts = (["\(service.finished)/\(service.planned)"] + pace).joined(separator: ", ")
            lines.append(fit("\(bar.plain) \(name)\(space) \(counts)", width, bar, colors))
        }
        if open.count > shown.count, height > 1 {
            lines.append(TerminalText.truncated("and \(open.count - shown.count) more services", to: max(1, width - 1)))
        }
        return lines
    }

    private static let servicesInLine = 4
    private static let barWidth = 20

    private static func overall(_ progress: Progress, _ meter: ProgressMeter, at elapsed: Duration) -> String {
        let percent = progress.planned > 0 ? progress.finished * 100 / progress.planned : 0
        var parts = [
            "\(progress.finished)/\(progress.planned) listings (\(percent)%)", "\(progress.resources) resources",
        ]
        let problems = ListingOutcome.problems(in: progress.outcomes)
        if problems > 0 { parts.append("\(problems) with problems") }
        parts += pace(meter.rate(at: elapsed), meter.remaining(progress, at: elapsed))
        return parts.joined(separator: ", ")
    }

    /// `40/s`, `about 27s left`.
    private static func pace(_ rate: Double?, _ seconds: Int?) -> [String] {
        var parts: [String] = []
        if let rate { parts.append(rate >= 10 ? "\(Int(rate))/s" : "\(Double(Int(rate * 10)) / 10)/s") }
        if let seconds, seconds > 0 { parts.append("about \(TimeSpan.long(seconds: seconds)) left") }
        return parts
    }

    private static func bar(_ done: Int, _ all: Int, colors: Bool) -> (plain: String, shown: String) {
        let filled = all > 0 ? min(barWidth, done * barWidth / all) : 0
        let full = String(repeating: "#", count: filled)
        let rest = String(repeating: "-", count: barWidth - filled)
        return ("[\(full)\(rest)]", "[\(Style.good.applied(to: full, colors: colors))\(rest)]")
    }

    /// Cuts first and colours afterwards: control sequences have no width.
    private static func fit(_ text: String, _ width: Int, _ bar: (plain: String, shown: String), _ colors: Bool)
        -> String
    {
        let cut = TerminalText.truncated(text, to: max(1, width - 1))
        guard colors, cut.hasPrefix(bar.plain) else { return cut }
        return bar.shown + cut.dropFirst(bar.plain.count)
    }
}

extension ServiceProgress {
    fileprivate var share: Double { planned > 0 ? Double(finished) / Double(planned) : 0 }
}
