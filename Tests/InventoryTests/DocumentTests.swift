import JSON
import Testing

@testable import Inventory

@Suite("Documents as bytes") struct DocumentTests {
    private static func merged(_ base: String, _ over: String) throws -> JSONValue {
        var out = ByteBuffer(capacity: 16)
        DocumentEditor.merge(Array(base.utf8).span, Array(over.utf8).span, into: &out)
        return try JSONValue.parse(out.bytes())
    }

    @Test(
        "merging keeps the base's other members and lets the other document win",
        arguments: [
            (#"{"a":1,"b":2}"#, #"{"b":3,"c":4}"#, #"{"a":1,"b":3,"c":4}"#),
            ("{}", #"{"a":[1,{"b":"}"}]}"#, #"{"a":[1,{"b":"}"}]}"#),
            (#"{"a":"\\","b":"\""}"#, "{}", #"{"a":"\\","b":"\""}"#),
            (#"{"a":1}"#, #"{"a":null}"#, #"{"a":null}"#),
            (#"{"a":1}"#, "[1]", #"{"a":1}"#),
            ("[1]", #"{"a":1}"#, #"{"a":1}"#),
            ("{}", "{}", "{}"),
        ])
    func merge(base: String, over: String, wanted: String) throws {
        #expect(try Self.merged(base, over) == JSONValue.parse(wanted))
    }

    @Test("adding a member replaces one of the same name")
    func add() throws {
        var document = ByteBuffer(capacity: 16)
        document.append(#"{"a":1,"Tags":[]}"# as StaticString)
        DocumentEditor.add("Tags", Array(#"[{"K":"v"}]"#.utf8).span, to: &document)
        DocumentEditor.add("q\"uote", Array("2".utf8).span, to: &document)
        #expect(try JSONValue.parse(document.bytes()) == ["a": 1, "Tags": [["K": "v"]], "q\"uote": 2])
    }

    @Test(
        "redaction replaces values of any kind where the path leads, and nothing else",
        arguments: [
            (#"{"Env":{"A":"1","B":"2"},"Name":"n"}"#, #"{"Env":{"A":"[redacted]","B":"[redacted]"},"Name":"n"}"#),
            (#"{"Env":{},"User":{"Data":"x"}}"#, #"{"Env":{},"User":{"Data":"[redacted]"}}"#),
            (
                #"{"Env":{"--TempDir":"s3://a","B":"2","--deep":{"B":[1]}}}"#,
                #"{"Env":{"--TempDir":"s3://a","B":"[redacted]","--deep":{"B":[1]}}}"#
            ),
            (#"{"User":{"Data":null}}"#, #"{"User":{"Data":null}}"#),
            (#"{"User":{"Data":{"deep":[1,"}"]}}}"#, #"{"User":{"Data":"[redacted]"}}"#),
            (#"{"User":"Data"}"#, #"{"User":"Data"}"#),
            (
                #"{"List":[{"Secret":"a","Id":1},{"Id":2},{"Secret":"b\"]"}]}"#,
                #"{"List":[{"Secret":"[redacted]","Id":1},{"Id":2},{"Secret":"[redacted]"}]}"#
            ),
            ("[]", "[]"), ("{}", "{}"), ("null", "null"), (#""Data""#, #""Data""#),
        ])
    func redact(document: String, wanted: String) throws {
        let rules = MemberRules(
            volatile: [], sets: [],
            redactions: [
                ["!Env", "--TempDir"], ["Env", "[]"], ["User", "Data"], ["List", "[]", "Secret"], ["!Env", "--deep"],
            ])
        var out = ByteBuffer(capacity: 16)
        DocumentEditor.redact(Array(document.utf8).span, rules: rules, into: &out)
        #expect(try JSONValue.parse(out.bytes()) == JSONValue.parse(wanted))
    }

    @Test(
        "a path finds the value it names, and nothing where there is none or null",
        arguments: [
            ("a.b", "{\"a\":{\"x\":{\"b\":1},\"b\":[1,\"]\"]}}", "[1,\"]\"]"),
            ("", "\"x\"", "\"x\""), ("a", "{\"b\":\"a\",\"a\":-1.5e3}", "-1.5e3"), ("a", "{\"a\":null}", nil),
            ("a", "{}", nil), ("a", "[]", nil), ("a.b", "{\"a\":\"b\"}", nil), ("", "null", nil), ("", "", nil),
            ("a", "{\"\\\"a\":1,\"a\":\"\\\\\"}", "\"\\\\\""),
        ] as [(String, String, String?)])
    func paths(path: String, document: String, wanted: String?) {
        let bytes = Array(document.utf8)
        let members = path.split(separator: ".").map { Array($0.utf8) }
        let range = DocumentScanner.value(at: members, of: bytes.span)
        #expect(range.map { String(decoding: bytes[$0], as: UTF8.self) } == wanted)
    }

    @Test("every member and element of a random document is found with its exact bytes", arguments: 0..<50)
    func scanning(seed: Int) throws {
        let texts = [
            "\"\"", "\"}\"", "\"\\\"]\"", "\"\\\\\"", "[]", "{}", "[[{}]]", "-1", "true", "null", "{\"a\":[1]}",
        ]
        var generator = SeededNumbers(state: UInt64(seed))
        let values = (0..<8).map { _ in texts.randomElement(using: &generator) ?? "1" }
        let list = Array("[\(values.joined(separator: ","))]".utf8)
        var found: [String] = []
        var elements = DocumentElements(of: list.span, at: 0)
        while let element = elements.next(of: list.span) {
            found.append(String(decoding: list[element], as: UTF8.self))
        }
        #expect(found == values)
        let object = Array("{\(values.enumerated().map { "\"k\($0)\":\($1)" }.joined(separator: ","))}".utf8)
        var members: [String] = []
        var pairs = DocumentMembers(of: object.span, at: 0)
        while let (key, value) = pairs.next(of: object.span) {
            members.append(String(decoding: object[key] + [0x3D] + object[value], as: UTF8.self))
        }
        #expect(members == values.enumerated().map { "k\($0)=\($1)" })
    }

    @Test(
        "tags of every shape become one object of strings",
        arguments: [
            (#"{"Tags":[{"Key":"a","Value":"1"},{"Key":"Name","Value":"n\"x"}]}"#, #"{"a":"1","Name":"n\"x"}"#, "n\"x"),
            (#"{"Tags":[{"key":"a"},{"TagKey":"b","TagValue":"2"},{"Other":1},3]}"#, #"{"a":"","b":"2"}"#, nil),
            (#"{"Tags":{"Name":"m","x":"y","n":5}}"#, #"{"Name":"m","x":"y","n":""}"#, "m"),
            (#"{"Tags":[],"tagSet":{"z":"1"}}"#, #"{"z":"1"}"#, nil),
            (
                #"{"Tags":[{"TagKey":"b","Key":"a","Value":null,"value":"2"},{"Key":7,"key":"c"}]}"#,
                #"{"a":"2","c":""}"#, nil
            ),
            (#"{"Tags":"none"}"#, "{}", nil), ("{}", "{}", nil), (#"{"Tags":null}"#, "{}", nil),
        ] as [(String, String, String?)])
    func tags(document: String, wanted: String, name: String?) throws {
        var memory = ByteBuffer(capacity: 16)
        let tags = ResourceTags(
            of: IndexedDocument(Array(document.utf8).span), paths: [[Array("Tags".utf8)], [Array("tagSet".utf8)]],
            in: &memory)
        #expect(try JSONValue.parse(tags.json) == JSONValue.parse(wanted))
        #expect(tags.name == name)
    }

    @Test("a tag's key that comes twice stands once")
    func repeatedTag() throws {
        let document = Array(#"{"Tags":[{"Key":"a","Value":"1"},{"Key":"a","Value":"2"}]}"#.utf8)
        var memory = ByteBuffer(capacity: 16)
        let tags = ResourceTags(of: IndexedDocument(document.span), paths: [[Array("Tags".utf8)]], in: &memory)
        #expect(try JSONValue.parse(tags.json) == ["a": "1"])
    }

    @Test(
        "ARN templates fill every place or are no ARN",
        arguments: [
            ("arn:{partition}:ec2:{region}:{account}:vpc/{id}", "arn:aws:ec2:eu-west-1:111122223333:vpc/a/b"),
            ("{id/}", "b"), ("{.Owner}/{.Deep.Er}", "o/7"), ("{.Missing}", nil), ("{^id}", nil), ("{unknown}", nil),
            ("plain", "plain"), ("open{", "open{"),
        ] as [(String, String?)])
    func templates(template: String, wanted: String?) {
        let document = Array(#"{"Owner":"o","Deep":{"Er":7}}"#.utf8)
        let context = ItemContext(scope: Scope(account: "111122223333", region: "eu-west-1"), region: "eu-west-1")
        let empty = Array("{}".utf8)
        let id = Array("a/b".utf8)
        var arn = ByteBuffer(capacity: 16)
        let isWhole = ARNTemplate(template).append(
            id: id.span, document: IndexedDocument(document.span), item: IndexedDocument(empty.span), context: context,
            to: &arn)
        #expect(isWhole == (wanted != nil))
        let text = arn.text
        #expect(text == wanted ?? "")
    }
}
