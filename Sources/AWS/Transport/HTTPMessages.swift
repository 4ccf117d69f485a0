import JSON

/// A request as it goes on the wire.
package struct HTTPRequest: Sendable {
    package var method: String
    /// `scheme://host[:port]/path[?query]`, completely percent-encoded.
    package var url: String
    /// Sent in this order, as they are. `Host` and `Content-Length` are added by the transport.
    package var headers: [(name: String, value: String)]
    package var body: SharedBytes
    package var timeouts: HTTPTimeouts
    /// Goes straight to its host whatever `http_proxy` says: for addresses that mean this machine or the one it runs on.
    package var bypassesProxy: Bool

    package init(
        method: String, url: String, headers: [(name: String, value: String)] = [], body: SharedBytes = .empty,
        timeouts: HTTPTimeouts = HTTPTimeouts(), bypassesProxy: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeouts = timeouts
        self.bypassesProxy = bypassesProxy
    }
}

/// The bounds of one exchange.
package struct HTTPTimeouts: Sendable {
    /// Name look-up, TCP and TLS.
    package var connect: Duration = .seconds(10)
    /// The longest silence while an answer is awaited or read, not counting time the reader itself paused.
    package var idle: Duration = .seconds(60)
    /// The whole exchange, the reader's pauses included.
    package var total: Duration = .seconds(300)

    package init() {}
}

/// The start of a reply; the body is still arriving.
package struct HTTPReply: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    package let body: any HTTPBody

    package init(status: Int, headers: HTTPHeaders, body: any HTTPBody) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Header fields in the order they came; names compare without case.
package struct HTTPHeaders: Sendable {
    package let fields: [(name: String, value: String)]

    package init(_ fields: [(name: String, value: String)]) { self.fields = fields }

    /// The first field of that name.
    package subscript(name: String) -> String? {
        fields.first { Self.isSame($0.name.utf8Span.span, name.utf8Span.span) }?.value
    }

    private static func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in left.indices where lower(left[index]) != lower(right[index]) { return false }
        return true
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}

/// Why an exchange failed below HTTP. Cases carry the host, never headers or bodies.
package enum HTTPError: Error, Sendable, Equatable {
    /// Name look-up, connection or TLS set-up failed; nothing was sent.
    case unreachable(host: String, reason: String)
    /// A certificate did not verify; retrying does not help.
    case untrusted(host: String, reason: String)
    case timedOut(host: String, phase: String)
    /// The connection broke, or the reply was not HTTP or shorter than announced.
    case broken(host: String, reason: String)
    /// The reply was larger than the bound given.
    case tooLarge(limit: Int)
    case cancelled
    case closed
}

/// The bytes of a reply as they arrive. One reader at a time.
package protocol HTTPBody: Sendable {
    /// The next bytes, never empty; `nil` after the last. The transport pauses the sender while the reader is behind, so
    /// that a slow reader holds a bounded amount (a few hundred KiB) whatever the size of the reply.
    ///
    /// Cancelling the task aborts the exchange and throws `cancelled`.
    func next() async throws(HTTPError) -> [UInt8]?

    /// The same. `spent` is an earlier answer that nobody reads any more, whose memory may be filled again.
    func next(after spent: consuming [UInt8]) async throws(HTTPError) -> [UInt8]?

    /// Gives up the rest. Safe at any time and more than once; a body that is dropped unread does this by itself.
    func discard()
}

extension HTTPBody {
    package func next(after spent: consuming [UInt8]) async throws(HTTPError) -> [UInt8]? { try await next() }

    /// The whole body, when it is no larger than `limit` bytes; else `tooLarge`.
    package func collect(limit: Int) async throws(HTTPError) -> [UInt8] {
        var bytes: [UInt8] = []
        while let chunk = try await next() {
            guard bytes.count + chunk.count <= limit else {
                discard()
                throw .tooLarge(limit: limit)
            }
            if bytes.isEmpty { bytes = chunk } else { bytes.append(contentsOf: chunk) }
        }
        return bytes
    }
}

/// Whatever carries requests; the product has one, `HTTPTransport` over libcurl.
package protocol HTTPSender: Sendable {
    /// Sends a request and answers when the reply's header is complete.
    func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPReply
}
