/// Looking for text in text by its bytes.
///
/// The standard library's own `contains` and `replacing` for strings bring its engine for regular expressions along:
/// 1.3 MB of each program that has Swift linked in.
extension String {
    /// Whether `text` stands somewhere in this string, compared byte by byte.
    package func includes(_ text: String) -> Bool { utf8.position(of: text.utf8, from: utf8.startIndex) != nil }

    /// This string with each occurrence of `text` replaced, from the left; occurrences do not overlap, and an empty
    /// `text` has none.
    package func substituting(_ text: String, with replacement: String) -> String {
        var result = ""
        var start = utf8.startIndex
        while !text.isEmpty, let found = utf8.position(of: text.utf8, from: start) {
            result += self[start..<found]
            result += replacement
            start = utf8.index(found, offsetBy: text.utf8.count)
        }
        return result + self[start...]
    }
}

extension String.UTF8View {
    fileprivate func position(of text: String.UTF8View, from start: Index) -> Index? {
        var position = start
        while true {
            if self[position...].starts(with: text) { return position }
            guard position < endIndex else { return nil }
            position = index(after: position)
        }
    }
}
