import CCurl

/// The request header fields in the form curl reads them: a linked list of C strings, in memory that is used again for
/// the next request, instead of two allocations a field.
///
/// Memory: `text` holds every string with its zero, `nodes` one element a string; both are filled to the end before
/// `link` hands out a pointer, and stay untouched until the next request begins.
struct CurlHeaderList: ~Copyable {
    private var text: [UInt8] = []
    private var starts: [Int] = []
    private var block: UnsafeMutablePointer<CChar>
    private var blockSize: Int
    private var nodes: UnsafeMutablePointer<curl_slist>
    private var nodeCount: Int

    init() {
        blockSize = 4096
        nodeCount = 16
        block = .allocate(capacity: blockSize)
        nodes = .allocate(capacity: nodeCount)
    }

    deinit {
        block.deallocate()
        nodes.deallocate()
    }

    /// Bytes of all fields.
    var size: Int { text.count }

    mutating func removeAll() {
        text.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
    }

    /// Adds a field; false when its name or value would break the header: a line break or a zero.
    mutating func append(name: String, value: String) -> Bool {
        let start = text.count
        starts.append(start)
        text.append(contentsOf: name.utf8)
        // curl's way to write a field without a value, instead of taking the field out.
        text.append(value.isEmpty ? UInt8(ascii: ";") : UInt8(ascii: ":"))
        // The space everybody sends: some servers take no field without it.
        if !value.isEmpty { text.append(0x20) }
        text.append(contentsOf: value.utf8)
        let isSound = !text[start...].contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D }
        text.append(0)
        return isSound && !name.isEmpty
    }

    /// Keeps curl from adding a field of its own.
    mutating func suppress(_ name: StaticString) {
        starts.append(text.count)
        name.withUTF8Buffer { text.append(contentsOf: $0) }
        text.append(UInt8(ascii: ":"))
        text.append(0)
    }

    /// The list's first node; valid until the list is changed.
    mutating func link() -> UnsafeMutablePointer<curl_slist>? {
        guard !starts.isEmpty else { return nil }
        if text.count > blockSize {
            block.deallocate()
            blockSize = text.count * 2
            block = .allocate(capacity: blockSize)
        }
        if starts.count > nodeCount {
            nodes.deallocate()
            nodeCount = starts.count * 2
            nodes = .allocate(capacity: nodeCount)
        }
        for (index, byte) in text.enumerated() { block[index] = CChar(bitPattern: byte) }
        for (index, start) in starts.enumerated() {
            let next = index + 1 < starts.count ? nodes + index + 1 : nil
            (nodes + index).initialize(to: curl_slist(data: block + start, next: next))
        }
        return nodes
    }
}
