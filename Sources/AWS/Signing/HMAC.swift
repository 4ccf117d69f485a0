/// HMAC-SHA-256 (RFC 2104) with one key; the key's two hash states are computed once and copied for each message.
package struct HMAC: Sendable {
    private let inner: SHA256
    private let outer: SHA256

    package init(key: [UInt8]) {
        var block = key.count > 64 ? SHA256.hash(key).array : key
        block.append(contentsOf: repeatElement(0, count: 64 - block.count))
        var inner = SHA256()
        inner.update(block.map { $0 ^ 0x36 })
        var outer = SHA256()
        outer.update(block.map { $0 ^ 0x5C })
        self.inner = inner
        self.outer = outer
    }

    package func code(_ message: [UInt8]) -> SHA256.Digest {
        var inner = inner
        inner.update(message)
        let digest = inner.finalize()
        var outer = outer
        outer.update(digest.bytes.span)
        return outer.finalize()
    }

    package func code(_ message: String) -> SHA256.Digest { code(Array(message.utf8)) }
}
