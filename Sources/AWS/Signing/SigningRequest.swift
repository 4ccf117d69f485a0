import JSON

/// What of a request enters its signature.
package struct SigningRequest: Sendable {
    package var method: String
    /// As in the `Host` field: lower case, with the port when it is not the scheme's own.
    package var host: String
    /// Percent-encoded once, as it goes on the wire.
    package var path: String
    /// Not encoded; on the wire as `URIEncoding.query` writes them, in any order.
    package var query: [(name: String, value: String)]
    /// Sent as they are; `Host` not among them.
    package var headers: [(name: String, value: String)]
    package var body: SharedBytes

    package init(
        method: String, host: String, path: String, query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: SharedBytes = .empty
    ) {
        self.method = method
        self.host = host
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }
}
