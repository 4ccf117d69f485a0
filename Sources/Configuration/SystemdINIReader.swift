/// Builds a document line by line by the rules of systemd.syntax(7).
struct SystemdINIReader {
    private var sections: [INISection] = []
    private var errors: [ConfigurationError] = []
    /// The entry whose last line ended in a backslash.
    private var open: INIEntry?
    /// Below a header that is no header; its entries are left out instead of being put in the section above.
    private var skipping = false

    mutating func read(_ line: SourceLine) {
        if line.isComment { return }
        if open != nil { return goOn(with: line) }
        let text = line.trimmed
        guard let first = text.first else { return }
        if first == UInt8(ascii: "[") { return readHeader(line, text) }
        readAssignment(line, text)
    }

    mutating func finish() -> (document: INIDocument, errors: [ConfigurationError]) {
        close()
        return (INIDocument(sections: sections), errors)
    }

    private mutating func readHeader(_ line: SourceLine, _ text: ArraySlice<UInt8>) {
        let inside = text.dropFirst()
        guard let end = inside.firstIndex(of: UInt8(ascii: "]")) else {
            skipping = true
            return errors.append(
                ConfigurationError("the section header has no `]`", at: line.position(of: text.endIndex)))
        }
        let rest = text[(end + 1)...]
        let comment = SourceLine.trim(rest)
        let isComment = comment.first == UInt8(ascii: "#") || comment.first == UInt8(ascii: ";")
        guard comment.isEmpty || (isComment && comment.startIndex > rest.startIndex) else {
            skipping = true
            return errors.append(
                ConfigurationError(
                    "unexpected text behind the section header", at: line.position(of: comment.startIndex)))
        }
        let name = SourceLine.trim(inside[..<end])
        guard !name.isEmpty else {
            skipping = true
            return errors.append(ConfigurationError("the section has no name", at: line.position(of: end)))
        }
        skipping = false
        sections.append(
            INISection(name: SourceLine.string(name), position: line.position(of: name.startIndex)))
    }

    private mutating func readAssignment(_ line: SourceLine, _ text: ArraySlice<UInt8>) {
        guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else {
            return errors.append(
                ConfigurationError("the line has no `=`", at: line.start, suggestion: "write Key=value"))
        }
        let key = SourceLine.trim(text[..<equals])
        guard !key.isEmpty else {
            return errors.append(ConfigurationError("there is no key before `=`", at: line.start))
        }
        guard !sections.isEmpty || skipping else {
            return errors.append(
                ConfigurationError(
                    "`\(SourceLine.string(key))` stands before the first section", at: line.start,
                    suggestion: "begin with a header such as [Collector]"))
        }
        let (value, goesOn) = Self.cut(text[(equals + 1)...])
        open = INIEntry(
            key: SourceLine.string(key), value: SourceLine.string(value), keyPosition: line.start,
            valuePosition: line.position(of: value.startIndex))
        if !goesOn { close() }
    }

    private mutating func goOn(with line: SourceLine) {
        let (text, goesOn) = Self.cut(line.bytes)
        let joint = open?.value.isEmpty == true || text.isEmpty ? "" : " "
        open?.append(SourceLine.string(text), joint: joint, at: line.position(of: text.startIndex))
        if !goesOn { close() }
    }

    private mutating func close() {
        guard let entry = open else { return }
        open = nil
        guard !skipping, let last = sections.indices.last else { return }
        sections[last].entries.append(entry)
    }

    /// The text without white space and without the backslash at its end, which counts when it is not itself escaped.
    private static func cut(_ text: ArraySlice<UInt8>) -> (text: ArraySlice<UInt8>, goesOn: Bool) {
        let backslashes = text.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
        guard backslashes % 2 == 1 else { return (SourceLine.trim(text), false) }
        return (SourceLine.trim(text.dropLast()), true)
    }
}
