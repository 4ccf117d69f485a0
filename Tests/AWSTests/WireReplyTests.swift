import JSON
import Testing

@testable import AWS

/// Replies are read as the AWS CLI prints them; what that is, botocore says: Fixtures/make_replies.py.
@Suite("Replies of all protocols") struct WireReplyTests {
    private static let large = WireFixtures.large("WIRE_CASES")
    private static let recorded = WireFixtures.large("WIRE_RECORDED")
    /// As many failures as somebody reads.
    private static let reported = 40

    @Test("random replies of the sample are read as botocore reads them")
    func sample() throws {
        let count = try compare(WireFixtures.fixture("replies.jsonl"))
        #expect(count >= 250)
    }

    @Test(
        "random replies of every operation are read as botocore reads them",
        .enabled(if: large != nil, "WIRE_CASES names no file written by Fixtures/make_replies.py"))
    func everyOperation() throws {
        let path = try #require(Self.large)
        let count = try compare(path)
        print("\(count) replies compared")
        #expect(count >= 1000)
    }

    @Test(
        "what the emulator answers to the catalogue's calls is read as botocore reads it",
        .enabled(if: recorded != nil, "WIRE_RECORDED names no folder written by Fixtures/record.py"))
    func recordedReplies() throws {
        let folder = try #require(Self.recorded)
        let count = try compare(folder + "/replies.jsonl")
        print("\(count) recorded replies compared")
        #expect(count >= 600)
    }

    private func compare(_ path: String) throws -> Int {
        var shelf = ServiceShelf()
        var generator = SeededGenerator(seed: 7)
        var failures: [String] = []
        let count = try WireFixtures.forEachCase(path) { entry in
            let name = try #require(entry["service"]?.string)
            let service = try shelf.service(name)
            let reply = try SampleReply(entry, service)
            guard let difference = reply.difference(&generator) else { return }
            failures.append("\(service.model.name) \(reply.operation.name): \(difference)")
        }
        for failure in failures.prefix(Self.reported) { Issue.record("\(failure)") }
        #expect(failures.count == 0)
        return count
    }
}

/// One line of the fixture.
private struct SampleReply {
    let service: AWSService
    let operation: OperationModel
    let steps: [[String]]?
    let headers: HTTPHeaders
    let body: [UInt8]
    let expected: JSONValue

    init(_ entry: JSONValue, _ service: AWSService) throws {
        self.service = service
        let name = try #require(entry["operation"]?.string)
        operation = try #require(service.model.operations[name])
        steps = entry["steps"]?.array?.map { $0.strings ?? [] }
        headers = HTTPHeaders((entry["headers"]?.members ?? []).map { ($0.key, $0.value.string ?? "") })
        let text = try #require(entry["body"]?.string)
        body = Array(text.utf8)
        expected = try #require(entry["expected"]).canonical
    }

    /// What is not as it should be, or nothing.
    func difference(_ generator: inout SeededGenerator) -> String? {
        do {
            return try whole(&generator) ?? items(&generator)
        } catch {
            return "\(error) in \(String(decoding: body.prefix(600), as: UTF8.self))"
        }
    }

    private func whole(_ generator: inout SeededGenerator) throws -> String? {
        let reading = try ReplyReading.whole(body, service, operation, steps: nil, headers: headers)
        let found = try JSONValue.parse(reading.envelope).canonical
        guard found == expected else {
            return "\(found.firstDifference(from: expected)) in \(String(decoding: body.prefix(1500), as: UTF8.self))"
        }
        guard try inPieces(nil, &generator) == reading else { return "read otherwise in pieces" }
        return nil
    }

    private func items(_ generator: inout SeededGenerator) throws -> String? {
        guard let steps, !body.isEmpty else { return nil }
        let reading = try ReplyReading.whole(body, service, operation, steps: steps, headers: headers)
        let documents = try reading.resources.map { try JSONValue.parse($0).canonical }
        let wanted = ListedItems.of(expected, steps: steps)
        guard documents == wanted else {
            return "items: \(JSONValue.array(documents).firstDifference(from: .array(wanted)))"
        }
        let envelope = try JSONValue.parse(reading.envelope).canonical
        let rest = ListedItems.rest(of: expected, steps: steps)
        guard envelope == rest else { return "envelope: \(envelope.firstDifference(from: rest))" }
        guard try inPieces(steps, &generator) == reading else { return "items read otherwise in pieces" }
        return nil
    }

    /// Cut at random places, small replies now and then at every byte.
    private func inPieces(_ steps: [[String]]?, _ generator: inout SeededGenerator) throws -> ReplyReading {
        let longest = body.count < 1500 && Int.random(in: 0..<4, using: &generator) == 0 ? 1 : max(2, body.count / 2)
        var local = generator
        defer { generator = local }
        return try ReplyReading.read(body, service, operation, steps: steps, headers: headers) {
            Int.random(in: 1...longest, using: &local)
        }
    }
}

/// The listed items of a whole output, and what is left without them.
enum ListedItems {
    static func of(_ document: JSONValue, steps: [[String]]) -> [JSONValue] {
        steps.reduce([document]) { current, step in
            current.flatMap { value in
                (step.reduce(Optional(value)) { $0?[$1] }?.array ?? []).filter { $0 != .null }
            }
        }
    }

    static func rest(of document: JSONValue, steps: [[String]]) -> JSONValue {
        remove(document, (steps.first ?? [])[...])
    }

    private static func remove(_ document: JSONValue, _ path: ArraySlice<String>) -> JSONValue {
        guard case .object(let members) = document, let name = path.first else { return document }
        return .object(
            members.compactMap { member in
                guard member.key == name else { return member }
                if path.count == 1 { return member.value.array == nil ? member : nil }
                return .init(name, remove(member.value, path.dropFirst()))
            })
    }
}
