import Configuration

/// Which characters and lengths a text may have.
struct TextRule: Sendable {
    /// `a role name`, for messages.
    var name: String
    var lengths: ClosedRange<Int>
    /// ASCII characters allowed beside letters and digits.
    var marks: String
    /// What to write instead.
    var suggestion: String

    /// The first thing wrong with `text`.
    func check(_ text: String) throws(ValueError) {
        let wrong = text.unicodeScalars.enumerated().first { _, scalar in
            let isWordCharacter =
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
            return !isWordCharacter && !marks.unicodeScalars.contains(scalar)
        }
        if let wrong {
            throw ValueError("`\(wrong.element)` is not allowed in \(name)", at: wrong.offset, suggestion: suggestion)
        }
        guard lengths.contains(text.unicodeScalars.count) else {
            throw ValueError(
                "\(name) has \(lengths.lowerBound) to \(lengths.upperBound) characters, this one "
                    + "\(text.unicodeScalars.count)", suggestion: suggestion)
        }
    }
}

extension SettingSyntax<String> {
    /// Any text on one line, kept as it is.
    static let freeText = SettingSyntax(
        name: "text", isFreeText: true,
        read: { text throws(ValueError) in
            if let control = text.unicodeScalars.enumerated().first(where: { $0.element.value < 0x20 }) {
                throw ValueError(
                    "there is a control character", at: control.offset, suggestion: "write plain text on one line")
            }
            return text
        }, write: { $0 })

    static func text(_ rule: TextRule) -> Self {
        SettingSyntax(
            name: rule.name,
            read: { text throws(ValueError) in
                try rule.check(text)
                return text
            }, write: { $0 })
    }

    /// An absolute path of at most `limit` bytes.
    static func path(limit: Int = 4_095) -> Self {
        SettingSyntax(
            name: "an absolute path",
            read: { text throws(ValueError) in
                guard text.hasPrefix("/") else {
                    throw ValueError("`\(text)` is not an absolute path", suggestion: "begin with `/`")
                }
                guard text.utf8.count <= limit else {
                    throw ValueError("the path is longer than \(limit) bytes", suggestion: "use a shorter path")
                }
                return text
            }, write: { $0 })
    }

    /// An IANA time zone name as far as its characters tell; whether there is such a zone is asked later.
    static let timeZone = SettingSyntax(
        name: "a time zone such as Europe/Berlin",
        read: { text throws(ValueError) in
            let hint = "write an IANA name such as UTC or Europe/Berlin"
            try TextRule(name: "a time zone", lengths: 1...64, marks: "/_+-", suggestion: hint).check(text)
            guard text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }) else {
                throw ValueError("`\(text)` is not a time zone name", suggestion: hint)
            }
            return text
        }, write: { $0 })

    /// A schedule; its grammar belongs to the schedule module and is checked after loading.
    static let schedule = SettingSyntax(
        name: "a schedule such as cron(0 2 * * ? *), rate(6 hours) or @daily",
        read: { text throws(ValueError) in text }, write: { $0 })
}
