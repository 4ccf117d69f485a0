/// The forms of output.
enum OutputFormat: String, CaseIterable, Sendable {
    /// For people; fits the terminal.
    case table
    /// A table of every column, never cut.
    case wide
    /// One document, indented.
    case json
    /// One document a line.
    case jsonl
    /// RFC 4180.
    case csv
    /// One id a line.
    case name
}

/// How to write, as asked for and as the terminal allows.
struct OutputStyle: Sendable, Equatable {
    var format: OutputFormat = .table
    /// Times as ISO 8601, not how long ago.
    var exactTimes = false
    var columns: [String]?
    var sort: String?
    var hasHeaders = true
    var colors = false
    /// Somebody's terminal shows it: control characters from AWS must not reach it.
    var isTerminal = false
    /// The terminal's width in cells; `nil` when nothing needs to fit.
    var width: Int?
}
