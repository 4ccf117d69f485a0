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
    private static let writeLimit = 25
    /// A quarter of DynamoDB's 16 MB, to keep memory small; the biggest item is far below.
    private static let bodyLimitInBytes = 4 << 20

    private let headCount: Int
    private var body = ByteBuffer(capacity: 16 << 10)
    private var writes: [WriteRequest.Write] = []
    private var requests: [WriteRequest] = []

    init(table: String) {
        body.append("{\"RequestItems\":{")
        body.append(quoted: table)
        body.append(":[")
        headCount = body.count
    }

    /// Adds what `write` appends to the body, unless it answers false; answers the same.
    @discardableResult
    mutating func add(_ id: String, _ write: (inout ByteBuffer) -> Bool) -> Bool {
        if writes.count == Self.writeLimit { finish() }
        let mark = body.count
        if !writes.isEmpty { body.append(",") }
        var start = body.count
        guard write(&body) else {
            body.truncate(to: mark)
            return false
        }
        if body.count > Self.bodyLimitInBytes, !writes.isEmpty {
            let bytes = body.bytes(start..<body.count)
            body.truncate(to: mark)
            finish()
            start = body.count
            body.append(bytes)
        }
        writes.append(WriteRequest.Write(id: id, range: start..<body.count))
        return true
    }

    /// The requests of everything added since the last time.
    mutating func take() -> [WriteRequest] {
        finish()
        var taken: [WriteRequest] = []
        swap(&taken, &requests)
        return taken
    }

    private mutating func finish() {
        guard !writes.isEmpty else { return }
        body.append(WriteRequest.tail)
        requests.append(WriteRequest(body: body.bytes(), writes: writes))
        writes = []
        body.truncate(to: headCount)
    }
}
