/// The text whose hash is signed, built line by line.
struct CanonicalRequest {
    private(set) var bytes: [UInt8] = []

    init(method: String) {
        bytes.reserveCapacity(1024)
        bytes.append(contentsOf: method.uppercased().utf8)
        bytes.append(0x0A)
    }

    /// S3 signs the path as it is sent; every other service without dot segments and empty segments, encoded again.
    mutating func appendPath(_ path: String, isS3: Bool) {
        if isS3 {
            bytes.append(contentsOf: path.utf8)
        } else if path.isEmpty || path == "/" {
            bytes.append(UInt8(ascii: "/"))
        } else {
            var kept: [Substring.UTF8View] = []
            for segment in path.utf8.split(separator: UInt8(ascii: "/")) {
                if segment.elementsEqual("..".utf8) {
                    _ = kept.popLast()  // at the root there is nothing to leave
                } else if !segment.elementsEqual(".".utf8) {
                    kept.append(segment)
                }
            }
            for segment in kept {
                bytes.append(UInt8(ascii: "/"))
                URIEncoding.append(segment, to: &bytes)
            }
            if kept.isEmpty || path.utf8.last == UInt8(ascii: "/") { bytes.append(UInt8(ascii: "/")) }
        }
        bytes.append(0x0A)
    }

    /// Sorted by encoded name, then by encoded value.
    mutating func appendQuery(_ items: [(name: String, value: String)]) {
        var encoded = items.map { (URIEncoding.encode($0.name), URIEncoding.encode($0.value)) }
        if encoded.count > 1 {
            encoded.sort { left, right in
                left.0 == right.0
                    ? left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
                    : left.0.utf8.lexicographicallyPrecedes(right.0.utf8)
            }
        }
        for (index, item) in encoded.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "&")) }
            bytes.append(contentsOf: item.0.utf8)
            bytes.append(UInt8(ascii: "="))
            bytes.append(contentsOf: item.1.utf8)
        }
        bytes.append(0x0A)
    }

    /// Names in lower case and sorted; values of one name joined by commas. Answers the names joined by semicolons.
    mutating func appendHeaders(_ headers: [(name: String, value: String)]) -> [UInt8] {
        var sorted = headers.enumerated().map { (name: $1.name.lowercased(), index: $0) }
        sorted.sort {
            $0.name == $1.name ? $0.index < $1.index : $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
        }
        var names: [UInt8] = []
        var previous: String?
        for (name, index) in sorted {
            if name == previous {
                bytes.append(UInt8(ascii: ","))
            } else {
                if previous != nil {
                    bytes.append(0x0A)
                    names.append(UInt8(ascii: ";"))
                }
                names.append(contentsOf: name.utf8)
                bytes.append(contentsOf: name.utf8)
                bytes.append(UInt8(ascii: ":"))
                previous = name
            }
            appendTrimmed(headers[index].value)
        }
        bytes.append(contentsOf: [0x0A, 0x0A])
        bytes.append(contentsOf: names)
        bytes.append(0x0A)
        return names
    }

    mutating func appendBodyHash(_ hash: SHA256.Digest) { hash.appendHex(to: &bytes) }

    /// Without white space at the ends, and one space for each run of it inside.
    private mutating func appendTrimmed(_ value: String) {
        let start = bytes.count
        var isSpacePending = false
        for byte in value.utf8 {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                isSpacePending = bytes.count > start
                continue
            }
            if isSpacePending { bytes.append(0x20) }
            isSpacePending = false
            bytes.append(byte)
        }
    }
}
