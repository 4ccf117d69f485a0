import JSON
import Testing

@testable import AWS

/// Calls are encoded as botocore's client sends them: Fixtures/make_requests.py.
@Suite("Requests of all protocols") struct WireRequestTests {
    private static let large = WireFixtures.large("WIRE_REQUESTS")
    private static let recorded = WireFixtures.large("WIRE_RECORDED")
    private static let reported = 40

    @Test("calls of the sample are encoded as botocore encodes them")
    func sample() throws {
        let count = try compare(WireFixtures.fixture("requests.jsonl"))
        #expect(count >= 250)
    }

    @Test(
        "every call of the catalogue is encoded as botocore encodes it",
        .enabled(if: large != nil, "WIRE_REQUESTS names no file written by Fixtures/make_requests.py"))
    func everyCall() throws {
        let path = try #require(Self.large)
        let count = try compare(path)
        print("\(count) requests compared")
        #expect(count >= 4000)
    }

    @Test(
        "the calls that the emulator answered are encoded and signed as botocore did it",
        .enabled(if: recorded != nil, "WIRE_RECORDED names no folder written by Fixtures/record.py"))
    func recordedCalls() throws {
        let path = try #require(Self.recorded) + "/requests.jsonl"
        let count = try compare(path)
        print("\(count) recorded requests compared")
        #expect(count >= 600)
        let signer = Signer()
        _ = try WireFixtures.forEachCase(path) { entry in
            let request = try #require(entry["request"])
            let wanted = try #require(request["signed"]?["authorization"]?.string)
            let found = try Self.authorization(request, signer)
            #expect(found == wanted, "\(entry["service"]?.string ?? "") \(entry["operation"]?.string ?? "")")
        }
    }

    /// Our signature of the bytes that botocore sent, in botocore's second.
    private static func authorization(_ request: JSONValue, _ signer: Signer) throws -> String? {
        let signed = try #require(request["signed"])
        let scope = try #require(signed["scope"]?.strings)
        // These four the signer adds itself.
        let own: Set<String> = ["host", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token"]
        let headers = (signed["headers"]?.members ?? []).filter { !own.contains($0.key) }
        let plain = SigningRequest(
            method: try #require(request["method"]?.string), host: try #require(signed["host"]?.string),
            path: try #require(request["path"]?.string),
            query: (request["query"]?.array ?? []).compactMap { $0.strings.map { ($0[0], $0[1]) } },
            headers: headers.map { ($0.key, $0.value.string ?? "") },
            body: SharedBytes(Array(try #require(request["body"]?.string).utf8)))
        let credentials = Credentials(
            accessKeyID: scope[0], secretAccessKey: try #require(signed["secret"]?.string))
        return signer.sign(
            plain, credentials: credentials, region: scope[2], service: scope[3],
            at: try #require(signed["seconds"]?.int)
        ).last?.value
    }

    private func compare(_ path: String) throws -> Int {
        var shelf = ServiceShelf()
        var failures: [String] = []
        let count = try WireFixtures.forEachCase(path) { entry in
            let name = try #require(entry["service"]?.string)
            let operationName = try #require(entry["operation"]?.string)
            let service = try shelf.service(name)
            let operation = try #require(service.model.operations[operationName])
            let input = try #require(entry["input"])
            let wanted = try #require(entry["request"])
            let found: JSONValue
            do throws(EncodingError) {
                found = Self.described(try service.encoder.encode(operation, input: input))
            } catch {
                failures.append("\(name) \(operationName): \(error)")
                return
            }
            let left = found.canonical
            let right = Self.parsedBody(wanted).canonical
            guard left != right else { return }
            failures.append("\(name) \(operationName): \(left.firstDifference(from: right)) for \(input.text)")
        }
        for failure in failures.prefix(Self.reported) { Issue.record("\(failure)") }
        #expect(failures.count == 0)
        return count
    }

    /// The request in the fixture's form. That a body is XML botocore does not say; we do.
    private static func described(_ request: EncodedRequest) -> JSONValue {
        let query = request.query.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
        return parsedBody([
            "method": .string(request.method), "path": .string(request.path),
            "query": .array(query.map { [.string($0.name), .string($0.value)] }),
            "headers": .object(
                request.headers.filter { $0.value != "application/xml" }.map {
                    .init($0.name.lowercased(), .string($0.value))
                }),
            "body": .string(String(decoding: request.body.array, as: UTF8.self)),
            "hostPrefix": request.hostPrefix.map(JSONValue.string) ?? .null,
        ])
    }

    /// Bodies are compared as what they say: JSON as a document, a form as sorted fields, everything else as text.
    private static func parsedBody(_ request: JSONValue) -> JSONValue {
        guard case .object(let whole) = request, let body = request["body"]?.string else { return request }
        let members = whole.filter { $0.key != "signed" }
        var parsed: JSONValue = .string(body)
        if body.hasPrefix("Action=") || body.contains("&Action=") {
            let fields: [String] = body.split(separator: "&").map { String($0).replacing("+", with: "%20") }
            parsed = .array(fields.sorted().map { .string($0) })
        } else if let document = try? JSONValue.parse(body) {
            parsed = document
        }
        return .object(members.map { $0.key == "body" ? .init("body", parsed) : sortedQuery($0) })
    }

    private static func sortedQuery(_ member: JSONValue.Member) -> JSONValue.Member {
        guard member.key == "query", let pairs = member.value.array else { return member }
        return .init("query", .array(pairs.sorted { $0.text < $1.text }))
    }
}
