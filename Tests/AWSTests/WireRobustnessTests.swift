import JSON
import Testing

@testable import AWS

/// What arrives broken, hostile or not at all ends in an error: never in a shorter list, a trap or a hang.
@Suite("Broken replies") struct WireRobustnessTests {
    private struct Sample {
        let service: AWSService
        let operation: OperationModel
        let steps: [[String]]?
        let body: [UInt8]
    }

    /// Replies of the fixture that list something, so many of each service protocol.
    private static func samples(_ perProtocol: Int, longest: Int) throws -> [Sample] {
        var shelf = ServiceShelf()
        var found: [WireProtocol: [Sample]] = [:]
        _ = try WireFixtures.forEachCase(WireFixtures.fixture("replies.jsonl")) { entry in
            let name = try #require(entry["service"]?.string)
            let body = Array((entry["body"]?.string ?? "").utf8)
            let service = try shelf.service(name)
            let kind = service.model.wireProtocol
            guard body.count > 60, body.count <= longest, found[kind, default: []].count < perProtocol,
                body.first == UInt8(ascii: "<") || body.first == UInt8(ascii: "{"),
                let operation = entry["operation"]?.string.flatMap({ service.model.operations[$0] })
            else { return }
            let steps = entry["steps"]?.array?.map { $0.strings ?? [] }
            found[kind, default: []].append(Sample(service: service, operation: operation, steps: steps, body: body))
        }
        return found.values.flatMap { $0 }
    }

    @Test("a reply that ends early is an error wherever it ends")
    func truncation() throws {
        let samples = try Self.samples(6, longest: 1200)
        #expect(samples.count >= 25)
        for sample in samples {
            var whole = sample.body
            while let last = whole.last, last <= 0x20 { whole.removeLast() }
            for steps in [sample.steps, nil] {
                for count in 1..<whole.count {
                    let part = Array(whole[..<count])
                    guard part.contains(where: { $0 > 0x20 }) else { continue }
                    #expect(throws: WireError.self, "\(sample.operation.name) cut at \(count)") {
                        _ = try ReplyReading.whole(part, sample.service, sample.operation, steps: steps)
                    }
                }
            }
        }
    }

    @Test(
        "an object without one member of the answer, or with something else where the list must be, is no list",
        arguments: [
            #"{"message":"Forbidden"}"#, #"{"__type":"AccessDenied","Message":"no"}"#, #"{"QueueUrls":"none"}"#,
            #"{"QueueUrls":{}}"#, #"{"QueueUrls":nope}"#, #"{"QueueUrls":nulL}"#, #"{"QueueUrls":[],"X":falsE}"#,
        ])
    func foreignObject(body: String) throws {
        var shelf = ServiceShelf()
        let service = try shelf.service("sqs")
        let operation = try #require(service.model.operations["ListQueues"])
        #expect(throws: WireError.self) {
            _ = try ReplyReading.whole(Array(body.utf8), service, operation, steps: [["QueueUrls"]])
        }
        // SQS answers an empty object where there is no queue; a null says the same.
        for empty in ["{}", #"{"QueueUrls":null}"#, #"{"QueueUrls":[],"X":[null,false,-1.5e3]}"#] {
            _ = try ReplyReading.whole(Array(empty.utf8), service, operation, steps: [["QueueUrls"]])
        }
    }

    @Test(
        "values that no comma parts are no JSON: a reply of them is refused, a policy of them stays text",
        arguments: [#"["a""b"]"#, #"{"a":1"b":2}"#, #"{"a":[1 2]}"#])
    func missingCommas(text: String) throws {
        var shelf = ServiceShelf()
        let iam = try shelf.service("iam")
        let operation = try #require(iam.model.operations["GetPolicyVersion"])
        let body =
            "<GetPolicyVersionResponse><GetPolicyVersionResult><PolicyVersion><Document>\(text)</Document>"
            + "</PolicyVersion></GetPolicyVersionResult></GetPolicyVersionResponse>"
        let reading = try ReplyReading.whole(Array(body.utf8), iam, operation, steps: nil)
        let document = try JSONValue.parse(reading.envelope)["PolicyVersion"]?["Document"]
        #expect(document == .string(text))
        var copy = ByteBuffer(capacity: 64)
        #expect(throws: WireError.self) {
            _ = try JSONScanner.appendAny(Array((text + " ").utf8).span, from: 0, to: &copy)
        }
    }

    @Test("an empty body is no list of resources")
    func emptyBody() throws {
        for sample in try Self.samples(2, longest: 2000) where sample.steps != nil {
            #expect(throws: WireError.self) {
                _ = try ReplyReading.whole([], sample.service, sample.operation, steps: sample.steps)
            }
        }
    }

    @Test("mutated replies end in an error or in well-formed documents", arguments: 0..<4)
    func mutations(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var read = 0
        for sample in try Self.samples(12, longest: 2500) {
            for _ in 0..<12 {
                let body = Self.mutated(sample.body, &generator)
                let steps = Bool.random(using: &generator) ? sample.steps : nil
                guard let reading = try? ReplyReading.whole(body, sample.service, sample.operation, steps: steps)
                else { continue }
                read += 1
                for document in reading.resources + [reading.envelope] { try Self.checkWellFormed(document) }
            }
        }
        #expect(read > 0)
    }

    /// A member that a mutated reply had twice may stand twice in a map; everything else must be right.
    private static func checkWellFormed(_ document: [UInt8]) throws {
        do throws(JSONError) {
            _ = try JSONValue.parse(document, limits: JSONLimits(sizeInBytes: 1 << 24, depth: 256))
        } catch {
            guard case .duplicateKey = error.reason else {
                Issue.record("\(error) in \(String(decoding: document, as: UTF8.self))")
                return
            }
        }
    }

    private static func mutated(_ body: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        let marks = Array("<>/&;{}[]\",:\\ '=!-?\u{0}eEuu+".utf8) + [0x80, 0xC3, 0xED, 0xF0, 0xFF]
        var body = body
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !body.isEmpty {
            let place = Int.random(in: 0..<body.count, using: &generator)
            let end = min(body.count, place + Int.random(in: 1...40, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: body[place] = marks.randomElement(using: &generator) ?? 0
            case 1: body.insert(marks.randomElement(using: &generator) ?? 0, at: place)
            case 2: body.removeSubrange(place..<end)
            case 3: body.insert(contentsOf: body[place..<end], at: place)
            case 4: body[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            default: body.swapAt(place, end - 1)
            }
        }
        return body
    }

    // MARK: Single cases

    private static func read(_ text: String, _ service: String, _ operation: String, _ steps: [[String]]?) throws
        -> ReplyReading
    {
        let service = try WireFixtures.service(service)
        let model = try #require(service.model.operations[operation])
        return try ReplyReading.read(Array(text.utf8), service, model, steps: steps) { 1 << 16 }
    }

    private static let iam = "<ListGroupsResponse><ListGroupsResult><Groups/></ListGroupsResult></ListGroupsResponse>"

    @Test(
        "a successful status with something else than the output is refused",
        arguments: [
            ("iam", "ListGroups", "<html><body>Sign in</body></html>"),
            ("iam", "ListGroups", "<ListGroupsResponse><Other/></ListGroupsResponse>"),
            ("iam", "ListGroups", "<ListGroupsResponse/>"),
            ("iam", "ListGroups", "<ListUsersResponse><ListGroupsResult/></ListUsersResponse>"),
            ("iam", "ListGroups", "<ListGroupsResponse><ListGroupsResult/>"),
            ("iam", "ListGroups", "</ListGroupsResponse>"),
            ("iam", "ListGroups", "nothing at all"),
            ("s3", "ListBuckets", "<Error><Code>SlowDown</Code></Error>"),
            ("s3", "ListBuckets", "<x><y/></x>"),
            ("lambda", "ListFunctions", "[]"),
            ("lambda", "ListFunctions", "null"),
            ("lambda", "ListFunctions", "{} {}"),
            ("lambda", "ListFunctions", #"{"Functions":[],}"#),
            ("lambda", "ListFunctions", #"{"Functions":[,]}"#),
            ("lambda", "ListFunctions", #"{"Functions":[] "NextMarker":"a"}"#),
            ("lambda", "ListFunctions", #"{"Functions":[{"FunctionName":"a"} {"FunctionName":"b"}]}"#),
            ("lambda", "ListFunctions", #"{"Functions":[{"FunctionName":"a",}]}"#),
            ("lambda", "ListFunctions", #"{"Functions":[{"FunctionName":tru}]}"#),
            ("lambda", "ListFunctions", #"{"Functions":[{"FunctionName":"\x"}]}"#),
            ("lambda", "ListFunctions", #"{Functions:[]}"#),
        ])
    func refused(service: String, operation: String, body: String) throws {
        let member = ["iam": "Groups", "s3": "Buckets", "lambda": "Functions"][service] ?? ""
        #expect(throws: WireError.self) { _ = try Self.read(body, service, operation, [[member]]) }
    }

    @Test("a document type declaration is refused")
    func doctype() throws {
        #expect(throws: WireError.doctype) {
            _ = try Self.read("<!DOCTYPE a [<!ENTITY b \"c\">]>" + Self.iam, "iam", "ListGroups", [["Groups"]])
        }
    }

    @Test("nesting without end is refused, known or unknown to the output")
    func depth() throws {
        let deepXML = String(repeating: "<a>", count: 100_000)
        #expect(throws: WireError.tooDeep(limit: WireLimits.depth)) {
            _ = try Self.read(
                "<ListGroupsResponse><ListGroupsResult>" + deepXML, "iam", "ListGroups", [["Groups"]])
        }
        for member in ["Functions\":[{\"Environment", "unknown", "Functions\":[{\"FunctionName"] {
            #expect(throws: WireError.tooDeep(limit: WireLimits.depth)) {
                let deep = "{\"\(member)\":" + String(repeating: "[", count: 100_000)
                _ = try Self.read(deep, "lambda", "ListFunctions", [["Functions"]])
            }
        }
        let item = String(repeating: "{\"M\":{\"a\":", count: 50_000)
        #expect(throws: WireError.tooDeep(limit: WireLimits.depth)) {
            _ = try Self.read("{\"Items\":[{\"a\":" + item, "dynamodb", "Scan", [["Items"]])
        }
    }

    @Test("one resource larger than the limit is refused without being kept")
    func size() throws {
        let service = try WireFixtures.service("lambda")
        let operation = try #require(service.model.operations["ListFunctions"])
        var decoder = ReplyDecoder(plan: service.plan, operation: operation, items: [["Functions"]])
        var document = ByteBuffer(capacity: 256)
        decoder.feed(Array("{\"Functions\":[{\"FunctionName\":\"".utf8))
        let chunk = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
        var refused = false
        for _ in 0..<(WireLimits.resourceSizeInBytes >> 20) + 2 where !refused {
            do throws(WireError) {
                _ = try decoder.next(into: &document)
            } catch {
                #expect(error == .tooLarge(limit: WireLimits.resourceSizeInBytes))
                refused = true
            }
            decoder.feed(chunk)
        }
        #expect(refused)
    }

    @Test("flattened lists beside other members are whole, in pieces and out of order")
    func flattened() throws {
        let rules = "<Rule><ID>1</ID></Rule><!-- --><Unknown/><Rule><ID>2</ID></Rule>"
        let body = "<LifecycleConfiguration>\(rules)</LifecycleConfiguration>"
        let reading = try Self.read(body, "s3", "GetBucketLifecycleConfiguration", nil)
        #expect(String(decoding: reading.envelope, as: UTF8.self) == #"{"Rules":[{"ID":"1"},{"ID":"2"}]}"#)
    }
}
