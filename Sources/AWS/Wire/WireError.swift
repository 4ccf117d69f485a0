/// Why a reply could not be read as what the service's model promises.
package enum WireError: Error, Sendable, Equatable {
    /// The bytes so far end inside a value: feed more. Becomes `truncated` when there are no more.
    case needMore
    case truncated
    /// Not XML or not JSON, with the place (bytes from the start of the reply) and the reason.
    case malformed(offset: Int, reason: String)
    /// Nested deeper, or a single value larger, than the reader allows.
    case tooDeep(limit: Int)
    case tooLarge(limit: Int)
    /// A document type declaration: refused, because entities defined there can grow without bound.
    case doctype
}

/// The bounds within which replies are read.
package enum WireLimits {
    /// AWS's deepest shapes (QuickSight definitions) stay below 40 levels.
    package static let depth = 96
    /// One resource. The largest documents AWS returns (QuickSight, API Gateway bodies) stay below 6 MB.
    package static let resourceSizeInBytes = 16 << 20
    /// All members beside the listed resources together.
    package static let envelopeSizeInBytes = 4 << 20
}
