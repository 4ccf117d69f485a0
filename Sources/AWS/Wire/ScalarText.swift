import JSON

/// Numbers and booleans that came as text.
enum ScalarText {
    /// The buffer holds `"` and the text from `start`: makes it a JSON number when it is one, else a JSON string, so that
    /// nothing is lost (`NaN`, `Infinity`).
    static func unquoteNumber(from start: Int, isInteger: Bool, in out: inout ByteBuffer) {
        let first = start + 1
        if isNumber(out.span, first, out.count) {
            out.remove(at: start)
            return
        }
        let word = String(decoding: out.bytes(first..<out.count), as: UTF8.self)
            .trimmingPrefix { $0.isWhitespace || $0 == "+" }
        if isInteger, let number = Int64(word) {
            out.truncate(to: start)
            out.append(String(number))
        } else if !isInteger, let number = Double(String(word)), number.isFinite {
            out.truncate(to: start)
            out.append("\(number)")
        } else {
            out.append(UInt8(ascii: "\""))
        }
    }

    /// The buffer holds `"` and the text from `start`: makes it `true` when it says so, else `false`.
    static func replaceBoolean(from start: Int, ignoresCase: Bool = false, in out: inout ByteBuffer) {
        let letterCase: UInt8 = ignoresCase ? 0x20 : 0
        let isTrue =
            out.count == start + 5 && out.span[start + 1] | letterCase == UInt8(ascii: "t")
            && out.span[start + 2] | letterCase == UInt8(ascii: "r")
            && out.span[start + 3] | letterCase == UInt8(ascii: "u")
            && out.span[start + 4] | letterCase == UInt8(ascii: "e")
        out.truncate(to: start)
        if isTrue { out.append("true") } else { out.append("false") }
    }

    /// Whether `bytes[start..<end]` is a number as JSON writes it.
    static func isNumber(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var index = start
        func digits() -> Bool {
            let first = index
            while index < end, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
            return index > first
        }
        if index < end, bytes[index] == UInt8(ascii: "-") { index += 1 }
        if index < end, bytes[index] == UInt8(ascii: "0") { index += 1 } else if !digits() { return false }
        if index < end, bytes[index] == UInt8(ascii: ".") {
            index += 1
            if !digits() { return false }
        }
        if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < end, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
            if !digits() { return false }
        }
        return index == end
    }
}

extension String {
    fileprivate func trimmingPrefix(while predicate: (Character) -> Bool) -> Substring {
        var rest = drop(while: predicate)
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}
