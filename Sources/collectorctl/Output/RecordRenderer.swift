import Control
import JSON

/// Turns records into text, one after another, in any of the forms. Pure: what comes out is for the caller to write.
struct RecordRenderer<Record> {
    private let form: RecordForm<Record>
    private let style: OutputStyle
    private let now: Timestamp?
    private let filter: RecordFilter<Record>
    private let columns: [RecordForm<Record>.Column]
    private let order: (column: RecordForm<Record>.Column, isDescending: Bool)?
    private var waiting: [Record] = []
    private var layout: TableLayout?
    private var count = 0

    /// Rows that decide about the widths of a table; those that follow are written as they come.
    static var layoutRows: Int { 1000 }
    /// Records that are sorted in memory, at one or two kilobytes each.
    static var sortLimit: Int { 200_000 }

    /// Fails on columns and fields that do not exist.
    init(_ form: RecordForm<Record>, style: OutputStyle, now: Timestamp) throws(CommandFailure) {
        self.form = form
        self.style = style
        self.now = style.exactTimes ? nil : now
        columns = try form.columns(for: style)
        filter = try RecordFilter(form, style)
        if let sort = style.sort {
            let isDescending = sort.hasPrefix("-")
            order = (try form.column(isDescending ? String(sort.dropFirst()) : sort, option: "sort"), isDescending)
        } else {
            order = nil
        }
    }

    /// Whether the record is among those asked for.
    func shows(_ record: Record) -> Bool { filter.passes(record) }

    /// The text that can be written now that this record has come, which is one to show.
    mutating func add(_ record: Record) throws(CommandFailure) -> String {
        if order != nil {
            guard waiting.count < Self.sortLimit else {
                throw CommandFailure(
                    .failure, "more than \(Self.sortLimit) records to sort",
                    hints: ["narrow the selection, or use -o csv or jsonl and sort the output"])
            }
            waiting.append(record)
            return ""
        }
        return emit(record)
    }

    /// What is left to write at the end.
    mutating func finish() -> String {
        var text = ""
        if let order {
            waiting.sort { first, second in
                let (left, right) = (order.column.cell(first), order.column.cell(second))
                return order.isDescending ? Cell.precedes(right, left) : Cell.precedes(left, right)
            }
            let sorted = waiting
            waiting = []
            for record in sorted { text += emit(record) }
        }
        switch style.format {
        case .table, .wide: return text + (layout == nil ? startTable() : "")
        case .json: return text + (count == 0 ? "[]\n" : "\n]\n")
        case .csv: return count == 0 && style.hasHeaders ? csvHeader : text
        case .jsonl, .name: return text
        }
    }

    private mutating func emit(_ record: Record) -> String {
        defer { count += 1 }
        switch style.format {
        case .table, .wide:
            guard let layout else {
                waiting.append(record)
                return waiting.count < Self.layoutRows ? "" : startTable()
            }
            return row(record, layout)
        case .json:
            return (count == 0 ? "[\n" : ",\n") + JSONForm.indented(form.json(record), by: 2, style)
        case .jsonl: return JSONForm.line(form.json(record), style)
        case .csv:
            let fields = columns.map { $0.cell(record).exact }
            let line = CSV.line(style.isTerminal ? fields.map(TerminalText.escaped) : fields)
            return (count == 0 && style.hasHeaders ? csvHeader : "") + line
        case .name:
            let name = form.name(record)
            return (style.isTerminal ? TerminalText.escaped(name) : name) + "\n"
        }
    }

    private var csvHeader: String { CSV.line(columns.map(\.name)) }

    private mutating func startTable() -> String {
        let records = waiting
        waiting = []
        let cells = records.map { record in columns.map { $0.cell(record) } }
        let table = TableLayout(
            columns: columns.map { .init(title: $0.title, isNumber: $0.isNumber) },
            rows: cells.map { $0.map { $0.text(now: now) } }, hasHeaders: style.hasHeaders,
            width: style.format == .table ? style.width : nil, colors: style.colors)
        layout = table
        var text = style.hasHeaders && !records.isEmpty ? table.header : ""
        for row in cells { text += table.line(row.map { $0.text(now: now) }, styles: row.map(\.style)) }
        return text
    }

    private func row(_ record: Record, _ layout: TableLayout) -> String {
        let cells = columns.map { $0.cell(record) }
        return layout.line(cells.map { $0.text(now: now) }, styles: cells.map(\.style))
    }
}
