/// The widths of a table's columns, and its lines.
struct TableLayout {
    struct Column {
        let title: String
        let isNumber: Bool
    }

    private let columns: [Column]
    private let widths: [Int]
    private let colors: Bool

    /// Two spaces: one alone is easily taken for a part of a name.
    private static let gap = 2
    /// What stays readable of a column that has to give way.
    private static let narrowest = 8

    /// Lays out for these rows; rows that come later are cut or stand out. `width` is what the lines must fit into.
    init(columns: [Column], rows: [[String]], hasHeaders: Bool, width: Int?, colors: Bool) {
        self.columns = columns
        self.colors = colors
        var widths = columns.map { hasHeaders ? TerminalText.width(of: $0.title) : 0 }
        for row in rows {
            for (index, text) in row.enumerated() { widths[index] = max(widths[index], TerminalText.width(of: text)) }
        }
        if let width { Self.shrink(&widths, columns, to: width) }
        self.widths = widths
    }

    /// Takes from the last columns first, numbers never: they would lie.
    private static func shrink(_ widths: inout [Int], _ columns: [Column], to width: Int) {
        var excess = widths.reduce(0, +) + gap * max(0, widths.count - 1) - width
        for index in columns.indices.reversed() where excess > 0 && !columns[index].isNumber {
            let cut = min(excess, max(0, widths[index] - narrowest))
            widths[index] -= cut
            excess -= cut
        }
    }

    var header: String { line(columns.map(\.title), styles: columns.map { _ in .bold }) }

    /// One line, ended by a line feed.
    func line(_ texts: [String], styles: [Style]) -> String {
        var result = ""
        for (index, text) in texts.enumerated() {
            let shown = columns[index].isNumber ? text : TerminalText.truncated(text, to: widths[index])
            let space = String(repeating: " ", count: max(0, widths[index] - TerminalText.width(of: shown)))
            let styled = styles[index].applied(to: shown, colors: colors)
            let isLast = index == texts.count - 1
            if columns[index].isNumber {
                result += space + styled
            } else {
                result += isLast ? styled : styled + space
            }
            if !isLast { result += String(repeating: " ", count: Self.gap) }
        }
        return result + "\n"
    }
}
