/// Builds a document line by line as botocore's `configloader` and Python's `configparser` below it do.
struct AWSINIReader {
    private var sections: [INISection] = []
    private var errors: [ConfigurationError] = []
    private var sectionNames: Set<String> = []
    private var keys: Set<String> = []
    /// The assignment that indented lines still belong to.
    private var open: Assignment?
    private var skipping = false

    /// A key with its lines; what the indented ones mean is known at the end.
    private struct Assignment {
        var entry: INIEntry
        /// White space before the key; a line further in goes on with the value.
        var indentation: Int
        var continuations: [(line: SourceLine, text: ArraySlice<UInt8>)] = []
    }

    mutating func read(_ line: SourceLine) {
        if line.isComment { return }
        let text = line.trimmed
        guard let first = text.first else {
            open?.continuations.append((line, text))
            return
        }
        let indentation = text.startIndex - line.bytes.startIndex
        if let open, indentation > open.indentation {
            self.open?.continuations.append((line, text))
            return
        }
        close()
        if first == UInt8(ascii: "["), let end = text.lastIndex(of: UInt8(ascii: "]")), end > text.startIndex + 1 {
            readHeader(line, text[(text.startIndex + 1)..<end])
        } else {
            readAssignment(line, text, indentation)
        }
    }

    mutating func finish() -> (document: INIDocument, errors: [ConfigurationError]) {
        close()
        return (INIDocument(sections: sections), errors)
    }

    private mutating func readHeader(_ line: SourceLine, _ inside: ArraySlice<UInt8>) {
        let name = SourceLine.string(SourceLine.trim(inside))
        let position = line.position(of: SourceLine.trim(inside).startIndex)
        keys = []
        skipping = !sectionNames.insert(name).inserted
        if skipping {
            errors.append(
                ConfigurationError(
                    "section [\(name)] comes a second time", at: position,
                    suggestion: "the AWS CLI refuses this file too; merge the two sections"))
        } else {
            sections.append(INISection(name: name, position: position))
        }
    }

    private mutating func readAssignment(_ line: SourceLine, _ text: ArraySlice<UInt8>, _ indentation: Int) {
        guard !sections.isEmpty || skipping else {
            return errors.append(
                ConfigurationError(
                    "text before the first section", at: line.start,
                    suggestion: "begin with a header such as [default]"))
        }
        let delimiter = text.firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }
        guard let delimiter, delimiter > text.startIndex else {
            return errors.append(
                ConfigurationError("the line is not `key = value`", at: line.start))
        }
        let key = SourceLine.string(SourceLine.trim(text[..<delimiter])).lowercased()
        let value = SourceLine.trim(text[(delimiter + 1)...])
        let entry = INIEntry(
            key: key, value: SourceLine.string(value), keyPosition: line.start,
            valuePosition: line.position(of: value.startIndex))
        if !keys.insert(key).inserted {
            errors.append(
                ConfigurationError(
                    "`\(key)` comes a second time in this section", at: line.start,
                    suggestion: "the AWS CLI refuses this file too; keep one of the two"))
        }
        open = Assignment(entry: entry, indentation: indentation)
    }

    private mutating func close() {
        guard var assignment = open else { return }
        open = nil
        while assignment.continuations.last?.text.isEmpty == true { assignment.continuations.removeLast() }
        guard !skipping, let last = sections.indices.last else { return }
        let isNested = assignment.entry.value.isEmpty && !assignment.continuations.isEmpty
        sections[last].entries += isNested ? nested(assignment) : [joined(assignment)]
    }

    private func joined(_ assignment: Assignment) -> INIEntry {
        var entry = assignment.entry
        for (line, text) in assignment.continuations {
            entry.append(SourceLine.string(text), joint: "\n", at: line.position(of: text.startIndex))
        }
        return entry
    }

    private mutating func nested(_ assignment: Assignment) -> [INIEntry] {
        var entries: [INIEntry] = []
        for (line, text) in assignment.continuations where !text.isEmpty {
            guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else {
                errors.append(
                    ConfigurationError(
                        "the line under `\(assignment.entry.key)` is not `key = value`", at: line.start))
                continue
            }
            let value = SourceLine.trim(text[(equals + 1)...])
            let key = SourceLine.string(SourceLine.trim(text[..<equals]))
            entries.append(
                INIEntry(
                    key: "\(assignment.entry.key).\(key)", value: SourceLine.string(value), keyPosition: line.start,
                    valuePosition: line.position(of: value.startIndex)))
        }
        return entries
    }
}
