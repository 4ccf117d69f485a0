/// Running text of a manual page, with its emphasis: `"see \(bold: "man") for \(italic: "FILE")"`.
package struct ManualText: Sendable, ExpressibleByStringInterpolation {
    fileprivate enum Font: Sendable { case roman, bold, italic }

    private var parts: [(font: Font, text: String)]

    package init(stringLiteral value: String) { parts = [(.roman, value)] }

    package init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

    /// Words without emphasis.
    package init(_ text: String) { parts = [(.roman, text)] }

    package static func + (lhs: ManualText, rhs: ManualText) -> ManualText {
        var sum = lhs
        sum.parts += rhs.parts
        return sum
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [(font: Font, text: String)] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) { parts.append((.roman, literal)) }

        package mutating func appendInterpolation(_ text: String) { parts.append((.roman, text)) }

        /// What is typed or read as it stands: commands, options, keys.
        package mutating func appendInterpolation(bold text: String) { parts.append((.bold, text)) }

        /// What stands for something else: values, files.
        package mutating func appendInterpolation(italic text: String) { parts.append((.italic, text)) }
    }

    /// The text as one line of man(7) source.
    var line: String {
        var line = ""
        for part in parts where !part.text.isEmpty {
            let text = Self.escaped(part.text, keepsHyphens: part.font == .roman)
            switch part.font {
            case .roman: line += text
            case .bold: line += "\\fB\(text)\\fR"
            case .italic: line += "\\fI\(text)\\fR"
            }
        }
        return Self.harmless(line)
    }

    /// The same in lines of at most 80 bytes where words allow, as man(7) wants source to be.
    var lines: [String] {
        var lines: [String] = []
        for word in line.split(separator: " ") {
            if let last = lines.last, last.utf8.count + 1 + word.utf8.count <= 80 {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(Self.harmless(String(word)))
            }
        }
        return lines
    }

    /// A line that begins with a dot or a quote would be taken for a request (groff(7)).
    static func harmless(_ line: String) -> String {
        line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }

    /// Letters that mean something to roff, and those outside ASCII, written so that every formatter shows them.
    ///
    /// A hyphen that may be copied into a shell must not become a typographical one (man(7), "\-").
    static func escaped(_ text: String, keepsHyphens: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\e"
            case "-": result += keepsHyphens ? "-" : "\\-"
            case "\n", "\t": result += " "
            case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
            default: result += "\\[u\(hexadecimal(scalar.value))]"
            }
        }
        return result
    }

    /// At least four upper-case digits, as groff_char(7) wants.
    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
