extension [UInt8] {
    /// Appends a literal as one copy; a string's UTF-8 view is appended byte by byte.
    @inline(__always)
    mutating func append(literal: StaticString) {
        // The literal is constant memory; the buffer does not leave the closure.
        literal.withUTF8Buffer { append(contentsOf: $0) }
    }
}
