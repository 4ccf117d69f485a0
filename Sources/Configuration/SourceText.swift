/// Splits a file into lines and refuses what no configuration file holds.
enum SourceText {
    /// Far above any real file (10,000 accounts are about 1 MB less); keeps a wrong path from filling memory.
    static let maximumFileSizeInBytes = 1 << 20
    /// Far above any real line, below what an editor can show.
    static let maximumLineSizeInBytes = 64 << 10

    /// The lines up to the first one that is not text, and that line's error.
    static func lines(of bytes: [UInt8], file: String) -> (lines: [SourceLine], error: ConfigurationError?) {
        guard bytes.count <= maximumFileSizeInBytes else {
            let error = ConfigurationError(
                "the file has \(bytes.count) bytes, more than the \(maximumFileSizeInBytes) allowed",
                at: SourcePosition(file: file), suggestion: "split it into drop-in files")
            return ([], error)
        }
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var rest = bytes.starts(with: byteOrderMark) ? bytes[byteOrderMark.count...] : bytes[...]
        var lines: [SourceLine] = []
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            var text = rest[..<(end ?? rest.endIndex)]
            if text.last == UInt8(ascii: "\r") { text.removeLast() }
            let line = SourceLine(file: file, number: lines.count + 1, bytes: text)
            if let error = check(line) { return (lines, error) }
            lines.append(line)
            rest = end.map { rest[($0 + 1)...] } ?? []
        }
        return (lines, nil)
    }

    private static func check(_ line: SourceLine) -> ConfigurationError? {
        let start = SourcePosition(file: line.file, line: line.number)
        guard line.bytes.count <= maximumLineSizeInBytes else {
            return ConfigurationError(
                "the line has \(line.bytes.count) bytes, more than the \(maximumLineSizeInBytes) allowed", at: start,
                suggestion: "check that this is a configuration file")
        }
        var decoder = UTF8()
        var bytes = line.bytes.makeIterator()
        var column = 1
        while true {
            switch decoder.decode(&bytes) {
            case .scalarValue("\0"):
                return ConfigurationError(
                    "NUL byte", at: SourcePosition(file: line.file, line: line.number, column: column),
                    suggestion: "configuration files are plain text")
            case .scalarValue:
                column += 1
            case .emptyInput:
                return nil
            case .error:
                return ConfigurationError(
                    "the text is not UTF-8", at: SourcePosition(file: line.file, line: line.number, column: column),
                    suggestion: "save the file as UTF-8")
            }
        }
    }
}
