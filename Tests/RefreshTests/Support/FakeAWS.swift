import Synchronization

/// An AWS that answers as a test says, over real HTTP. The account is told by the access key, the service and the region by
/// the signature's scope.
final class FakeAWS: Sendable {
    /// A call as it arrived.
    struct Call: Sendable, Equatable {
        var service: String
        var account: String
        var region: String
        /// `DescribeVpcs`; for REST services method and path, `GET /2015-03-31/functions`.
        var operation: String
        /// Path and query as sent.
        var target: String
        var body: String
        /// The session token of the caller's keys.
        var token: String?

        /// The value of a form field or a query parameter, or of a member of a JSON body whose value is a string.
        func field(_ name: String) -> String? {
            let query = target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
            for pair in (query.split(separator: "&") + body.split(separator: "&")) {
                if pair.hasPrefix(name + "=") { return String(pair.dropFirst(name.count + 1)) }
            }
            guard let start = body.firstRange(of: "\"\(name)\":\"")?.upperBound else { return nil }
            return String(body[start...].prefix { $0 != "\"" })
        }
    }

    enum Answer: Sendable {
        case ok(String)
        case error(status: Int, headers: [(String, String)], body: String)
        /// The start of a body whose length promises more; then the connection ends.
        case truncated(String)
        case reset
        /// Nothing, for as long as the client waits.
        case stall
        /// The body once the gate is open; blocks its own connection only.
        case after(Gate, String)
    }

    typealias Handler = @Sendable (Call) -> Answer

    private struct State {
        var handler: Handler = { _ in .error(status: 500, headers: [], body: "") }
        var calls: [Call] = []
    }

    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    private let shared: Shared
    private let server: LocalServer

    init() throws {
        let shared = Shared()
        self.shared = shared
        server = try LocalServer { request, connection in
            let call = Self.call(request)
            let handler = shared.state.withLock { state in
                state.calls.append(call)
                return state.handler
            }
            Self.send(handler(call), connection)
        }
    }

    var url: String { server.url }
    var calls: [Call] { shared.state.withLock { $0.calls } }

    func answer(_ handler: @escaping Handler) { shared.state.withLock { $0.handler = handler } }
    func forgetCalls() { shared.state.withLock { $0.calls = [] } }
    func stop() { server.stop() }

    private static func send(_ answer: Answer, _ connection: LocalServer.Connection) {
        switch answer {
        case .ok(let body): connection.reply(200, text: body)
        case .error(let status, let headers, let body): connection.reply(status, headers: headers, text: body)
        case .truncated(let start):
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(start.utf8.count + 100)\r\n\r\n" + start)
            connection.close()
        case .reset: connection.reset()
        case .stall: connection.waitForClose()
        case .after(let gate, let body):
            gate.wait()
            connection.reply(200, text: body)
        }
    }

    private static func call(_ request: LocalServer.Request) -> Call {
        let scope = request["authorization"]?.firstRange(of: "Credential=").flatMap { range in
            request["authorization"].map { $0[range.upperBound...].prefix { $0 != "," }.split(separator: "/") }
        }
        let body = String(decoding: request.body, as: UTF8.self)
        let path = String(request.target.prefix { $0 != "?" })
        var operation = "\(request.method) \(path)"
        if let target = request["x-amz-target"] {
            operation = String(target[(target.lastIndex(of: ".").map(target.index(after:)) ?? target.startIndex)...])
        } else if body.hasPrefix("Action=") {
            operation = String(body.dropFirst(7).prefix { $0 != "&" })
        }
        return Call(
            service: scope.map { String($0[3]) } ?? "", account: scope.map { String($0[0].dropFirst(4)) } ?? "",
            region: scope.map { String($0[2]) } ?? "", operation: operation, target: request.target, body: body,
            token: request["x-amz-security-token"])
    }
}
