import Control
import JSON
import Testing

@testable import collectorctl

@Suite("Verbs about types, permissions and health")
struct AccessVerbTests {
    @Test("types -o json tells everything of a type, -o name its name")
    func types() async throws {
        let result = try await collectorctl("types", "ecs", "-o", "json", daemon: ScriptedDaemon())
        #expect(result.code == 0)
        #expect(try JSONValue.parse(result.output.utf8) == .array(Samples.types.types.map(\.wire)))
        let names = try await collectorctl("types", "--selected", "-o", "name", daemon: ScriptedDaemon())
        #expect(names.output == "ecs/service\n")
    }

    @Test("One policy is printed as it is, with whom it is for and the notes on standard error")
    func onePolicy() async throws {
        let result = try await collectorctl("iam-policy", daemon: ScriptedDaemon())
        #expect(result.code == 0)
        #expect(try JSONValue.parse(result.output.utf8) == Samples.policy("inventory-member").document)
        #expect(result.errors.contains("collectorctl: a note\n"))
        #expect(result.errors.contains("attach to arn:aws:iam::111122223333:role/R"))
    }

    @Test("Several policies are one object of policies by name")
    func severalPolicies() async throws {
        var daemon = ScriptedDaemon()
        daemon.policies.documents = [Samples.policy("inventory-collector"), Samples.policy("inventory-member")]
        let result = try await collectorctl("iam-policy", daemon: daemon)
        let members = try JSONValue.parse(result.output.utf8).members
        #expect(members?.map(\.key) == ["inventory-collector", "inventory-member"])
        let rows = try await collectorctl("iam-policy", "-o", "name", daemon: daemon)
        #expect(rows.output == "inventory-collector\ninventory-member\n")
    }

    @Test("--trust prints the trust policy and takes no other option of the verb")
    func trust() async throws {
        let result = try await collectorctl("iam-policy", "--trust", "111122223333", daemon: ScriptedDaemon())
        #expect(result.code == 0)
        #expect(try JSONValue.parse(result.output.utf8) == Samples.trust.document)
        #expect(result.errors.contains("no external id"))
        let both = try await collectorctl(
            "iam-policy", "--trust", "111122223333", "--for", "member", daemon: ScriptedDaemon())
        #expect(both.code == 2)
    }

    @Test(
        "doctor's exit code tells what failed: the configuration first, then access, then the rest",
        arguments: [
            ([(CheckArea.host, CheckState.ok), (.credentials, .warning), (.account, .skipped)], 0),
            ([(.host, .failed)], 1), ([(.store, .failed)], 1), ([(.account, .failed), (.store, .failed)], 8),
            ([(.credentials, .failed)], 8), ([(.credentials, .failed), (.configuration, .failed)], 6),
        ])
    func doctor(checks: [(CheckArea, CheckState)], code: Int) async throws {
        var daemon = ScriptedDaemon()
        daemon.doctorChecks = checks.map { Samples.check($0.0, $0.1) }
        let result = try await collectorctl("doctor", daemon: daemon)
        #expect(result.code == code)
        for (area, state) in checks { #expect(result.output.contains("\(area.rawValue): seen"), "\(state)") }
        #expect(result.output.contains("→ do this") == checks.contains { $0.1 == .failed })
        let json = try await collectorctl("doctor", "-o", "json", daemon: daemon)
        #expect(try JSONValue.parse(json.output.utf8).array?.count == checks.count)
        #expect(json.code == code)
    }
}
