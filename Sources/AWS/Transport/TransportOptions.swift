/// How a transport is set up; fixed for its life.
package struct TransportOptions: Sendable {
    /// Most connections open at a time, over all hosts; further requests wait in order of arrival.
    ///
    /// A reply that is being read holds its connection. A program whose readers wait for other requests of the same
    /// transport must allow more connections than it has such readers.
    package var connections = 256
    /// File of the certificates to trust instead of the system's: `AWS_CA_BUNDLE`.
    package var certificateBundle: String?

    package init(connections: Int = 256, certificateBundle: String? = nil) {
        self.connections = max(connections, 1)
        self.certificateBundle = certificateBundle
    }
}
