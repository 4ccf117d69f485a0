/// A place in a configuration file, as an editor counts it.
package struct SourcePosition: Sendable, Hashable, CustomStringConvertible {
    /// The path as the operator gave it, or another word for the source (`environment`).
    package var file: String
    /// From 1.
    package var line: Int
    /// From 1, in Unicode scalars; a tab counts as one.
    package var column: Int

    package init(file: String, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }

    /// The place `count` characters further on the same line.
    package func advanced(by count: Int) -> SourcePosition {
        SourcePosition(file: file, line: line, column: column + count)
    }
}
