/// The options that every verb understands, before or after its name.
enum CommonOptions {
    static let all: [Option] = [
        Option(
            "socket", takes: .file, "PATH", help: "the daemon's control socket (default: \(ControlSocketPath.standard))"
        ),
        Option("host", "H", takes: .text, "USER@HOST", help: "the daemon of another machine, by ssh"),
        Option("output", "o", takes: .choice(OutputFormat.allCases.map(\.rawValue)), help: "the form of the output"),
        Option("columns", takes: .text, "NAME,…", help: "the columns of table, wide and csv, in this order"),
        Option("sort", takes: .text, "NAME", help: "sort by a column; -NAME sorts downwards"),
        Option(
            "filter", takes: .condition, "FIELD=VALUE", repeats: true,
            help: "only records where this holds: = != < > <= >=, * and ? in VALUE; FIELD is a column or a path, "
                + "data.State.Name"),
        Option("no-headers", help: "leave out the line of column titles"),
        Option("utc", help: "exact times in UTC, not how long ago"),
        Option(
            "color", takes: .choice(ColorMode.allCases.map(\.rawValue)), help: "colours (default: auto; see NO_COLOR)"),
        Option("no-pager", help: "do not page long output on a terminal"),
        Option("help", "h", help: "explain the verb"),
        Option("version", help: "print the version"),
    ]

    /// Variables of the environment that matter, with what they do.
    static let environment: [(name: String, help: String)] = [
        (ControlSocketPath.variable, "the daemon's control socket, where --socket is not given"),
        ("NO_COLOR", "no colours, when set to anything"),
        ("PAGER", "the program that pages long output (default: less)"),
    ]
}

/// When to colour.
enum ColorMode: String, CaseIterable, Sendable {
    case auto, always, never
}

/// Where the daemon is found.
enum ControlSocketPath {
    static let standard = "/run/inventory-collectord/control"
    static let variable = "INVENTORY_COLLECTOR_SOCKET"
}
