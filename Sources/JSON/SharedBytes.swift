/// Bytes that are complete: whoever signs, sends or keeps them reads them where they were written.
package final class SharedBytes: Sendable, ExpressibleByArrayLiteral {
    private let buffer: ByteBuffer

    package static let empty = SharedBytes(ByteBuffer(capacity: 0))

    package init(_ buffer: consuming ByteBuffer) { self.buffer = buffer }

    /// A copy.
    package convenience init(_ bytes: [UInt8]) {
        var buffer = ByteBuffer(capacity: bytes.count)
        buffer.append(bytes)
        self.init(buffer)
    }

    package convenience init(arrayLiteral bytes: UInt8...) { self.init(bytes) }

    package var count: Int { buffer.count }
    package var isEmpty: Bool { buffer.isEmpty }

    package var span: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            // The buffer is never changed and lives as long as this object.
            let bytes = UnsafeBufferPointer(start: UnsafePointer(buffer.base), count: buffer.count).span
            return _overrideLifetime(bytes, borrowing: self)
        }
    }

    /// A copy.
    package var array: [UInt8] { buffer.bytes() }
}
