import Testing

@testable import Configuration

@Suite struct ValueParserTests {
    @Test("booleans are systemd's words in any case")
    func booleans() throws {
        for word in ["yes", "Y", "TRUE", "t", "on", "1"] { #expect(try ValueParser.boolean(word)) }
        for word in ["no", "N", "False", "f", "OFF", "0"] { #expect(try !ValueParser.boolean(word)) }
        #expect(throws: ValueError("`maybe` is neither yes nor no", suggestion: "write yes or no")) {
            try ValueParser.boolean("maybe")
        }
    }

    @Test("integers point at the character that is no digit")
    func integers() throws {
        #expect(try ValueParser.integer("1024", in: 1...1024) == 1024)
        #expect(try ValueParser.integer("-3", in: -5...5) == -3)
        for (text, offset) in [("12x", 2), ("", 0), ("-", 0), ("0", 0), ("99999999999999999999", 0), ("+1", 0)] {
            let error = #expect(throws: ValueError.self) { try ValueParser.integer(text, in: 1...1024) }
            #expect(error?.offset == offset, "\(text)")
            #expect(error?.suggestion == "write a number from 1 to 1024")
        }
    }

    @Test(
        "sizes are powers of 1024",
        arguments: [("0", 0), ("512", 512), ("64K", 65_536), ("1.5M", 1_572_864), ("2 G", 2 << 30), ("1T", 1 << 40)])
    func sizes(text: String, bytes: Int) throws {
        #expect(try ValueParser.size(text, in: 0...Int.max) == bytes)
        #expect(try ValueParser.size(ValueParser.printed(size: bytes), in: 0...Int.max) == bytes)
    }

    @Test("wrong sizes say where", arguments: [("x", 0), ("5X", 1), ("5 KB", 2), ("1.", 2), ("9999999999T", 0)])
    func wrongSizes(text: String, offset: Int) {
        let error = #expect(throws: ValueError.self) { try ValueParser.size(text, in: 0...Int.max) }
        #expect(error?.offset == offset)
    }

    @Test(
        "time spans add up as systemd's do",
        arguments: [
            ("15min", 900_000), ("1h 30s", 3_630_000), ("2 h", 7_200_000), ("90", 90_000), ("55s500ms", 55_500),
            ("300ms20s 5day", 432_020_300), ("1.5d", 129_600_000), ("1y", 31_557_600_000), ("1M", 2_630_016_000),
            ("1w", 604_800_000), ("0", 0), ("2hours", 7_200_000), ("48hr", 172_800_000),
        ])
    func timeSpans(text: String, milliseconds: Int) throws {
        let span = try ValueParser.timeSpan(text, in: .zero ... .seconds(1 << 40))
        #expect(span == .milliseconds(milliseconds))
        #expect(try ValueParser.timeSpan(ValueParser.printed(timeSpan: span), in: span...span) == span)
    }

    @Test(
        "wrong time spans say where",
        arguments: [("", 0), ("min", 0), ("5 parsec", 2), ("1h -3s", 3), ("1h 5.s", 5), ("900000y", 0), ("2d", 0)])
    func wrongTimeSpans(text: String, offset: Int) {
        let error = #expect(throws: ValueError.self) { try ValueParser.timeSpan(text, in: .zero ... .seconds(86_400)) }
        #expect(error?.offset == offset)
    }

    @Test("words are split at white space outside quotes")
    func words() throws {
        let words = try ValueParser.words(#"  ec2 "a b"c  'd"e' f\ g \\ """#)
        #expect(words.map(\.text) == ["ec2", "a bc", "d\"e", "f g", "\\", ""])
        #expect(words.map(\.offset) == [2, 6, 14, 20, 25, 28])
        #expect(try ValueParser.words("   ").isEmpty)
    }

    @Test("open quotes and unknown escapes are refused where they stand")
    func wrongWords() {
        #expect(throws: ValueError("the quote `\"` is not closed", at: 3)) { try ValueParser.words("ab \"cd") }
        let error = #expect(throws: ValueError.self) { try ValueParser.words(#"ab \x"#) }
        #expect(error?.offset == 3)
    }

    @Test("a quoted word is read back whole", arguments: ["plain", "", "two words", "q\"'\\", "line\nfeed\t", "ä ö"])
    func quoting(word: String) throws {
        #expect(try ValueParser.words(ValueParser.quoted(word)).map(\.text) == [word])
    }

    @Test(
        "the nearest key is suggested, and none when nothing is near",
        arguments: [
            ("Worker", "Workers"), ("workers", "Workers"), ("Wrokers", "Workers"), ("Regoins", "Regions"),
            ("LogLevl", "LogLevel"), ("Zzz", nil), ("", nil),
        ])
    func spelling(word: String, expected: String?) {
        #expect(Spelling.closest(to: word, in: ["Workers", "Regions", "LogLevel", "Types"]) == expected)
    }

    @Test("an error in a value is a place in the file, on continued lines too")
    func places() throws {
        let document = try INIDocument(parsing: Array("[S]\nA=one \\\n  two\n".utf8), file: "f", dialect: .systemd)
        let entry = try #require(document.sections[0].entries.first)
        let error = entry.error(ValueError("bad", at: 5, suggestion: "fix"))
        #expect(error.description == "f:3:4: A=: bad; fix")
    }
}
