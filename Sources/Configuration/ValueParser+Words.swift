/// One word of a list and where it begins in the value.
package struct ValueWord: Sendable, Equatable {
    package var text: String
    /// From 0, in Unicode scalars of the value; an opening quote counts as the beginning.
    package var offset: Int

    package init(_ text: String, at offset: Int) {
        self.text = text
        self.offset = offset
    }
}

extension ValueParser {
    /// Splits at white space as systemd.syntax(7), "Quoting": `"…"` and `'…'` keep white space, a backslash takes the
    /// next of `\ " '` and space as it is, `\n` and `\t` are line feed and tab.
    package static func words(_ text: String) throws(ValueError) -> [ValueWord] {
        var scanner = ValueScanner(text)
        var words: [ValueWord] = []
        scanner.skipSpace()
        while scanner.next != nil {
            words.append(try word(&scanner))
            scanner.skipSpace()
        }
        return words
    }

    /// Puts quotes and backslashes around `word` where `words` would otherwise not read it back whole.
    package static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.unicodeScalars.allSatisfy { scalar in
                !ValueScanner.isSpace(scalar) && scalar != "\"" && scalar != "'" && scalar != "\\"
            }
        if isPlain { return word }
        var text = "\""
        for scalar in word.unicodeScalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\"", "\\":
                text += "\\"
                text.unicodeScalars.append(scalar)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    private static func word(_ scanner: inout ValueScanner) throws(ValueError) -> ValueWord {
        let start = scanner.offset
        var text = String.UnicodeScalarView()
        var quote: (mark: Unicode.Scalar, offset: Int)?
        while let scalar = scanner.next {
            if quote == nil, ValueScanner.isSpace(scalar) { break }
            let here = scanner.offset
            _ = scanner.take()  // Seen above.
            if scalar == "\\" {
                text.append(try escape(&scanner, at: here))
            } else if scalar == quote?.mark {
                quote = nil
            } else if quote == nil, scalar == "\"" || scalar == "'" {
                quote = (scalar, here)
            } else {
                text.append(scalar)
            }
        }
        if let quote {
            throw ValueError("the quote `\(quote.mark)` is not closed", at: quote.offset)
        }
        return ValueWord(String(text), at: start)
    }

    private static func escape(_ scanner: inout ValueScanner, at offset: Int) throws(ValueError) -> Unicode.Scalar {
        switch scanner.take() {
        case "n": return "\n"
        case "t": return "\t"
        case .some(let scalar) where "\\\"' ".unicodeScalars.contains(scalar): return scalar
        default:
            throw ValueError(
                "unknown escape", at: offset, suggestion: "write `\\\\` for a backslash")
        }
    }
}
