/// The widths of a table's columns, and its lines.
struct TableLayout {
    struct Column {
        let title: String
        let isNumber: Bool
    }

    private let columns: [Column]
    private let widths: [Int]
    private let colors: Bool
    /// Lines must fit: what is too long for its column is cut.
    private let isCutting: Bool

    /// Two spaces: one alone is easily taken for a part of a name.
    private static let gap = 2
    /// What stays readable of a column that has to give way: an account id, any state or outcome.
    private static let narrowest = 12

    /// Lays out for these rows; later ones may stand out. `width` is what lines must fit into.
    init(columns: [Column], rows: [[String]], hasHeaders: Bool, width: Int?, colors: Bool) {
        self.columns = columns
        self.colors = colors
        isCutting = width != nil
        var widths = columns.map { hasHeaders ? TerminalText.width(of: $0.title) : 0 }
        for row in rows {
            for (index, text) in row.enumerated() { widths[index] = max(widths[index], TerminalText.width(of: text)) }
        }
        if let width { Self.shrink(&widths, columns, to: width) }
        self.widths = widths
    }

    /// Takes from the widest column, the last of equals, until the lines fit; numbers never give way: they would lie.
    private static func shrink(_ widths: inout [Int], _ columns: [Column], to width: Int) {
        var excess = widths.reduce(0, +) + gap * max(0, widths.count - 1) - width
        while excess > 0 {
            let texts = columns.indices.filter { !columns[$0].isNumber && widths[$0] > narrowest }
            guard let widest = texts.max(by: { (widths[$0], $0) < (widths[$1], $1) }) else { return }
            widths[widest] -= 1
            excess -= 1
        }
    }

    var header: String { line(columns.map(\.title), styles: columns.map { _ in .bold }) }

    /// One line, ended by a line feed.
    func line(_ texts: [String], styles: [Style]) -> String {
        var result = ""
        for (index, text) in texts.enumerated() {
            let shown = columns[index].isNumber || !isCutting ? text : TerminalText.truncated(text, to: widths[index])
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
