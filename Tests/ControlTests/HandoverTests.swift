import Glibc
import JSON
import Synchronization
import Testing

@testable import Control

@Suite("Callers handed over to the next process")
struct HandoverTests {
    /// Descriptors between two servers, as the service manager would keep them.
    private final class Store: Sendable {
        private let kept = Mutex<[Int32]>([])
        let arrivals: AsyncStream<Int32>
        private let continuation: AsyncStream<Int32>.Continuation

        init() { (arrivals, continuation) = AsyncStream.makeStream(of: Int32.self) }

        func keep(_ descriptor: Int32) {
            let copy = dup(descriptor)
            kept.withLock { $0.append(copy) }
            continuation.yield(copy)
        }

        func take() -> [Int32] {
            kept.withLock { kept in
                defer { kept = [] }
                return kept
            }
        }

        func next() async -> Int32? {
            var iterator = arrivals.makeAsyncIterator()
            return await iterator.next()
        }
    }

    private static func successor(_ connections: [Int32]) throws -> ControlServer {
        let server = try ControlServer(interface: TestService(), product: TestServer.product)
        try server.start([], connections: connections)
        return server
    }

    @Test("a connection between two calls goes on, with what was sent meanwhile, and as the same user")
    func idle() async throws {
        try await TestServer.run { server in
            let caller = try server.raw()
            try caller.send(VarlinkCall(method: CollectorMethod.status.fullName).message)
            _ = try caller.receive()
            let store = Store()
            server.server.handOver { store.keep($0) }
            _ = await store.next()
            // Two at once, and nobody there to read them.
            let message = VarlinkCall(method: CollectorMethod.status.fullName).message
            try caller.send(message + message)
            await server.server.stop(grace: .seconds(10))
            let next = try Self.successor(store.take())
            for _ in 0..<2 {
                let reply = try caller.receive()
                #expect(reply?["parameters"]?["accounts"] == .integer(Int64(getuid())))
            }
            await next.stop(grace: .zero)
        }
    }

    @Test("a call under way is answered first; what follows it is answered too, here or by the next process")
    func busy() async throws {
        let started = Gate(), release = Gate()
        var service = TestService()
        service.onGet = { _ in
            started.open()
            await release.wait()
            return GetReply(resources: [])
        }
        try await TestServer.run(service) { server in
            let caller = try server.raw()
            try caller.send(VarlinkCall(method: CollectorMethod.get.fullName, parameters: ["id": "a"]).message)
            await started.wait()
            let store = Store()
            server.server.handOver { store.keep($0) }
            try caller.send(VarlinkCall(method: CollectorMethod.get.fullName, parameters: ["id": "i-0"]).message)
            release.open()
            #expect(try caller.receive()?["parameters"]?["resources"] == .array([]))
            _ = await store.next()
            await server.server.stop(grace: .seconds(10))
            let next = try Self.successor(store.take())
            #expect(try caller.receive()?["parameters"]?["resources"] != nil)
            await next.stop(grace: .zero)
        }
    }

    @Test("a message that was begun is read to its end and answered before the connection leaves")
    func partial() async throws {
        try await TestServer.run { server in
            let caller = try server.raw()
            let message = VarlinkCall(method: CollectorMethod.status.fullName).message
            // The whole call first: then the server reads, and the rest below comes as a part.
            try caller.send(message + message.prefix(10))
            _ = try caller.receive()
            let store = Store()
            server.server.handOver { store.keep($0) }
            try caller.send(Array(message.dropFirst(10)))
            #expect(try caller.receive()?["parameters"]?["version"] != nil)
            _ = await store.next()
            await server.server.stop(grace: .seconds(10))
            for descriptor in store.take() { close(descriptor) }
        }
    }

    @Test("who has closed the connection is not handed over")
    func gone() async throws {
        try await TestServer.run { server in
            let caller = try server.raw()
            try caller.send(VarlinkCall(method: CollectorMethod.status.fullName).message)
            _ = try caller.receive()
            caller.endInput()
            #expect(try caller.receive() == nil)
            let store = Store()
            server.server.handOver { store.keep($0) }
            await server.server.stop(grace: .seconds(10))
            #expect(store.take().isEmpty)
        }
    }
}
