/// One `key=value` of a section.
package struct INIEntry: Sendable, Equatable {
    package var key: String
    /// Without the white space at its ends; quotes and escapes as written. Lines that go on are joined: with one space
    /// for the backslash in systemd files, with a line feed in AWS files.
    package var value: String
    package var keyPosition: SourcePosition
    /// Where `value` begins, or where it would stand when it is empty.
    package var valuePosition: SourcePosition
    /// The lines after the first: from which character of `value` on they count, and where that character stands.
    private var continuations: [Continuation] = []

    private struct Continuation: Sendable, Equatable {
        var offset: Int
        var position: SourcePosition
    }

    package init(key: String, value: String, keyPosition: SourcePosition, valuePosition: SourcePosition) {
        self.key = key
        self.value = value
        self.keyPosition = keyPosition
        self.valuePosition = valuePosition
    }

    /// Where the character `offset` (from 0, in Unicode scalars) of `value` stands in the file, also when the value
    /// goes over several lines.
    package func position(ofCharacter offset: Int) -> SourcePosition {
        guard let line = continuations.last(where: { $0.offset <= offset }) else {
            return valuePosition.advanced(by: offset)
        }
        return line.position.advanced(by: offset - line.offset)
    }

    /// Adds a further line to the value: first `joint`, then `text`, which begins at `position`.
    mutating func append(_ text: String, joint: String, at position: SourcePosition) {
        value += joint
        continuations.append(Continuation(offset: value.unicodeScalars.count, position: position))
        value += text
    }
}
