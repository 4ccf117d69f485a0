import COpenSSL

/// SHA-256 of bytes that come in parts, by OpenSSL's low-level functions.
///
/// These do not fail for bytes in memory; their results, always 1, are ignored for that reason.
package struct SHA256: Sendable {
    private var context = SHA256_CTX()

    package init() { _ = SHA256_Init(&context) }

    package mutating func update(_ bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { _ = SHA256_Update(&context, $0.baseAddress, $0.count) }
    }

    package mutating func update(_ bytes: [UInt8]) { update(bytes.span) }

    /// The digest of everything so far. Ends the computation: a copy made before goes on.
    package mutating func finalize() -> Digest {
        var digest = Digest()
        digest.withUnsafeMutableBytes { _ = SHA256_Final($0, &context) }
        return digest
    }

    package static func hash(_ bytes: Span<UInt8>) -> Digest {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalize()
    }

    package static func hash(_ bytes: [UInt8]) -> Digest { hash(bytes.span) }

    /// 32 bytes.
    package struct Digest: Sendable, Equatable {
        package private(set) var bytes: InlineArray<32, UInt8>

        init() { bytes = .init(repeating: 0) }

        package var array: [UInt8] { bytes.indices.map { bytes[$0] } }

        /// 64 lower-case digits.
        package var hex: String {
            var text: [UInt8] = []
            appendHex(to: &text)
            return String(decoding: text, as: UTF8.self)
        }

        package func appendHex(to text: inout [UInt8]) {
            for index in bytes.indices { Hex.append(bytes[index], to: &text) }
        }

        package static func == (left: Digest, right: Digest) -> Bool {
            left.bytes.indices.allSatisfy { left.bytes[$0] == right.bytes[$0] }
        }

        /// The closure gets room for exactly the 32 bytes that SHA256_Final writes.
        fileprivate mutating func withUnsafeMutableBytes(_ body: (UnsafeMutablePointer<UInt8>?) -> Void) {
            var span = bytes.mutableSpan
            span.withUnsafeMutableBufferPointer { body($0.baseAddress) }
        }
    }
}

/// Hexadecimal digits.
package enum Hex {
    /// Appends two lower-case digits.
    package static func append(_ byte: UInt8, to text: inout [UInt8]) {
        text.append(digit(byte >> 4))
        text.append(digit(byte & 15))
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
