/// A service description that cannot be used: which entry, and why.
package struct ServiceModelError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where in the description: `operations.DescribeVpcs`, `shapes[17]`.
    package var entry: String
    package var reason: String

    package init(entry: String, reason: String) {
        self.entry = entry
        self.reason = reason
    }

    package var description: String { "\(entry): \(reason)" }
}
