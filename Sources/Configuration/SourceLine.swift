/// One line of a file, without its end, and the byte-level questions that both dialects ask of it.
struct SourceLine {
    let file: String
    /// From 1.
    let number: Int
    /// Valid UTF-8 without NUL.
    let bytes: ArraySlice<UInt8>

    /// The line without white space at both ends.
    var trimmed: ArraySlice<UInt8> { Self.trim(bytes) }

    /// `true` for `# …` and `; …`, also when indented.
    var isComment: Bool {
        guard let first = trimmed.first else { return false }
        return first == UInt8(ascii: "#") || first == UInt8(ascii: ";")
    }

    /// Where the byte `index` stands; columns count the characters before it.
    func position(of index: Int) -> SourcePosition {
        let before = bytes[bytes.startIndex..<min(index, bytes.endIndex)]
        return SourcePosition(file: file, line: number, column: 1 + before.count { $0 & 0xC0 != 0x80 })
    }

    /// Where the first byte that is not white space stands.
    var start: SourcePosition { position(of: trimmed.startIndex) }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
    }

    /// Empty input gives an empty slice that stands at the end of the white space.
    static func trim(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let head = text.drop(while: isSpace)
        guard let last = head.lastIndex(where: { !isSpace($0) }) else { return head }
        return head[...last]
    }

    static func string(_ text: ArraySlice<UInt8>) -> String { String(decoding: text, as: UTF8.self) }
}
