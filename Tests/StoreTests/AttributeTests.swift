import JSON
import Testing

@testable import Store

@Suite("DynamoDB's attribute values")
struct AttributeTests {
    private func typed(_ json: String) -> String? {
        var output = ByteBuffer(capacity: 64)
        guard AttributeWriter.append(Array(json.utf8), to: &output) != nil else {
            let isEmpty = output.isEmpty
            #expect(isEmpty)
            return nil
        }
        return String(decoding: output.bytes(), as: UTF8.self)
    }

    private func plain(_ typed: String) throws -> String {
        var scanner = JSONScanner(Array(typed.utf8))
        var output: [UInt8] = []
        try AttributeReader.appendJSON(&scanner, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test(
        "JSON becomes typed values and comes back",
        arguments: [
            (#"{}"#, #"{"M":{}}"#), (#"[]"#, #"{"L":[]}"#), (#""""#, #"{"S":""}"#),
            (
                #"{"a":[1,-2.5e3,true,false,null,"x\"\u00e9"]}"#,
                #"{"M":{"a":{"L":[{"N":"1"},{"N":"-2.5e3"},{"BOOL":true},{"BOOL":false},{"NULL":true},{"S":"x\"\u00e9"}]}}}"#
            ),
            (#"{"M":{"S":"N"}}"#, #"{"M":{"M":{"M":{"S":{"S":"N"}}}}}"#),
        ])
    func conversion(_ json: String, _ attribute: String) throws {
        #expect(typed(json) == attribute)
        #expect(try plain(attribute) == json)
    }

    @Test("White space between tokens is read over")
    func whiteSpace() { #expect(typed(" { \"a\" : [ 1 , 2 ] } \n") == #"{"M":{"a":{"L":[{"N":"1"},{"N":"2"}]}}}"#) }

    @Test(
        "What an attribute cannot hold is left to be kept as text",
        arguments: [
            #"{"":1}"#, "123456789012345678901234567890123456789", "1e126", "1e-131",
            String(repeating: "[", count: 33) + String(repeating: "]", count: 33), "{\"a\":}", "{", "[1", "nul", "1x",
            "",
            "{} {}",
        ])
    func unfit(_ json: String) { #expect(typed(json) == nil) }

    @Test(
        "Numbers within DynamoDB's range are kept",
        arguments: [
            "0", "-0", "0.0", "12345678901234567890123456789012345678", "1e125", "1e-130",
            "100000000000000000000000000000000000000000",
            "0.00000000000000000000000000000000000000000012",
        ])
    func numbers(_ json: String) { #expect(typed(json) == "{\"N\":\"\(json)\"}") }

    @Test("32 levels fit") func depth() {
        #expect(typed(String(repeating: "[", count: 32) + String(repeating: "]", count: 32)) != nil)
    }

    @Test("A value's size counts names, values and the overhead of containers")
    func size() {
        var output = ByteBuffer(capacity: 64)
        // 3 for the map, 1 + 2 + 1 for a, 1 + 3 + 1 + 1 for b (a list of one boolean), 1 for each member.
        let size = AttributeWriter.append(Array(#"{"ab":"x\u00e9","b":[true]}"#.utf8), to: &output)
        #expect(size == 3 + 2 + 3 + 1 + 1 + 3 + 1 + 1 + 1)
    }

    @Test(
        "Strings are unescaped as JSON says",
        arguments: [
            #"a\"\\\/\b\f\n\r\tb"#, #"\u00e9\u6771\ud83d\ude00"#, #"\ud83d"#, #"\ud83d\u0041"#, #"\ude00x"#, "plain é",
        ])
    func unescape(_ text: String) throws {
        var scanner = JSONScanner(Array("\"\(text)\"".utf8))
        let found = try scanner.text()
        #expect(scanner.string(found) == (try JSONValue.parse("\"\(text)\"").string))
    }

    @Test("Truncated text never runs past its end")
    func truncation() throws {
        let whole = Array(
            #"{"Items":[{"a":{"S":"x\u00e9\ud83d\ude00"},"b":{"M":{"c":{"L":[{"N":"1"},{"NULL":true}]}}}}]}"#.utf8)
        for count in 0..<whole.count {
            var scanner = JSONScanner(Array(whole[..<count]))
            #expect(throws: JSONScanner.Failure.self) { try scanner.skip() }
            var other = JSONScanner(Array(whole[..<count]))
            var output: [UInt8] = []
            #expect(throws: JSONScanner.Failure.self) { try AttributeReader.object(&other, to: &output) }
        }
    }
}
