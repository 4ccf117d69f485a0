/// Whole messages that wait until the caller reads them.
struct OutputQueue {
    private var messages: [[UInt8]] = []
    private var first = 0
    /// Bytes of the first message that were sent.
    private var sent = 0
    /// Bytes not yet sent.
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func append(_ message: [UInt8]) {
        messages.append(message)
        count += message.count
    }

    /// What to send next; empty when nothing waits.
    var next: ArraySlice<UInt8> { isEmpty ? [] : messages[first][sent...] }

    /// Notes that so many bytes of `next` were sent.
    mutating func advance(_ bytes: Int) {
        sent += bytes
        count -= bytes
        guard sent == messages[first].count else { return }
        messages[first] = []
        first += 1
        sent = 0
        if first == messages.count || first > 64 {
            messages.removeFirst(first)
            first = 0
        }
    }
}
