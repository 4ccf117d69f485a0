import Configuration
import Telemetry

/// How the values of one type are written: reading, writing back and the words for the documentation.
struct SettingSyntax<Value: Sendable & Equatable>: Sendable {
    /// What a value looks like, for documentation: `a number from 1 to 1024`.
    var name: String
    /// Lists are collected over all assignments; the others are replaced.
    var isList = false
    /// Free text may hold ` #`; everywhere else white space and `#` begin a comment.
    var isFreeText = false
    var read: @Sendable (String) throws(ValueError) -> Value
    /// Gives what `read` takes; empty for an unset value.
    var write: @Sendable (Value) -> String
    /// What a further assignment to a list makes of the value so far and the new one.
    var combine: @Sendable (Value, Value) -> Value = { _, new in new }

    /// The same for a value that need not be set.
    var orUnset: SettingSyntax<Value?> {
        SettingSyntax<Value?>(
            name: name, isList: isList, isFreeText: isFreeText,
            read: { text throws(ValueError) in try read(text) },
            write: { value in value.map(write) ?? "" },
            combine: { old, new in
                guard let old, let new else { return new }
                return combine(old, new)
            })
    }
}

extension SettingSyntax<Bool> {
    static let boolean = SettingSyntax(
        name: "yes or no", read: { text throws(ValueError) in try ValueParser.boolean(text) },
        write: { $0 ? "yes" : "no" })
}

extension SettingSyntax<Int> {
    static func integer(_ range: ClosedRange<Int>) -> Self {
        SettingSyntax(
            name: "a number from \(range.lowerBound) to \(range.upperBound)",
            read: { text throws(ValueError) in try ValueParser.integer(text, in: range) }, write: { "\($0)" })
    }

    /// A share in percent; `off` is 0.
    static let percentOrOff = SettingSyntax(
        name: "off or a share from 1% to 99%",
        read: { text throws(ValueError) in
            if text.lowercased() == "off" { return 0 }
            guard text.hasSuffix("%") else {
                throw ValueError("`\(text)` is no share", suggestion: "write off or a share such as 50%")
            }
            return try ValueParser.integer(String(text.dropLast()), in: 1...99)
        },
        write: { $0 == 0 ? "off" : "\($0)%" })
}

extension SettingSyntax<Duration> {
    static func timeSpan(_ range: ClosedRange<Duration>) -> Self {
        let first = ValueParser.printed(timeSpan: range.lowerBound)
        let last = ValueParser.printed(timeSpan: range.upperBound)
        return SettingSyntax(
            name: "a time span from \(first) to \(last)",
            read: { text throws(ValueError) in try ValueParser.timeSpan(text, in: range) },
            write: { ValueParser.printed(timeSpan: $0) })
    }
}

extension SettingSyntax {
    /// One of a few words.
    static func word(_ words: KeyValuePairs<String, Value>) -> Self {
        let pairs = words.map { (word: $0.key, value: $0.value) }
        let list = pairs.map(\.word).joined(separator: ", ")
        return SettingSyntax(
            name: "one of \(list)",
            read: { text throws(ValueError) in
                if let pair = pairs.first(where: { $0.word == text }) { return pair.value }
                throw ValueError(
                    "`\(text)` is not one of \(list)",
                    suggestion: Spelling.suggestion(for: text, in: pairs.map(\.word)) ?? "write one of these words")
            },
            write: { value in pairs.first { $0.value == value }?.word ?? "" })
    }

    /// One of the raw values of an enum.
    static func oneOf<Word: RawRepresentable<String> & CaseIterable & Sendable & Equatable>(
        _ type: Word.Type
    ) -> SettingSyntax<Word> {
        let names = Word.allCases.map(\.rawValue)
        let list = names.joined(separator: ", ")
        return SettingSyntax<Word>(
            name: "one of \(list)",
            read: { text throws(ValueError) in
                if let word = Word(rawValue: text) { return word }
                throw ValueError(
                    "`\(text)` is not one of \(list)",
                    suggestion: Spelling.suggestion(for: text, in: names) ?? "write one of these words")
            },
            write: \.rawValue)
    }
}

extension SettingSyntax<LogLevel> {
    static let logLevel = SettingSyntax.word([
        "error": .error, "warning": .warning, "notice": .notice, "info": .info, "debug": .debug,
    ])
}
