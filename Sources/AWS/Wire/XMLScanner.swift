import JSON

/// Reads XML tokens from bytes: just what AWS replies use, and nothing that can grow without bound.
///
/// Works on any prefix of a document: where the bytes end inside a token it throws `needMore` and the caller starts the
/// value again with more bytes.
enum XMLScanner {
    struct Tag {
        enum Kind { case open, close, empty }
        var kind: Kind
        /// The name without its namespace prefix.
        var nameStart: Int
        var nameEnd: Int
        /// Where attributes may stand.
        var attributesEnd: Int
        /// The place behind `>`.
        var end: Int
    }

    /// The next tag at or after `position`, past text, comments and processing instructions.
    @inline(__always)
    static func nextTag(_ bytes: Span<UInt8>, from position: Int) throws(WireError) -> Tag {
        try tagOrMarkup(bytes, at: nextMark(bytes, from: position))
    }

    /// The next `<` at or after `position`; at least one byte follows it.
    @inline(__always)
    static func nextMark(_ bytes: Span<UInt8>, from position: Int) throws(WireError) -> Int {
        // Tags mostly stand side by side.
        let isHere = position < bytes.count && bytes[position] == UInt8(ascii: "<")
        let mark = isHere ? position : ByteScan.first(UInt8(ascii: "<"), in: bytes, from: position)
        guard mark + 1 < bytes.count else { throw .needMore }
        return mark
    }

    /// The tag at `mark`, or the next where comments and processing instructions stand.
    static func tagOrMarkup(_ bytes: Span<UInt8>, at mark: Int) throws(WireError) -> Tag {
        var index = mark
        while bytes[index + 1] == UInt8(ascii: "!") || bytes[index + 1] == UInt8(ascii: "?") {
            index = try nextMark(bytes, from: skipMarkup(bytes, at: index))
        }
        return try tag(bytes, at: index)
    }

    /// The opening tag at `mark` when it is just `<name>`, told by one comparison.
    @inline(__always)
    static func plainTag(
        _ name: DecodingPlan.Name, _ plan: DecodingPlan, _ bytes: Span<UInt8>, at mark: Int
    ) -> Tag? {
        let end = mark + 1 + Int(name.count)
        guard end < bytes.count, bytes[end] == UInt8(ascii: ">"), plan.matches(name, bytes, mark + 1, end) else {
            return nil
        }
        return Tag(kind: .open, nameStart: mark + 1, nameEnd: end, attributesEnd: end, end: end + 1)
    }

    /// The place behind the closing tag of `tag` when that stands at `mark`, told by one comparison.
    @inline(__always)
    static func plainEnd(of tag: Tag, _ bytes: Span<UInt8>, at mark: Int) -> Int? {
        guard bytes[mark + 1] == UInt8(ascii: "/") else { return nil }
        let count = tag.nameEnd - tag.nameStart
        let end = mark + 2 + count
        guard end < bytes.count, bytes[end] == UInt8(ascii: ">"),
            ByteScan.equal(bytes, mark + 2, bytes, tag.nameStart, count: count)
        else { return nil }
        return end + 1
    }

    /// The tag whose `<` is at `start`.
    @inline(__always)
    static func tag(_ bytes: Span<UInt8>, at start: Int) throws(WireError) -> Tag {
        var index = start + 1
        guard index < bytes.count else { throw .needMore }
        let isClose = bytes[index] == UInt8(ascii: "/")
        if isClose { index += 1 }
        var nameStart = index
        while true {
            guard index < bytes.count else { throw .needMore }
            let byte = bytes[index]
            if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || byte <= 0x20 { break }
            if byte == UInt8(ascii: ":") { nameStart = index + 1 }
            if byte == UInt8(ascii: "<") { throw .malformed(offset: index, reason: "a tag inside a tag") }
            index += 1
        }
        guard index > nameStart else { throw .malformed(offset: start, reason: "a tag without a name") }
        let nameEnd = index
        if bytes[index] == UInt8(ascii: ">") {
            return Tag(
                kind: isClose ? .close : .open, nameStart: nameStart, nameEnd: nameEnd, attributesEnd: nameEnd,
                end: index + 1)
        }
        return try tagWithAttributes(bytes, isClose, nameStart, nameEnd)
    }

    private static func tagWithAttributes(
        _ bytes: Span<UInt8>, _ isClose: Bool, _ nameStart: Int, _ nameEnd: Int
    ) throws(WireError) -> Tag {
        var index = nameEnd
        var quote: UInt8 = 0
        while true {
            guard index < bytes.count else { throw .needMore }
            let byte = bytes[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            } else if byte == UInt8(ascii: "<") {
                throw .malformed(offset: index, reason: "a tag inside a tag")
            }
            index += 1
        }
        let isEmpty = !isClose && bytes[index - 1] == UInt8(ascii: "/")
        return Tag(
            kind: isClose ? .close : isEmpty ? .empty : .open, nameStart: nameStart, nameEnd: nameEnd,
            attributesEnd: isEmpty ? index - 1 : index, end: index + 1)
    }

    /// Past `<!-- -->`, `<![CDATA[ ]]>` or `<? ?>`.
    static func skipMarkup(_ bytes: Span<UInt8>, at start: Int) throws(WireError) -> Int {
        if bytes[start + 1] == UInt8(ascii: "?") { return try find("?>", in: bytes, from: start + 2) }
        if try starts(with: "<!--", bytes, at: start) { return try find("-->", in: bytes, from: start + 4) }
        if try starts(with: "<![CDATA[", bytes, at: start) { return try find("]]>", in: bytes, from: start + 9) }
        if try starts(with: "<!DOCTYPE", bytes, at: start) { throw .doctype }
        throw .malformed(offset: start, reason: "unknown markup")
    }

    /// Past the end of the element whose opening tag ends at `position`.
    static func skipElement(_ bytes: Span<UInt8>, from position: Int) throws(WireError) -> Int {
        var depth = 1
        var index = position
        while depth > 0 {
            let tag = try nextTag(bytes, from: index)
            switch tag.kind {
            case .open: depth += 1
            case .close: depth -= 1
            case .empty: break
            }
            guard depth <= WireLimits.depth else { throw .tooDeep(limit: WireLimits.depth) }
            index = tag.end
        }
        return index
    }

    /// Whether the literal stands at `start`; `needMore` when the bytes end inside it.
    static func starts(with literal: StaticString, _ bytes: Span<UInt8>, at start: Int) throws(WireError) -> Bool {
        for (offset, byte) in String(describing: literal).utf8.enumerated() {
            guard start + offset < bytes.count else { throw .needMore }
            if bytes[start + offset] | 0x20 != byte | 0x20 { return false }
        }
        return true
    }

    /// The place behind the next occurrence of the literal.
    static func find(_ literal: StaticString, in bytes: Span<UInt8>, from start: Int) throws(WireError) -> Int {
        let pattern = Array(String(describing: literal).utf8)
        var index = start
        while index + pattern.count <= bytes.count {
            index = ByteScan.first(pattern[0], in: bytes, from: index)
            guard index + pattern.count <= bytes.count else { break }
            var matched = 1
            while matched < pattern.count, bytes[index + matched] == pattern[matched] { matched += 1 }
            if matched == pattern.count { return index + pattern.count }
            index += 1
        }
        throw .needMore
    }

    /// Appends the text from `position` to the next tag as the inside of a JSON string; answers where the tag starts.
    static func appendText(
        _ bytes: Span<UInt8>, from position: Int, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        var index = position
        while true {
            let stop = out.appendPlain(bytes, from: index, stop: UInt8(ascii: "<"), ampersand: true)
            guard stop < bytes.count else { throw .needMore }
            let byte = bytes[stop]
            if byte == UInt8(ascii: "<") {
                guard stop + 1 < bytes.count else { throw .needMore }
                guard bytes[stop + 1] == UInt8(ascii: "!") || bytes[stop + 1] == UInt8(ascii: "?") else { return stop }
                index = try skipMarkup(bytes, at: stop)
                if try starts(with: "<![CDATA[", bytes, at: stop) {
                    var place = stop + 9
                    while place < index - 3 { place = try appendCharacter(bytes, at: place, to: &out) }
                }
            } else if byte == UInt8(ascii: "&") {
                index = try appendEntity(bytes, at: stop, to: &out)
            } else {
                index = try appendCharacter(bytes, at: stop, to: &out)
            }
        }
    }

    /// Appends the character at `start`; answers the place behind it. Ends of lines become `\n`, as XML 1.0 section
    /// 2.11 says; what is not UTF-8 becomes U+FFFD.
    private static func appendCharacter(
        _ bytes: Span<UInt8>, at start: Int, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        let byte = bytes[start]
        if byte >= 0x80 {
            guard let length = ByteScan.characterLength(bytes, at: start) else { throw .needMore }
            if length == 0 { out.append("\u{FFFD}") } else { out.append(bytes.extracting(start..<start + length)) }
            return start + max(length, 1)
        }
        guard byte == 0x0D else {
            out.appendEscaped(byte)
            return start + 1
        }
        guard start + 1 < bytes.count else { throw .needMore }
        out.appendEscaped(0x0A)
        return start + (bytes[start + 1] == 0x0A ? 2 : 1)
    }

    /// The longest reference that is one: `&#x10FFFF;`.
    private static let longestReference = 12

    private static func appendEntity(
        _ bytes: Span<UInt8>, at start: Int, to out: inout ByteBuffer
    ) throws(WireError) -> Int {
        let end = ByteScan.first(UInt8(ascii: ";"), in: bytes, from: start)
        guard end - start <= longestReference else {
            throw .malformed(offset: start, reason: "an '&' that starts no reference")
        }
        guard end < bytes.count else { throw .needMore }
        var name: [UInt8] = []
        for index in start + 1..<end { name.append(bytes[index]) }
        switch String(decoding: name, as: UTF8.self) {
        case "lt": out.append(UInt8(ascii: "<"))
        case "gt": out.append(UInt8(ascii: ">"))
        case "amp": out.append(UInt8(ascii: "&"))
        case "apos": out.append(UInt8(ascii: "'"))
        case "quot": out.appendEscaped(UInt8(ascii: "\""))
        case let reference where reference.hasPrefix("#"):
            let digits = reference.dropFirst()
            let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let code, let scalar = Unicode.Scalar(code) else {
                throw .malformed(offset: start, reason: "a reference to no character")
            }
            for byte in Array(String(Character(scalar)).utf8) { out.appendEscaped(byte) }
        default: throw .malformed(offset: start, reason: "a reference to an unknown entity")
        }
        return end + 1
    }
}
