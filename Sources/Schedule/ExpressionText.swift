/// The text of a schedule expression as bytes, with errors that name a column of it.
struct ExpressionText {
    let text: String
    let bytes: [UInt8]

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    /// An error whose column is that of the character at a byte position.
    func error(at position: Int, _ message: String) -> ScheduleError {
        let before = String(decoding: bytes.prefix(position), as: UTF8.self)
        return ScheduleError(column: before.count + 1, message: message)
    }

    /// The characters of a byte range, shortened so that a message stays one line.
    func quote(_ range: Range<Int>, limit: Int = 24) -> String {
        let part = String(decoding: bytes[range], as: UTF8.self)
        return part.count <= limit ? part : part.prefix(limit) + "…"
    }

    func isDigit(_ position: Int) -> Bool { bytes[position].isASCIIDigit }

    /// The end of the letters that start at a position.
    func endOfLetters(from start: Int, limit: Int) -> Int {
        var end = start
        while end < limit, bytes[end].isASCIILetter { end += 1 }
        return end
    }

    /// The end of the digits that start at a position.
    func endOfDigits(from start: Int, limit: Int) -> Int {
        var end = start
        while end < limit, bytes[end].isASCIIDigit { end += 1 }
        return end
    }

    /// The runs of bytes between blanks in a range.
    func fields(in range: Range<Int>) -> [Range<Int>] {
        var fields: [Range<Int>] = []
        var position = range.lowerBound
        while position < range.upperBound {
            if bytes[position].isBlank {
                position += 1
                continue
            }
            let start = position
            while position < range.upperBound, !bytes[position].isBlank { position += 1 }
            fields.append(start..<position)
        }
        return fields
    }

    /// A range without the blanks at its two ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, bytes[low].isBlank { low += 1 }
        while high > low, bytes[high - 1].isBlank { high -= 1 }
        return low..<high
    }
}
