/// Cuts a stream of bytes into messages at their NULs, without ever holding more than it is given room for.
struct MessageFramer {
    private var bytes: [UInt8] = []
    private var start = 0
    /// Bytes from `start` on that were searched for a NUL already, so that slow senders cost no second search.
    private var searched = 0
    private let limitInBytes: Int

    /// `limitInBytes` bounds one message, its NUL not counted.
    init(limitInBytes: Int) { self.limitInBytes = limitInBytes }

    enum Next: Equatable {
        case message([UInt8])
        case incomplete
        case tooLong
    }

    /// Bytes received and not yet handed out.
    var count: Int { bytes.count - start }

    mutating func append(_ received: ArraySlice<UInt8>) {
        if start == bytes.count {
            bytes.removeAll(keepingCapacity: bytes.capacity <= 1 << 16)
            start = 0
        } else if start > 1 << 16, start > bytes.count / 2 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(contentsOf: received)
    }

    /// Takes the next whole message out, without its NUL.
    mutating func next() -> Next {
        let from = start + searched
        guard let end = bytes[from...].firstIndex(of: 0) else {
            searched = bytes.count - start
            return searched > limitInBytes ? .tooLong : .incomplete
        }
        guard end - start <= limitInBytes else { return .tooLong }
        let message = Array(bytes[start..<end])
        start = end + 1
        searched = 0
        return .message(message)
    }
}
