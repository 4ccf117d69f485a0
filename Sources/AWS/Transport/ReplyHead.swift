/// The head of a reply as its lines arrive: the last status line wins, so that interim replies (1xx) fall away.
struct ReplyHead {
    private let limit: Int
    private var bytes: [UInt8] = []
    private(set) var isComplete = false
    private(set) var isDelivered = false
    private(set) var isTooLarge = false
    /// As announced; `nil` when it was not, or is not a number.
    private(set) var contentLength: Int?

    init(limit: Int) { self.limit = limit }

    mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        isComplete = false
        isDelivered = false
        isTooLarge = false
        contentLength = nil
    }

    /// Takes one line with its line break; false when the head grows beyond its bound.
    mutating func append(_ line: UnsafeRawBufferPointer) -> Bool {
        if isComplete { return true }  // trailers of a chunked body: nothing here reads them
        guard bytes.count + line.count <= limit else {
            isTooLarge = true
            return false
        }
        if line.starts(with: "HTTP/".utf8) { bytes.removeAll(keepingCapacity: true) }
        guard line.first == 0x0D || line.first == 0x0A else {
            bytes.append(contentsOf: line)
            if line.first.map({ $0 | 0x20 }) == UInt8(ascii: "c") { readLength(line) }
            return true
        }
        isComplete = status >= 200
        return true
    }

    private mutating func readLength(_ line: UnsafeRawBufferPointer) {
        let name = "content-length:".utf8
        guard line.count > name.count, zip(line, name).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else { return }
        let digits = line[name.count...].filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D && $0 != 0x0A }
        contentLength = Int(String(decoding: digits, as: UTF8.self))
    }

    /// The three digits after the first space of the status line; 0 when there are none.
    private var status: Int {
        guard let space = bytes.firstIndex(of: 0x20) else { return 0 }
        var number = 0
        for byte in bytes[(space + 1)...].prefix(3) {
            guard (0x30...0x39).contains(byte) else { return 0 }
            number = number * 10 + Int(byte - 0x30)
        }
        return number
    }

    /// The head as the reader gets it; bytes that are not UTF-8 become U+FFFD.
    mutating func deliver() -> (status: Int, headers: HTTPHeaders) {
        isDelivered = true
        var fields: [(name: String, value: String)] = []
        fields.reserveCapacity(12)
        var start = (bytes.firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let line = bytes[start..<end]
            start = end + 1
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            fields.append((text(line[..<colon]), text(line[(colon + 1)...])))
        }
        return (status, HTTPHeaders(fields))
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String {
        var bytes = bytes
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 || last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
