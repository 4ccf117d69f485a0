import JSON
import Testing

@testable import Inventory

@Suite("The diff of two documents")
struct DocumentDiffTests {
    private struct Entry: Equatable, CustomStringConvertible {
        var path: String
        var old: String
        var new: String

        var description: String { "\(path): \(old) -> \(new)" }
    }

    private func diff(_ old: String, _ new: String, rules: MemberRules? = nil) throws -> [String] {
        guard let json = DocumentDiff.json(old: Array(old.utf8), new: Array(new.utf8), rules: rules) else { return [] }
        let entries = try #require(try JSONValue.parse(json).array)
        return entries.map { entry in
            "\(entry["path"]?.string ?? "?"): \(entry["old"]?.text ?? "?") -> \(entry["new"]?.text ?? "?")"
        }
    }

    @Test(
        "Members are named by their path, elements by what tells them apart",
        arguments: [
            (#"{"A":1}"#, #"{"A":2}"#, ["A: 1 -> 2"]),
            (#"{"A":{"B":{"C":"x"}}}"#, #"{"A":{"B":{"C":"y"}}}"#, [#"A.B.C: "x" -> "y""#]),
            (#"{"A":1,"B":2}"#, #"{"B":2,"A":1}"#, []),
            (#"{"A":null}"#, #"{}"#, ["A: null -> null"]),
            (#"{"a.b":{"c d":1}}"#, #"{"a.b":{"c d":2}}"#, [#"["a.b"]["c d"]: 1 -> 2"#]),
            (#"{"A":1.0}"#, #"{"A":1}"#, ["A: 1.0 -> 1"]),
            (#"{"A":"\u0041"}"#, #"{"A":"A"}"#, []),
            (
                #"{"Tags":[{"Key":"env","Value":"a"},{"Key":"x","Value":"1"}]}"#,
                #"{"Tags":[{"Key":"new","Value":"2"},{"Key":"env","Value":"b"}]}"#,
                [
                    #"Tags[Key=env].Value: "a" -> "b""#, #"Tags[Key=x]: {"Key":"x","Value":"1"} -> null"#,
                    #"Tags[Key=new]: null -> {"Key":"new","Value":"2"}"#,
                ]
            ),
            (
                #"{"Groups":[{"GroupName":"g","GroupId":"sg-1"}]}"#,
                #"{"Groups":[{"GroupName":"h","GroupId":"sg-1"}]}"#,
                [#"Groups[GroupId=sg-1].GroupName: "g" -> "h""#]
            ),
            (#"{"L":[1,2]}"#, #"{"L":[2,1]}"#, ["L: [1,2] -> [2,1]"]),
            (
                #"{"L":[{"Id":"a"},{"Id":"b"}]}"#, #"{"L":[{"Id":"b"},{"Id":"a"}]}"#,
                [#"L: [{"Id":"a"},{"Id":"b"}] -> [{"Id":"b"},{"Id":"a"}]"#]
            ),
            (#"{"A":[]}"#, #"{"A":{}}"#, ["A: [] -> {}"]), (#"{"A":1}"#, "no json", [#": {"A":1} -> "no json""#]),
        ])
    func paths(old: String, new: String, expected: [String]) throws {
        #expect(try diff(old, new).sorted() == expected.sorted())
    }

    @Test("Characters that only look the same are a difference")
    func normalization() throws {
        #expect(try diff("{\"A\":\"\u{fc}\"}", "{\"A\":\"u\u{308}\"}").count == 1)
    }

    @Test("Volatile members are no difference, on any level; sets lose and gain elements, whatever their order")
    func rules() throws {
        let rules = MemberRules(
            volatile: [["Moving"], ["Deep", "[]", "At"]], sets: [["Set"], ["Things"]], redactions: [])
        #expect(try diff(#"{"Moving":1}"#, #"{"Moving":2}"#, rules: rules).isEmpty)
        #expect(try diff(#"{"Moving":1}"#, #"{}"#, rules: rules).isEmpty)
        #expect(try diff(#"{"Deep":[{"At":1,"B":1}]}"#, #"{"Deep":[{"At":2,"B":1}]}"#, rules: rules).isEmpty)
        #expect(try diff(#"{"Set":["a","b"]}"#, #"{"Set":["b","a"]}"#, rules: rules).isEmpty)
        #expect(
            try diff(#"{"Set":["a","b","b"]}"#, #"{"Set":["b","c"]}"#, rules: rules) == [
                #"Set[]: "a" -> null"#, #"Set[]: "b" -> null"#, #"Set[]: null -> "c""#,
            ])
        #expect(
            try diff(#"{"Things":[{"X":1,"Y":2},{"X":3}]}"#, #"{"Things":[{"X":3},{"Y":2,"X":1}]}"#, rules: rules)
                .isEmpty)
    }

    @Test("What grows too long is told as whole documents, and then as names")
    func bounds() throws {
        func document(_ count: Int, _ fill: String, size: Int) -> String {
            let text = String(repeating: fill, count: size)
            return "{" + (0..<count).map { "\"M\($0)\":\"\(text)\"" }.joined(separator: ",") + ",\"Same\":1}"
        }
        let (old, new) = (document(100, "a", size: 500), document(100, "b", size: 500))
        #expect(try diff(old, new) == [": \(old) -> \(new)"])
        let names = try diff(document(30, "a", size: 30_000), document(30, "b", size: 30_000))
        #expect(names.sorted() == (0..<30).map { "M\($0): null -> null" }.sorted())
    }
}
