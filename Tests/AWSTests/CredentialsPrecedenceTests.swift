import JSON
import Testing

@testable import AWS

@Suite("Credential precedence, compared with botocore")
struct CredentialsPrecedenceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let environment: [String: String]
        let configuration: String
        let credentials: String
        let expected: JSONValue

        var testDescription: String { name }
    }

    /// Written by Fixtures/credentials/precedence.py.
    static let cases: [Case] = {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let file = "/\(folder)/Fixtures/credentials/precedence.json"
        guard
            case .bytes(let bytes) = BoundedFile.read(file, limit: 1 << 20),
            let table = try? JSONValue.parse(bytes), let rows = table["cases"]?.array
        else { return [] }
        return rows.map { row in
            let environment = (row["environment"]?.members ?? []).map { ($0.key, $0.value.string ?? "") }
            return Case(
                name: row["name"]?.string ?? "", environment: Dictionary(environment) { _, last in last },
                configuration: row["config"]?.string ?? "", credentials: row["credentials"]?.string ?? "",
                expected: row["expect"] ?? .null)
        }
    }()

    @Test("The table has all its cases")
    func size() { #expect(Self.cases.count == 54) }

    @Test("The source is the one botocore takes", arguments: cases)
    func source(_ row: Case) async throws {
        let home = try TemporaryHome()
        if !row.configuration.isEmpty { try home.write(".aws/config", row.configuration) }
        if !row.credentials.isEmpty { try home.write(".aws/credentials", row.credentials) }
        let resolve = { () throws(CredentialsError) -> CredentialSource in
            let configuration = try SharedConfiguration.load(environment: row.environment, home: home.path)
            var resolver = CredentialSourceResolver(configuration)
            return try resolver.resolve()
        }
        if row.expected["error"] != nil {
            let error = try await credentialsFailure(resolve)
            #expect(error.kind == .badConfiguration)
            #expect(!error.message.contains("-secret"))
            return
        }
        let source = try resolve()
        #expect(source.method == row.expected["method"]?.string)
        if case .keys(let keys, _) = source {
            #expect(keys.accessKeyID == row.expected["key"]?.string)
            #expect(keys.sessionToken == row.expected["token"]?.string)
        }
        #expect(Self.calls(source) == row.expected["roles"]?.array ?? [])
    }

    /// The calls to STS that a source makes, innermost first, in the table's form.
    private static func calls(_ source: CredentialSource) -> [JSONValue] {
        switch source {
        case .assumeRole(let request, let base): calls(base) + [call(request, key: key(base))]
        case .webIdentity(let request, _): [call(request, key: nil)]
        default: []
        }
    }

    /// The key that the table's stand-ins hand out.
    private static func key(_ source: CredentialSource) -> String {
        switch source {
        case .keys(let keys, _): keys.accessKeyID
        case .process: "AKIDPROC"
        case .container: "AKIDCONTAINER"
        default: "AKIDROLE"
        }
    }

    private static func call(_ request: AssumeRoleRequest, key: String?) -> JSONValue {
        let isDefaultName = request.sessionName == AssumeRoleRequest.defaultSessionName
        let isDefaultDuration = request.durationInSeconds == AssumeRoleRequest.defaultDurationInSeconds
        return .compact(
            ("role", .string(request.roleARN)), ("key", key.map(JSONValue.string)),
            ("externalID", request.externalID.map(JSONValue.string)),
            ("sessionName", isDefaultName ? nil : .string(request.sessionName)),
            ("duration", isDefaultDuration ? nil : .integer(Int64(request.durationInSeconds))))
    }
}
