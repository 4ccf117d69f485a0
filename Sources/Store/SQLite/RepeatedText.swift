/// A text that is the same in most rows of a result: becomes a Swift string when it changes.
struct RepeatedText {
    private(set) var text = ""
    private var bytes: [UInt8] = []

    /// Takes the text of the next row; `true` when it is another one.
    mutating func read(_ next: Span<UInt8>) -> Bool {
        if equals(next) { return false }
        bytes.removeAll(keepingCapacity: true)
        for index in 0..<next.count { bytes.append(next[index]) }
        text = String(decoding: bytes, as: UTF8.self)
        return true
    }

    private func equals(_ next: Span<UInt8>) -> Bool {
        guard next.count == bytes.count else { return false }
        for index in 0..<next.count where next[index] != bytes[index] { return false }
        return true
    }
}

/// Reads the times of many rows, most of which are alike.
struct TimeReader {
    private var text = RepeatedText()
    private var last: Int?

    /// Seconds since the epoch; `nil` when the text is no time.
    mutating func seconds(_ next: Span<UInt8>) -> Int? {
        if text.read(next) { last = ISOTime.seconds(text.text) }
        return last
    }
}
