/// Writes records to standard output, through a pager where a person reads a table.
struct RecordPrinter<Record> {
    private var renderer: RecordRenderer<Record>
    private let output: OutputFile

    /// Fails on columns that do not exist, before anything is asked of the daemon. What has no end is not paged.
    init(_ form: RecordForm<Record>, _ session: Session, pages: Bool = true) throws(CommandFailure) {
        renderer = try RecordRenderer(form, style: session.style, now: session.now)
        output = session.output
        if pages { session.pageTables() }
    }

    /// Writes the record if it is among those asked for; answers whether it is.
    @discardableResult
    mutating func print(_ record: Record) throws(CommandFailure) -> Bool {
        guard renderer.shows(record) else { return false }
        output.write(try renderer.add(record))
        return true
    }

    mutating func finish() { output.write(renderer.finish()) }

    /// Writes all of them.
    static func print(
        _ records: [Record], _ form: RecordForm<Record>, _ session: Session
    ) throws(CommandFailure) {
        var printer = try RecordPrinter(form, session)
        for record in records { try printer.print(record) }
        printer.finish()
    }
}
