import JSON

/// A request in its service's protocol, before it has a host and a signature.
package struct EncodedRequest: Sendable {
    package var method: String
    /// Percent-encoded once.
    package var path: String
    /// Not encoded.
    package var query: [(name: String, value: String)] = []
    package var headers: [(name: String, value: String)] = []
    package var body = SharedBytes.empty
    /// Host labels in front of the service's host: `111122223333.`.
    package var hostPrefix: String?

    package init(method: String, path: String) {
        self.method = method
        self.path = path
    }
}

/// Why an input cannot become a request; always a mistake in the catalogue, named by operation and member.
package struct EncodingError: Error, Sendable, Equatable, CustomStringConvertible {
    package var operation: String
    package var member: String
    package var reason: String

    package var description: String { "\(operation): \(member): \(reason)" }
}
