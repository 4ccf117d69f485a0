import Glibc
import JSON
import Testing

@testable import Control

@Suite("What a client tells when something is wrong")
struct ClientTests {
    @Test("no file, nobody there and no permission are told apart")
    func unreachable() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/control"
            #expect(throws: ControlClientError.unreachable(.noSuchFile, path: path)) {
                try ControlClient.connect(path: path)
            }
            do {
                let dead = try SocketHandle.unixStream()
                try #require(LocalAddress(path: path)).bind(dead)
            }
            #expect(throws: ControlClientError.unreachable(.notRunning, path: path)) {
                try ControlClient.connect(path: path)
            }
            let file = "\(directory)/file"
            close(open(file, O_CREAT | O_WRONLY, 0o600))
            #expect(throws: ControlClientError.unreachable(.notRunning, path: file)) {
                try ControlClient.connect(path: file)
            }
            let long = String(repeating: "x", count: 200)
            #expect(throws: ControlClientError.unreachable(.notASocket, path: long)) {
                try ControlClient.connect(path: long)
            }
        }
    }

    @Test("a full queue of new connections is busy after the time given")
    func busy() async throws {
        try await withListener(backlog: 0) { path, _ in
            var waiting: [ControlClient] = []
            do throws(ControlClientError) {
                for _ in 0..<10 {
                    waiting.append(try ControlClient.connect(path: path, timeout: .milliseconds(20)))
                }
                Issue.record("ten connections fitted into a queue of one")
            } catch {
                #expect(error == .unreachable(.busy, path: path))
            }
        }
    }

    @Test("a daemon that says nothing is a time-out, after which a stream can be asked again")
    func silence() async throws {
        try await withListener { path, accept in
            let client = try ControlClient.connect(path: path)
            let peer = try accept()
            #expect(throws: ControlClientError.timedOut) {
                try client.call(StatusParameters(), timeout: .milliseconds(20))
            }
            let second = try ControlClient.connect(path: path)
            let secondPeer = try accept()
            var replies = try second.stream(RefreshParameters())
            #expect(throws: ControlClientError.timedOut) { try replies.next(timeout: .milliseconds(20)) }
            let reply = RefreshReply(run: "r", joined: true, state: .running)
            try secondPeer.send(VarlinkReply.success(reply.wire, continues: true).message)
            #expect(try replies.next() == reply)
            withExtendedLifetime(peer) {}
        }
    }

    @Test("a readable interrupt descriptor ends a wait, which can be taken up again")
    func interrupt() async throws {
        try await withListener { path, accept in
            let client = try ControlClient.connect(path: path)
            let peer = try accept()
            let signal = try WakeSignal()
            client.interruptDescriptor = signal.descriptor
            var replies = try client.stream(RefreshParameters())
            signal.raise()
            #expect(throws: ControlClientError.interrupted) { try replies.next() }
            signal.clear()
            let reply = RefreshReply(run: "r", joined: true, state: .running)
            try peer.send(VarlinkReply.success(reply.wire, continues: false).message)
            #expect(try replies.next() == reply)
        }
    }

    @Test("a daemon that dies in the middle of a reply is a disconnection")
    func disconnected() async throws {
        try await withListener { path, accept in
            let client = try ControlClient.connect(path: path)
            do { try accept().send(#"{"parameters":{"version""#, nul: false) }
            #expect(throws: ControlClientError.disconnected) { try client.call(StatusParameters()) }
        }
    }

    @Test(
        "a reply that breaks the interface is a violation of the protocol, and the text says where",
        arguments: [
            ("nonsense", "reply: 1:1"), ("[]", "reply"), (#"{"parameters":[]}"#, "reply.parameters"),
            (#"{"parameters":{"run":"r"}}"#, "Cancel: state: the member is missing"),
            (#"{"parameters":{"run":"r","state":"running"},"continues":true}"#, "more than one"),
        ])
    func violations(message: String, place: String) async throws {
        try await withListener { path, accept in
            let client = try ControlClient.connect(path: path)
            let peer = try accept()
            try peer.send(message)
            do throws(ControlClientError) {
                _ = try client.call(CancelParameters(run: "r"))
                Issue.record("the reply was taken")
            } catch {
                guard case .protocolViolation(let text) = error else { throw error }
                #expect(text.contains(place))
            }
        }
    }

    @Test("an error that this program does not know is passed on with its name and parameters")
    func unknownError() async throws {
        try await withListener { path, accept in
            let client = try ControlClient.connect(path: path)
            let error = VarlinkError(name: "\(CollectorMethod.interface).Newer", parameters: ["why": "so"])
            let peer = try accept()
            try peer.send(VarlinkReply.failure(error).message)
            #expect(throws: ControlClientError.unknownError(error)) { try client.call(StatusParameters()) }
        }
    }

    /// A socket that a test answers by itself.
    private func withListener(
        backlog: Int32 = 16, _ body: (String, () throws -> RawCaller) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/control"
            let listener = try SocketHandle.unixStream()
            try #require(LocalAddress(path: path)).bind(listener)
            #expect(listen(listener.descriptor, backlog) == 0)
            try await withTaskExecutorPreference(ThreadPerJob()) {
                try await body(path) {
                    guard case .connection(let socket) = listener.acceptConnection() else { throw RawCaller.TimedOut() }
                    return RawCaller(socket: socket)
                }
            }
        }
    }
}
