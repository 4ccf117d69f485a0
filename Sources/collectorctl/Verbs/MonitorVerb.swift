import Control
import JSON

/// `collectorctl monitor`.
enum MonitorVerb {
    static let verb = Verb(
        "monitor",
        options: [
            Option("since", takes: .text, "SEQ|TIME", help: "begin after this change, or at this time (default: now)")
        ] + ChangeForm.options + [
            Option("limit", "n", takes: .number(1...Int.max), "N", help: "end after so many")
        ],
        summary: "Show changes as they happen, until Ctrl-C",
        details: [
            "Prints what `changes` prints, as soon as it is stored. A lost connection is taken up again without a gap; "
                + "so can a script, with --since and the sequence of the last change it has seen."
        ],
        exitCodes: .daemon + [.notFound, .interrupted],
        examples: [
            .init("collectorctl monitor -s iam", "who is touching IAM?"),
            .init("collectorctl monitor --since 4711 -o jsonl", "go on after change 4711, for a program"),
        ]
    ) { session throws(CommandFailure) in
        var printer = try ChangePrinter(session)
        var left = session.arguments.number("limit") ?? .max
        let follower = ChangeFollower(session: session, interrupt: try InterruptSignal())
        let parameters = MonitorParameters(
            since: try since(session), filter: ChangeForm.selection(session.arguments))
        try follower.follow(parameters) { changes throws(CommandFailure) in
            for change in changes where left > 0 {
                if try printer.print(change) { left -= 1 }
            }
            session.output.flush()
            return left > 0
        }
        return .success
    }

    /// The position to begin after; a time is looked up in the log.
    private static func since(_ session: Session) throws(CommandFailure) -> Int? {
        guard let text = session.arguments.text("since") else { return nil }
        switch try Moment.since(text, now: session.now) {
        case .sequence(let sequence): return sequence
        case .time(let time):
            let reply = try session.call(ChangesParameters(sinceTime: time, limit: 1))
            if time < reply.keptSince { session.note("the log reaches back to \(reply.keptSince) only") }
            return reply.changes.first.map { $0.sequence - 1 } ?? reply.sequence
        }
    }
}

/// Prints changes one by one, each at once: a table's columns are as wide as is usual.
private struct ChangePrinter {
    private let session: Session
    private var records: RecordPrinter<Change>
    private let filter: RecordFilter<Change>
    private let columns: [RecordForm<Change>.Column]
    private let layout: TableLayout
    private var hasHeader: Bool

    private static let usual = Change(
        sequence: 1_000_000, time: Timestamp(secondsSinceEpoch: 0), run: "20260131T020000Z-nightly", kind: .created,
        service: "elasticache", resourceType: "ec2/security-group", accountID: "111122223333",
        region: "ap-southeast-2", resourceID: "sg-0123456789abcdef0", name: "web-frontend")

    init(_ session: Session) throws(CommandFailure) {
        self.session = session
        var session = session
        session.style.exactTimes = true
        // Rows come as they come: there is nothing to sort, and no end to wait for.
        guard session.style.sort == nil else {
            throw CommandFailure(.usage, "monitor cannot sort what is still to come")
        }
        records = try RecordPrinter(ChangeForm.form, session, pages: false)
        filter = try RecordFilter(ChangeForm.form, session.style)
        columns = try ChangeForm.form.columns(for: session.style)
        layout = TableLayout(
            columns: columns.map { .init(title: $0.title, isNumber: $0.isNumber) },
            rows: [columns.map { $0.cell(Self.usual).text(now: nil) }], hasHeaders: session.style.hasHeaders,
            width: nil, colors: session.style.colors)
        hasHeader = !session.style.hasHeaders
    }

    /// Answers whether the change is one to show.
    mutating func print(_ change: Change) throws(CommandFailure) -> Bool {
        guard filter.passes(change) else { return false }
        switch session.style.format {
        case .table, .wide:
            if !hasHeader { session.output.write(layout.header) }
            hasHeader = true
            let cells = columns.map { $0.cell(change) }
            session.output.write(layout.line(cells.map { $0.text(now: nil) }, styles: cells.map(\.style)))
        case .json:
            session.output.write(JSONForm.indented(ChangeForm.document(change), session.style) + "\n")
        case .jsonl, .csv, .name: try records.print(change)
        }
        return true
    }
}
