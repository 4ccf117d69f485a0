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

    let body: SharedBytes
    let writes: [Write]

    /// What follows the writes.
    static let tail: StaticString = "]}}"

    /// A request of some of the writes.
    func part(_ chosen: Range<Int>) -> WriteRequest {
        let writes = writes[chosen]
        guard let first = writes.first, let last = writes.last else { return WriteRequest(body: .empty, writes: []) }
        let head = self.writes[0].range.lowerBound
        let moved = first.range.lowerBound - head
        let count = last.range.upperBound - first.range.lowerBound
        var part = ByteBuffer(capacity: head + count + Self.tail.utf8CodeUnitCount)
        part.append(body.span.extracting(0..<head))
        part.append(body.span.extracting(first.range.lowerBound..<last.range.upperBound))
        part.append(Self.tail)
        return WriteRequest(
            body: SharedBytes(part),
            writes: writes.map {
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
    var body = ByteBuffer(capacity: 0)
    private let table: String
    private let size: Int
    /// Where the write at hand, and the comma before it, began.
    private var mark = 0
    private var start = 0
    private var writes: [WriteRequest.Write] = []
    /// The write that would have made the last request too large.
    private var carried: (id: String, bytes: [UInt8])?

    /// Requests of about `size` bytes.
    init(table: String, expecting size: Int) {
        self.table = table
        self.size = min(size, Self.bodyLimitInBytes) + 256
    }

    /// `take` has to be called before the next write.
    var isFull: Bool { writes.count == Self.writeLimit || carried != nil }

    /// Begins a write; the caller appends it to `body` and calls `end`, or `undo`.
    mutating func begin() {
        if body.isEmpty { open() }
        mark = body.count
        if !writes.isEmpty { body.append(",") }
        start = body.count
    }

    private mutating func open() {
        body.reserve(size)
        body.append("{\"RequestItems\":{")
        body.append(quoted: table)
        body.append(":[")
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
        var full = ByteBuffer(capacity: 0)
        swap(&full, &body)
        let request = WriteRequest(body: SharedBytes(full), writes: writes)
        writes.removeAll(keepingCapacity: true)
        if let (id, bytes) = carried {
            carried = nil
            begin()
            body.append(bytes)
            end(id)
        }
        return request
    }
}
