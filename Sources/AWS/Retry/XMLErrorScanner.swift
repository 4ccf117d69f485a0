/// Finds code, message and request id in an XML error reply: one pass, no tree, no entities but XML's own, no DOCTYPE.
struct XMLErrorScanner {
    private(set) var code: String?
    private(set) var message: String?
    private(set) var requestID: String?

    private let bytes: ArraySlice<UInt8>
    private var index: Int
    private var root: [UInt8]?

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        index = bytes.startIndex
    }

    /// False when this is HTML or has a DOCTYPE; what was found up to a broken place counts.
    mutating func scan() -> Bool {
        var element: [UInt8] = []
        var text: [UInt8] = []
        while index < bytes.endIndex {
            guard bytes[index] == UInt8(ascii: "<") else {
                appendText(to: &text)
                continue
            }
            if skip("<!--", to: "-->") || skip("<?", to: "?>") { continue }
            if starts(with: "<![CDATA[") {
                appendCharacterData(to: &text)
                continue
            }
            if starts(with: "<!") { return false }
            guard let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) else { break }
            let tag = bytes[(index + 1)..<end]
            index = end + 1
            if tag.first == UInt8(ascii: "/") {
                note(element, text)
                element = []
            } else {
                element = name(of: tag)
                if root == nil { root = element }
                if String(decoding: root ?? [], as: UTF8.self).lowercased() == "html" { return false }
            }
            text = []
        }
        nameByRoot()
        return true
    }

    private mutating func note(_ element: [UInt8], _ text: [UInt8]) {
        let value = trimmed(text)
        guard !value.isEmpty else { return }
        switch String(decoding: element, as: UTF8.self) {
        case "Code": code = code ?? value
        case "Message", "message": message = message ?? value
        case "RequestId", "RequestID", "requestId": requestID = requestID ?? value
        default: break
        }
    }

    /// Front ends answer `<AccessDeniedException><Message>…`: the root is the code.
    private mutating func nameByRoot() {
        guard code == nil, let root else { return }
        let name = String(decoding: root, as: UTF8.self)
        if name.hasSuffix("Exception") { code = name }
    }

    // MARK: bytes

    private func name(of tag: ArraySlice<UInt8>) -> [UInt8] {
        let qualified = tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
        guard let colon = qualified.lastIndex(of: UInt8(ascii: ":")) else { return Array(qualified) }
        return Array(qualified[(colon + 1)...])
    }

    private func starts(with mark: StaticString) -> Bool {
        mark.withUTF8Buffer { bytes[index...].starts(with: $0) }
    }

    private mutating func skip(_ start: StaticString, to end: StaticString) -> Bool {
        guard starts(with: start) else { return false }
        index += start.utf8CodeUnitCount
        _ = advance(past: end)
        return true
    }

    /// Moves behind the next `mark`, or to the end; answers where the mark began.
    private mutating func advance(past mark: StaticString) -> Int {
        while index < bytes.endIndex {
            if starts(with: mark) {
                defer { index += mark.utf8CodeUnitCount }
                return index
            }
            index += 1
        }
        return bytes.endIndex
    }

    private mutating func appendCharacterData(to text: inout [UInt8]) {
        index += 9
        let start = index
        let end = advance(past: "]]>")
        text.append(contentsOf: bytes[start..<end])
    }

    private mutating func appendText(to text: inout [UInt8]) {
        let byte = bytes[index]
        index += 1
        guard byte == UInt8(ascii: "&") else { return text.append(byte) }
        let name = bytes[index...].prefix(10).prefix { $0 != UInt8(ascii: ";") }
        guard name.endIndex < bytes.endIndex, bytes[name.endIndex] == UInt8(ascii: ";"),
            let scalar = Self.scalar(String(decoding: name, as: UTF8.self))
        else { return text.append(byte) }
        index = name.endIndex + 1
        text.append(contentsOf: String(Character(scalar)).utf8)
    }

    private static func scalar(_ entity: String) -> Unicode.Scalar? {
        switch entity {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        case _ where entity.hasPrefix("#x"): UInt32(entity.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        case _ where entity.hasPrefix("#"): UInt32(entity.dropFirst()).flatMap(Unicode.Scalar.init)
        default: nil
        }
    }

    private func trimmed(_ text: [UInt8]) -> String {
        let start = text.drop { $0 <= 0x20 }
        guard let last = start.lastIndex(where: { $0 > 0x20 }) else { return "" }
        return String(decoding: start[...last], as: UTF8.self)
    }
}
