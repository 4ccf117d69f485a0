import Control
import JSON
import Testing

@testable import collectorctl

@Suite("Filters")
struct FilterTests {
    private static let document: JSONValue = [
        "State": ["Name": "running"], "Groups": [["Id": "sg-1"], ["Id": "sg-2"]], "Count": 12, "a.b": ["c": "x"],
        "Gone": .null,
    ]

    @Test(
        "a condition holds for any value below its path, != for none",
        arguments: [
            ("State.Name=running", true), ("State.Name=run*", true), ("State.Name=r?nning", true),
            ("State.Name=*x*", false), ("State.Name!=running", false), ("State.Name!=stopped", true),
            ("Groups.Id=sg-2", true), ("Groups.Id=sg-3", false), ("Groups.Id!=sg-2", false), ("Count>9", true),
            ("Count<9", false), ("Count>=12", true), ("Count<=11", false), ("a.b.c=x", true), ("Missing=*", false),
            ("Missing!=x", true), ("Gone=*", false), ("State.Name=*ru*n*g*", true), ("State.Name=**", true),
        ])
    func conditions(text: String, holds: Bool) throws {
        let condition = try #require(FieldCondition(text))
        let found = FieldCondition.values(at: condition.path[...], in: Self.document)
        #expect(condition.holds(for: found) == holds)
    }

    @Test("what is no condition is refused", arguments: ["", "x", "=x", ".a=b", "a..b=c", "!=x", "<3"])
    func refused(text: String) { #expect(FieldCondition(text) == nil) }

    @Test(
        "records of every kind can be filtered by columns and by members",
        arguments: [
            (["list", "--filter", "data.CpuOptions.CoreCount>1", "-o", "name"], "i-0\n"),
            (["list", "--filter", "tags.env=prod", "-o", "name"], "i-0\n"),
            (["list", "--filter", "ID=logs*", "-o", "csv", "--columns", "service", "--no-headers"], "s3\r\n"),
            (["list", "--filter", "service=s3", "--filter", "region!=global", "-o", "name"], ""),
            (["runs", "--filter", "state=succeeded", "--filter", "resources>=42", "-n", "1", "-o", "name"], "r1\n"),
        ])
    func verbs(words: [String], output: String) async throws {
        let result = try await collectorctl(words, daemon: ScriptedDaemon())
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output == output)
    }

    @Test("a limit counts what is shown")
    func limit() async throws {
        var daemon = ScriptedDaemon()
        daemon.onList = { _, replies throws(CollectorError) in
            while true {
                try await replies.send(ListReply(resources: [Samples.bucket, Samples.instance], cursor: "1"))
            }
        }
        let result = try await collectorctl(
            "list", "-n", "3", "-o", "name", "--filter", "service=ec2", daemon: daemon)
        #expect(result.output == "i-0\ni-0\ni-0\n")
    }

    @Test("an unknown field is a usage error that names the fields")
    func unknown() async throws {
        let result = try await collectorctl("list", "--filter", "sate=x", daemon: ScriptedDaemon())
        #expect(result.code == ExitCode.usage.rawValue)
        #expect(result.errors.contains("there is no column \"sate\"") && result.errors.contains("resourceType"))
    }
}
