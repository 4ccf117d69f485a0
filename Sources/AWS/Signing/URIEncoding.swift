/// Percent-encoding as AWS signs it: every byte of the UTF-8 but RFC 3986's unreserved ones, upper-case digits.
package enum URIEncoding {
    package static func encode(_ text: String, keepSlash: Bool = false) -> String {
        if text.utf8.allSatisfy({ isKept($0, keepSlash) }) { return text }
        var bytes: [UInt8] = []
        append(text.utf8, keepSlash: keepSlash, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `name=value` pairs joined by `&`, in the given order; an empty value keeps its `=`.
    package static func query(_ items: [(name: String, value: String)]) -> String {
        var bytes: [UInt8] = []
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "&")) }
            append(item.name.utf8, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            append(item.value.utf8, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    package static func append(_ text: some Sequence<UInt8>, keepSlash: Bool = false, to bytes: inout [UInt8]) {
        for byte in text {
            if isKept(byte, keepSlash) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(digit(byte >> 4))
                bytes.append(digit(byte & 15))
            }
        }
    }

    @inline(__always)
    private static func isKept(_ byte: UInt8, _ keepSlash: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        case UInt8(ascii: "/"): keepSlash
        default: false
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
