import JSON
import Testing

@testable import AWS

/// Calls are encoded as botocore's client sends them: Fixtures/make_requests.py.
@Suite("Requests of all protocols") struct WireRequestTests {
    private static let large = WireFixtures.large("WIRE_REQUESTS")
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
            "body": .string(String(decoding: request.body, as: UTF8.self)),
            "hostPrefix": request.hostPrefix.map(JSONValue.string) ?? .null,
        ])
    }

    /// Bodies are compared as what they say: JSON as a document, a form as sorted fields, everything else as text.
    private static func parsedBody(_ request: JSONValue) -> JSONValue {
        guard case .object(let members) = request, let body = request["body"]?.string else { return request }
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
