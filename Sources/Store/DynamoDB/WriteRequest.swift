import JSON

/// One request of BatchWriteItem, ready to be sent.
struct WriteRequest {
    /// One put or delete.
    struct Write {
        /// The resource, for messages.
        var id: String
        /// Where it stands in the body.
        var range: Range<Int>
    }

    let body: [UInt8]
    let writes: [Write]

    /// What follows the writes.
    static let tail: StaticString = "]}}"

    /// A request of some of the writes.
    func part(_ chosen: Range<Int>) -> WriteRequest {
        let part = writes[chosen]
        guard let first = part.first, let last = part.last else { return WriteRequest(body: [], writes: []) }
        let head = writes[0].range.lowerBound
        let moved = first.range.lowerBound - head
        var body = Array(body[..<head])
        body += self.body[first.range.lowerBound..<last.range.upperBound]
        body.append(literal: Self.tail)
        return WriteRequest(
            body: body,
            writes: part.map {
                Write(id: $0.id, range: $0.range.lowerBound - moved..<$0.range.upperBound - moved)
            })
    }
}

/// Writes requests, one write after the other, each straight into the body that is sent.
struct WriteRequestWriter: ~Copyable {
    /// DynamoDB's limit for one request.
    static let writeLimit = 25
    /// A quarter of DynamoDB's 16 MB, to keep memory small; the biggest item is far below.
    private static let bodyLimitInBytes = 4 << 20

    /// Where the write begun with `begin` goes.
    var body: ByteBuffer
    private let headCount: Int
    /// Where the write at hand, and the comma before it, began.
    private var mark = 0
    private var start = 0
    private var writes: [WriteRequest.Write] = []
    /// The write that would have made the last request too large.
    private var carried: (id: String, bytes: [UInt8])?

    /// Requests of about `size` bytes.
    init(table: String, expecting size: Int) {
        body = ByteBuffer(capacity: min(size, Self.bodyLimitInBytes) + 256)
        body.append("{\"RequestItems\":{")
        body.append(quoted: table)
        body.append(":[")
        headCount = body.count
    }

    /// `take` has to be called before the next write.
    var isFull: Bool { writes.count == Self.writeLimit || carried != nil }

    /// Begins a write; the caller appends it to `body` and calls `end`, or `undo`.
    mutating func begin() {
        mark = body.count
        if !writes.isEmpty { body.append(",") }
        start = body.count
    }

    mutating func undo() { body.truncate(to: mark) }

    mutating func end(_ id: String) {
        guard body.count <= Self.bodyLimitInBytes || writes.isEmpty else {
            carried = (id, body.bytes(start..<body.count))
            return undo()
        }
        writes.append(WriteRequest.Write(id: id, range: start..<body.count))
    }

    /// The request of the writes since the last one; `nil` when there are none.
    mutating func take() -> WriteRequest? {
        guard !writes.isEmpty else { return nil }
        body.append(WriteRequest.tail)
        let request = WriteRequest(body: body.bytes(), writes: writes)
        writes.removeAll(keepingCapacity: true)
        body.truncate(to: headCount)
        if let (id, bytes) = carried {
            carried = nil
            begin()
            body.append(bytes)
            end(id)
        }
        return request
    }
}
