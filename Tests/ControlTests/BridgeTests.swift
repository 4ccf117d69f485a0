import Glibc
import JSON
import Testing

@testable import Control

@Suite("The bridge between a far client and the socket", .timeLimit(.minutes(1)))
struct BridgeTests {
    /// A client at the near end of a running bridge, and the bridge's end.
    private struct Far {
        let caller: RawCaller
        /// What the bridge writes to, when it is not where it reads from.
        let replies: RawCaller
        let ended: Gate

        init(_ server: TestServer) throws {
            let (input, near) = try Self.pair()
            let (output, far) = try Self.pair()
            caller = RawCaller(socket: near)
            replies = RawCaller(socket: far)
            let ended = Gate()
            self.ended = ended
            let path = server.path
            try LoopThread.start {
                // An end that never comes is what the test's limit is for.
                if var bridge = try? ControlBridge(path: path, input: input.descriptor, output: output.descriptor) {
                    bridge.run()
                }
                ended.open()
            }
        }

        private static func pair() throws -> (SocketHandle, SocketHandle) {
            var ends: [Int32] = [-1, -1]
            try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
            let handles = (SocketHandle(adopting: ends[0]), SocketHandle(adopting: ends[1]))
            try handles.1.prepareInherited()
            return handles
        }
    }

    @Test("calls that were made before the input ended are answered, and then the bridge ends")
    func inputEnds() async throws {
        let gate = Gate()
        try await TestServer.run(.slow(until: gate)) { server in
            let far = try Far(server)
            for id in ["slow", "next"] {
                let call = VarlinkCall(method: CollectorMethod.get.fullName, parameters: ["id": .string(id)])
                try far.caller.send(call.message)
            }
            far.caller.endInput()
            gate.open()
            for id in ["slow", "next"] {
                #expect(try far.replies.receive()?["parameters"]?["id"]?.string == id)
            }
            await far.ended.wait()
        }
    }

    @Test(
        "calls larger together than every buffer on the way are answered, though they were sent before a reply was read"
    )
    func flood() async throws {
        try await TestServer.run { server in
            let far = try Far(server)
            let padding = String(repeating: " ", count: 8_000)
            let count = 400
            let call = Array(#"{"method":"org.varlink.service.GetInfo"\#(padding)}"#.utf8) + [0]
            let done = Gate()
            try LoopThread.start {
                // A call that cannot be sent has no reply, which the test misses.
                for _ in 0..<count { try? far.caller.send(call) }
                far.caller.endInput()
                done.open()
            }
            for _ in 0..<count {
                let reply = try far.replies.receive()
                #expect(reply?["parameters"]?["product"]?.string == TestServer.product.product)
            }
            await done.wait()
            await far.ended.wait()
        }
    }

    @Test("a bridge whose client is gone ends, although nothing is said on it any more")
    func clientGone() async throws {
        let (asked, gate) = (Gate(), Gate())
        var service = TestService()
        service.onGet = { parameters throws(CollectorError) in
            asked.open()
            await gate.openOnCancellation()
            throw .noSuchResource(parameters.id)
        }
        try await TestServer.run(service) { server in
            let far = try Far(server)
            try far.caller.send(VarlinkCall(method: CollectorMethod.get.fullName, parameters: ["id": "x"]).message)
            await asked.wait()
            _ = shutdown(far.replies.socket.descriptor, Int32(SHUT_RDWR))
            await far.ended.wait()
            // The daemon's call is cancelled, since nobody reads its reply.
            await gate.wait()
        }
    }
}
