import Synchronization
import Testing

@testable import AWS

#if canImport(Glibc)
    import Glibc
#endif

@Suite("HTTP transport under faults")
struct TransportFaultTests {
    static let faults: [(String, @Sendable (LocalServer.Connection) -> Void)] = [
        ("closed without a reply", { $0.close() }),
        ("reset without a reply", { $0.reset() }),
        (
            "no HTTP",
            { connection in
                connection.send("SSH-2.0-OpenSSH_9\r\n")
                connection.close()
            }
        ),
        (
            "header cut off",
            { connection in
                connection.send("HTTP/1.1 200 OK\r\nContent-Le")
                connection.close()
            }
        ),
        (
            "body shorter than announced",
            { connection in
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort")
                connection.close()
            }
        ),
        (
            "large body shorter than announced",
            { connection in
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\nshort")
                connection.close()
            }
        ),
        (
            "chunked body without its end",
            { connection in
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                connection.sendChunk([1, 2, 3])
                connection.close()
            }
        ),
        (
            "nonsense chunk size",
            { connection in
                connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n")
                connection.waitForClose()
            }
        ),
        (
            "reset inside the body",
            { connection in
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
                connection.send([UInt8](repeating: 0, count: 100_000))
                connection.reset()
            }
        ),
        (
            "negative length",
            { connection in
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")
                connection.waitForClose()
            }
        ),
    ]

    @Test("A broken exchange is `broken`, named by its host", arguments: faults.indices)
    func broken(index: Int) async throws {
        let fault = Self.faults[index].1
        let server = try LocalServer { _, connection in fault(connection) }
        let transport = try HTTPTransport()
        let error = await #expect(throws: HTTPError.self, "\(Self.faults[index].0)") {
            let reply = try await transport.send(HTTPRequest(method: "GET", url: "\(server.url)/secret?token=secret"))
            _ = try await reply.body.collect(limit: 1 << 20)
        }
        guard case .broken(let host, let reason) = error else {
            Issue.record("\(Self.faults[index].0): \(String(describing: error))")
            return
        }
        #expect(host == "127.0.0.1:\(server.port)")
        #expect(!reason.isEmpty && !reason.contains("secret"))
    }

    @Test("A header larger than its bound is refused", arguments: [1, 1000])
    func oversizedHeader(lines: Int) async throws {
        let server = try LocalServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\n")
            for line in 0..<lines {
                connection.send("X-\(line): " + String(repeating: "a", count: 90_000 / lines) + "\r\n")
            }
            connection.send("\r\n")
            connection.waitForClose()
        }
        let transport = try HTTPTransport()
        await #expect(throws: HTTPError.tooLarge(limit: 64 << 10)) {
            try await transport.send(HTTPRequest(method: "GET", url: server.url))
        }
    }

    @Test(
        "Silence, before the reply or inside the body, ends in the idle time-out",
        arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc"])
    func silence(start: String) async throws {
        let server = try LocalServer { _, connection in
            connection.send(start)
            connection.waitForClose()
        }
        let transport = try HTTPTransport()
        var request = HTTPRequest(method: "POST", url: server.url, body: [1])
        request.timeouts.idle = .milliseconds(200)
        let error = await #expect(throws: HTTPError.self) {
            _ = try await transport.send(request).body.collect(limit: 1 << 20)
        }
        let phase = start.hasSuffix("abc") ? "body" : "reply"
        #expect(error == .timedOut(host: "127.0.0.1:\(server.port)", phase: phase))
    }

    @Test("A body that never ends, though bytes keep coming, ends in the total time-out")
    func total() async throws {
        let server = try LocalServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while connection.sendChunk([1]) { usleep(5000) }
        }
        let transport = try HTTPTransport()
        var request = HTTPRequest(method: "GET", url: server.url)
        request.timeouts.idle = .seconds(5)
        request.timeouts.total = .milliseconds(300)
        let sent = request
        await #expect(throws: HTTPError.timedOut(host: "127.0.0.1:\(server.port)", phase: "total")) {
            _ = try await transport.send(sent).body.collect(limit: 1 << 20)
        }
    }

    @Test("A request that waits for a connection ends in the total time-out too")
    func totalInQueue() async throws {
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        let server = try LocalServer { _, connection in
            arrived.yield()
            connection.waitForClose()
        }
        let transport = try HTTPTransport(TransportOptions(connections: 1))
        let first = Task { try await transport.send(HTTPRequest(method: "GET", url: server.url)) }
        var iterator = arrivals.makeAsyncIterator()
        _ = await iterator.next()
        var request = HTTPRequest(method: "GET", url: server.url)
        request.timeouts.total = .milliseconds(100)
        let sent = request
        await #expect(throws: HTTPError.timedOut(host: "127.0.0.1:\(server.port)", phase: "queue")) {
            try await transport.send(sent)
        }
        first.cancel()
        await #expect(throws: HTTPError.cancelled) { try await first.value }
    }

    @Test("The reader's own pause is no silence")
    func ownPause() async throws {
        let server = try LocalServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(8 << 20)\r\n\r\n")
            connection.send([UInt8](repeating: 1, count: 8 << 20))
        }
        let transport = try HTTPTransport()
        var request = HTTPRequest(method: "GET", url: server.url)
        request.timeouts.idle = .milliseconds(100)
        let reply = try await transport.send(request)
        // Longer than the idle bound on purpose: the elapsed time itself is what is tested.
        try await Task.sleep(for: .milliseconds(400))
        #expect(try await reply.body.collect(limit: 8 << 20).count == 8 << 20)
    }

    @Test("Cancelling while the reply is awaited closes the connection at once")
    func cancelHead() async throws {
        let (events, event) = AsyncStream<String>.makeStream()
        let server = try LocalServer { _, connection in
            event.yield("arrived")
            connection.waitForClose()
            event.yield("closed")
        }
        let transport = try HTTPTransport()
        let task = Task { try await transport.send(HTTPRequest(method: "GET", url: server.url)) }
        var iterator = events.makeAsyncIterator()
        #expect(await iterator.next() == "arrived")
        task.cancel()
        await #expect(throws: HTTPError.cancelled) { try await task.value }
        #expect(await iterator.next() == "closed")
    }

    @Test("Cancelling while the body is awaited closes the connection at once")
    func cancelBody() async throws {
        let (events, event) = AsyncStream<String>.makeStream()
        let server = try LocalServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            connection.sendChunk([1])
            connection.waitForClose()
            event.yield("closed")
        }
        let transport = try HTTPTransport()
        let reply = try await transport.send(HTTPRequest(method: "GET", url: server.url))
        #expect(try await reply.body.next() == [1])
        let task = Task { try await reply.body.next() }
        task.cancel()
        await #expect(throws: HTTPError.cancelled) { try await task.value }
        var iterator = events.makeAsyncIterator()
        #expect(await iterator.next() == "closed")
    }

    @Test("A cancelled task sends nothing")
    func cancelledBefore() async throws {
        let server = try LocalServer { _, connection in connection.reply() }
        let transport = try HTTPTransport()
        let gate = AsyncStream<Void>.makeStream()
        let task = Task {
            for await _ in gate.stream {}
            _ = try await transport.send(HTTPRequest(method: "GET", url: server.url))
        }
        task.cancel()
        await #expect(throws: HTTPError.cancelled) { try await task.value }
        #expect(server.requestCount == 0)
    }

    @Test("Closing fails what is in flight, what waits and what comes later")
    func close() async throws {
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        let server = try LocalServer { _, connection in
            arrived.yield()
            connection.waitForClose()
        }
        let transport = try HTTPTransport(TransportOptions(connections: 1))
        let request = HTTPRequest(method: "GET", url: server.url)
        let tasks = (0..<5).map { _ in Task { try await transport.send(request) } }
        var iterator = arrivals.makeAsyncIterator()
        _ = await iterator.next()
        transport.close()
        transport.close()
        for task in tasks { await #expect(throws: HTTPError.closed) { try await task.value } }
        await #expect(throws: HTTPError.closed) { try await transport.send(request) }
    }

    @Test("An address nothing listens on is `unreachable`")
    func refused() async throws {
        let server = try LocalServer { _, _ in }
        server.stop()
        let transport = try HTTPTransport()
        let error = await #expect(throws: HTTPError.self) {
            try await transport.send(HTTPRequest(method: "GET", url: server.url))
        }
        guard case .unreachable(let host, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(host == "127.0.0.1:\(server.port)")
    }

    @Test(
        "Only http and https are spoken, and a header field cannot smuggle another",
        arguments: ["file:///etc/passwd", "ftp://127.0.0.1/", "127.0.0.1", "", "http://"])
    func addresses(url: String) async throws {
        let transport = try HTTPTransport()
        let error = await #expect(throws: HTTPError.self) {
            try await transport.send(HTTPRequest(method: "GET", url: url))
        }
        guard case .unreachable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        await #expect(
            throws: HTTPError.broken(host: "127.0.0.1:9", reason: "a request header field holds a line break")
        ) {
            try await transport.send(
                HTTPRequest(method: "GET", url: "http://127.0.0.1:9/", headers: [("X-A", "1\r\nX-B: 2")]))
        }
    }

    @Test("A kept connection that the server has closed is replaced without an error")
    func staleConnection() async throws {
        let server = try LocalServer { request, connection in
            connection.reply(text: "ok")
            connection.close()
        }
        let transport = try HTTPTransport()
        for _ in 0..<5 {
            let reply = try await transport.send(HTTPRequest(method: "POST", url: server.url, body: [1]))
            #expect(try await reply.body.collect(limit: 10) == Array("ok".utf8))
        }
        #expect(server.connectionCount == 5)
    }

    @Test(
        "Messages name host and port, never user, path or query",
        arguments: [
            ("https://user:secret@ec2.eu-west-1.amazonaws.com:8443/path?token=1", "ec2.eu-west-1.amazonaws.com:8443"),
            ("http://[::1]:80/", "[::1]:80"), ("http://host", "host"), ("http://host?x@y", "host"), ("nonsense", ""),
        ])
    func hosts(url: String, host: String) {
        #expect(HTTPTransport.host(of: url) == host)
    }
}
