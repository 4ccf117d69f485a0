import JSON
import Synchronization
import Testing

@testable import AWS

/// Services that demand to be asked for an account's endpoint first: Timestream.
@Suite("Endpoint discovery") struct EndpointDiscoveryTests {
    private static let asked = "Timestream_20181101.DescribeEndpoints"

    /// Answers the question with a host of the account's, and every listing with nothing; told to, refuses the host.
    private final class Timestream: HTTPSender {
        struct State {
            var calls: [String] = []
            var refusals = 0
        }

        let state = Mutex(State())

        func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPReply {
            let target = request.headers.first { $0.name == "X-Amz-Target" }?.value ?? ""
            let host = request.url.dropFirst("https://".count).prefix { $0 != "/" }
            return state.withLock { state in
                state.calls.append("\(target) \(host)")
                if target == EndpointDiscoveryTests.asked {
                    return Self.reply(
                        200, #"{"Endpoints":[{"Address":"cell1.timestream.example.com","CachePeriodInMinutes":10}]}"#)
                }
                guard state.refusals > 0 else { return Self.reply(200, #"{"Databases":[]}"#) }
                state.refusals -= 1
                return Self.reply(400, #"{"__type":"InvalidEndpointException","message":"moved"}"#)
            }
        }

        private static func reply(_ status: Int, _ text: String) -> HTTPReply {
            HTTPReply(status: status, headers: HTTPHeaders([]), body: TextBody(text))
        }
    }

    private final class TextBody: HTTPBody {
        private let rest: Mutex<[UInt8]?>

        init(_ text: String) { rest = Mutex(Array(text.utf8)) }

        func next() async throws(HTTPError) -> [UInt8]? {
            rest.withLock { rest in
                defer { rest = nil }
                return rest
            }
        }

        func discard() { rest.withLock { $0 = nil } }
    }

    private final class Hands: Sendable {
        let seconds = Atomic(1_700_000_000)

        var clock: ClientClock {
            ClientClock(now: { self.seconds.load(ordering: .relaxed) }, sleep: { _ in }, random: { 0 })
        }
    }

    private let timestream = Timestream()
    private let hands = Hands()
    private let service: AWSService

    init() throws { service = try WireFixtures.service("timestream-write") }

    private func client(_ environment: [String: String] = [:]) -> AWSClient {
        AWSClient(
            sender: timestream, environment: environment, gate: RequestGate(width: 1),
            policy: RetryPolicy(maximumAttempts: 1), timeouts: HTTPTimeouts(), clock: hands.clock)
    }

    private func list(_ client: AWSClient, account: String = "111122223333") async throws {
        let operation = try #require(service.model.operations["ListDatabases"])
        _ = try await client.document(
            AWSCall(
                service: service, operation: operation, input: .object([]), region: "eu-west-1", account: account,
                credentials: StaticCredentials(Credentials(accessKeyID: "A", secretAccessKey: "B"))))
    }

    private var calls: [String] {
        timestream.state.withLock { state in
            defer { state.calls = [] }
            return state.calls
        }
    }

    private let question = "\(asked) ingest.timestream.eu-west-1.amazonaws.com"
    private let listing = "Timestream_20181101.ListDatabases cell1.timestream.example.com"

    @Test("an account's host is asked for once, and again when its time has passed")
    func asksOnce() async throws {
        let client = client()
        try await list(client)
        try await list(client)
        #expect(calls == [question, listing, listing])
        try await list(client, account: "444455556666")
        #expect(calls == [question, listing])
        _ = hands.seconds.add(600, ordering: .relaxed)
        try await list(client)
        #expect(calls == [question, listing])
    }

    @Test("a host that the service refuses is asked for anew by the next call")
    func refusedHost() async throws {
        let client = client()
        timestream.state.withLock { $0.refusals = 1 }
        await #expect(throws: AWSCallError.self) { try await list(client) }
        #expect(calls == [question, listing])
        try await list(client)
        #expect(calls == [question, listing])
    }

    @Test("a configured endpoint is called as it is")
    func configured() async throws {
        try await list(client(["AWS_ENDPOINT_URL": "https://proxy.example.com"]))
        #expect(calls == ["Timestream_20181101.ListDatabases proxy.example.com"])
    }

    @Test(
        "what names no host is no answer",
        arguments: [
            "{}", #"{"Endpoints":[]}"#, #"{"Endpoints":[{"Address":""}]}"#, #"{"Endpoints":[{"Address":"a/b"}]}"#,
            #"{"Endpoints":[{"Address":"a@b"}]}"#, #"{"Endpoints":[{"CachePeriodInMinutes":1}]}"#, "no JSON",
        ])
    func noAnswer(text: String) { #expect(DiscoveredEndpoints.Answer(Array(text.utf8)) == nil) }

    @Test("the table is bounded, and no answer is kept for less than a minute or more than a day")
    func bounds() {
        let table = DiscoveredEndpoints()
        for number in 0...DiscoveredEndpoints.limit {
            let key = DiscoveredEndpoints.Key(account: "\(number)", region: "r", service: "s")
            table.keep(.init(host: "h", minutes: number), for: key, now: 0)
        }
        #expect(table.host(.init(account: "0", region: "r", service: "s"), now: 0) == nil)
        let last = DiscoveredEndpoints.Key(account: "\(DiscoveredEndpoints.limit)", region: "r", service: "s")
        #expect(table.host(last, now: 86_399) == "h")
        #expect(table.host(last, now: 86_400) == nil)
        #expect(DiscoveredEndpoints.Answer(host: "h", minutes: 0).minutes == 1)
    }
}
