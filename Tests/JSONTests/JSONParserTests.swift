import Testing

@testable import JSON

@Suite("Reading JSON") struct JSONParserTests {
    private static let limits = JSONLimits(sizeInBytes: 1000, depth: 4)

    @Test(
        "errors say what and where",
        arguments: [
            ("", "1:1: the text ends inside a value"),
            ("  ", "1:3: the text ends inside a value"),
            ("{\n \"a\": tru\n}", "2:7: unexpected 't'"),
            ("[1,]", "1:4: unexpected ']'"),
            ("{\"a\":1,}", "1:8: unexpected '}'"),
            ("{a:1}", "1:2: unexpected 'a'"),
            ("{\"a\" 1}", "1:6: unexpected '1'"),
            ("[1 2]", "1:4: unexpected '2'"),
            ("[1", "1:3: the text ends inside a value"),
            ("\"ab", "1:4: the text ends inside a value"),
            ("\"a\u{1}\"", "1:3: a control character inside a string must be escaped"),
            ("\"\\x\"", "1:2: not a JSON escape"),
            ("\"\\u12g4\"", "1:2: not a JSON escape"),
            ("\"\\u12", "1:6: the text ends inside a value"),
            ("01", "1:1: not a JSON number"),
            ("-", "1:1: not a JSON number"),
            ("1.", "1:1: not a JSON number"),
            ("1e+", "1:1: not a JSON number"),
            ("+1", "1:1: unexpected '+'"),
            ("NaN", "1:1: unexpected 'N'"),
            ("1 2", "1:3: text after the end of the document"),
            ("{\"a\":1,\n\"a\":2}", "2:1: the member \"a\" stands twice"),
            ("{\"a\":1,\"\\u0061\":2}", "1:8: the member \"a\" stands twice"),
            ("[[[[[1]]]]]", "1:5: nested deeper than 4"),
            ("é", "1:1: unexpected byte 195"),
            ("// x", "1:1: unexpected '/'"),
        ])
    func errors(text: String, message: String) {
        do throws(JSONError) {
            let value = try JSONValue.parse(text, limits: Self.limits)
            Issue.record("read as \(value.text)")
        } catch {
            #expect("\(error)" == message)
        }
    }

    @Test("bytes that are not UTF-8 are refused inside strings")
    func notUTF8() {
        for bytes in [[0x80], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]] {
            #expect(throws: JSONError.self) { _ = try JSONValue.parse([0x22] + bytes + [0x22]) }
        }
    }

    @Test("a text at the limit is read, one byte more is not")
    func size() throws {
        let limits = JSONLimits(sizeInBytes: 10, depth: 1)
        #expect(try JSONValue.parse("\"12345678\"", limits: limits) == "12345678")
        #expect(throws: JSONError.self) { _ = try JSONValue.parse("\"123456789\"", limits: limits) }
    }

    @Test(
        "numbers keep what was written",
        arguments: [
            ("0", JSONValue.integer(0)), ("-1", .integer(-1)), ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .decimal("9223372036854775808")),
            ("-0", .decimal("-0")), ("1.50", .decimal("1.50")), ("1e-7", .decimal("1e-7")), ("1E+2", .decimal("1E+2")),
        ])
    func numbers(text: String, value: JSONValue) throws {
        #expect(try JSONValue.parse(text) == value)
        #expect(value.text == text)
    }

    @Test("escapes are read, pairs joined, a lone half replaced")
    func escapes() throws {
        #expect(try JSONValue.parse(#""\"\\\/\b\f\n\r\t\u00e9""#) == .string("\"\\/\u{8}\u{C}\n\r\té"))
        #expect(try JSONValue.parse(#""\ud83d\uddfc""#) == "🗼")
        #expect(try JSONValue.parse(#""\ud83dx""#) == "\u{FFFD}x")
        #expect(try JSONValue.parse(#""\ud83d\u0041""#) == "\u{FFFD}A")
        #expect(try JSONValue.parse(#""\udc00\u0000""#) == "\u{FFFD}\u{0}")
    }

    @Test("what is written reads back the same, compact and indented")
    func roundTrip() throws {
        let value: JSONValue = [
            "a\"\\\u{0}\u{1F}\u{7F}é🗼\u{2028}": [nil, true, false, -5, "", [:], []], "b": .decimal("1.0E-7"),
            "c": ["d": [["e": "f"]]],
        ]
        #expect(try JSONValue.parse(value.serialized) == value)
        #expect(try JSONValue.parse(value.indentedText) == value)
        #expect(JSONValue.raw(Array("{\"x\":1}".utf8)).text == "{\"x\":1}")
        #expect(JSONValue.string("\u{0}\u{1F}\"\\\n").text == #""\u0000\u001f\"\\\n""#)
    }

    @Test("an indented document has one member a line")
    func indented() {
        let value: JSONValue = ["a": [1, 2], "b": [:]]
        #expect(value.indentedText == "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}")
    }

    @Test("accessors answer only what fits")
    func accessors() {
        let value: JSONValue = ["s": "x", "i": 3, "d": .decimal("1.5"), "b": true, "l": ["a", "b"], "m": ["a", 1]]
        #expect(value["s"]?.string == "x" && value["s"]?.int == nil)
        #expect(value["i"]?.int == 3 && value["i"]?.double == 3)
        #expect(value["d"]?.double == 1.5 && value["d"]?.int == nil)
        #expect(value["b"]?.bool == true && value["l"]?.strings == ["a", "b"] && value["m"]?.strings == nil)
        #expect(value["absent"] == nil && JSONValue.null["a"] == nil)
        #expect(JSONValue.compact(("a", nil), ("b", 1)) == ["b": 1])
    }

    @Test("a member that comes twice is found among few and among many", arguments: 1...40)
    func repeatedMember(count: Int) throws {
        let members = (0..<count).map { "\"m\($0)\":\($0)" }
        let plain = try JSONValue.parse("{\(members.joined(separator: ","))}")
        #expect(plain.members?.count == count)
        #expect(plain["m\(count - 1)"] == .integer(Int64(count - 1)))
        for name in ["m0", "m\(count / 2)", "m\(count - 1)"] {
            let text = "{\((members + ["\"\(name)\":0"]).joined(separator: ","))}"
            let error = #expect(throws: JSONError.self) { try JSONValue.parse(text) }
            #expect(error?.reason == .duplicateKey(name))
        }
    }

    @Test(
        "whole numbers of every length are exact",
        arguments: [0, 7, 999_999_999_999_999_999, 1_000_000_000_000_000_000, -1, .max, .min] as [Int64])
    func wholeNumber(number: Int64) throws {
        #expect(try JSONValue.parse("[\(number)]") == [.integer(number)])
    }
}
