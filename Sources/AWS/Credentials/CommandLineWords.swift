/// Splits a command line into words as Python's `shlex.split` does, which botocore uses for `credential_process` and
/// for section names: white space separates, single quotes keep all, in double quotes a backslash escapes `"` and `\`,
/// elsewhere any character. No variables, no globs, no comments.
enum CommandLineWords {
    /// The words; `nil` when a quotation or an escape is not finished.
    static func split(_ line: String) -> [String]? {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var isInWord = false
        var quote: Unicode.Scalar?
        var scalars = line.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            switch (quote, scalar) {
            case (let open?, _) where scalar == open: quote = nil
            case ("\"", "\\"):
                guard let next = scalars.next() else { return nil }
                if next != "\"" && next != "\\" { word.append("\\") }
                word.append(next)
            case (.some, _): word.append(scalar)
            case (nil, "\\"):
                guard let next = scalars.next() else { return nil }
                word.append(next)
                isInWord = true
            case (nil, "\""), (nil, "'"):
                quote = scalar
                isInWord = true
            case (nil, " "), (nil, "\t"), (nil, "\r"), (nil, "\n"):
                if isInWord { words.append(String(word)) }
                word = String.UnicodeScalarView()
                isInWord = false
            default:
                word.append(scalar)
                isInWord = true
            }
        }
        guard quote == nil else { return nil }
        if isInWord { words.append(String(word)) }
        return words
    }
}
