import JSON

/// How records of one kind are shown: as rows, as documents, as names.
struct RecordForm<Record>: Sendable {
    struct Column: Sendable {
        /// As in the record's JSON form, and for `--columns` and `--sort`.
        let name: String
        let title: String
        let isNumber: Bool
        /// Not shown in `table` unless asked for.
        let isExtra: Bool
        /// Not shown in `csv` and `wide` either, unless asked for.
        let isOnRequest: Bool
        let cell: @Sendable (Record) -> Cell

        init(
            _ name: String, _ title: String, isNumber: Bool = false, isExtra: Bool = false, isOnRequest: Bool = false,
            _ cell: @escaping @Sendable (Record) -> Cell
        ) {
            self.name = name
            self.title = title
            self.isNumber = isNumber
            self.isExtra = isExtra || isOnRequest
            self.isOnRequest = isOnRequest
            self.cell = cell
        }
    }

    let columns: [Column]
    /// What `-o name` prints.
    let name: @Sendable (Record) -> String
    let json: @Sendable (Record) -> JSONValue

    /// The columns to show, in their order; a usage error names one that is unknown.
    func columns(for style: OutputStyle) throws(CommandFailure) -> [Column] {
        guard let names = style.columns else {
            return columns.filter { style.format == .table ? !$0.isExtra : !$0.isOnRequest }
        }
        var chosen: [Column] = []
        for name in names { chosen.append(try column(name, option: "columns")) }
        return chosen
    }

    /// The column of that name or title, in upper or lower case.
    func column(_ name: String, option: String) throws(CommandFailure) -> Column {
        let wanted = name.lowercased()
        if let column = columns.first(where: { $0.name.lowercased() == wanted || $0.title.lowercased() == wanted }) {
            return column
        }
        let near = Spelling.hints(for: name, among: columns.map(\.name))
        let known = "columns: " + columns.map(\.name).joined(separator: ", ")
        throw CommandFailure(.usage, "--\(option): there is no column \"\(name)\"", hints: near + [known])
    }
}
