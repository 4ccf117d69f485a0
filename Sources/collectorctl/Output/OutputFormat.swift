/// The forms of output.
enum OutputFormat: String, CaseIterable, Sendable {
    case table, wide, json, jsonl, csv, name

    /// What comes out, for man pages.
    var meaning: String {
        switch self {
        case .table: "columns for people, cut to fit the terminal"
        case .wide: "a table of every column, never cut"
        case .json: "one document, indented"
        case .jsonl: "one document a line"
        case .csv: "comma-separated values (RFC 4180)"
        case .name: "one id a line"
        }
    }
}

/// How to write, as asked for and as the terminal allows.
struct OutputStyle: Sendable, Equatable {
    var format: OutputFormat = .table
    /// Times as ISO 8601, not how long ago.
    var exactTimes = false
    var columns: [String]?
    var sort: String?
    /// All must hold for a record to be shown.
    var conditions: [FieldCondition] = []
    var hasHeaders = true
    var colors = false
    /// Somebody's terminal shows it: control characters from AWS must not reach it.
    var isTerminal = false
    /// The terminal's width in cells; `nil` when nothing needs to fit.
    var width: Int?
}
