import JSON
import Synchronization
import Testing

@testable import AWS

@Suite("HTTP transport")
struct TransportTests {
    @Test("Requests in turn share one connection")
    func keepAlive() async throws {
        let server = try LocalServer { request, connection in connection.reply(text: request.target) }
        let transport = try HTTPTransport()
        for index in 0..<20 {
            let reply = try await transport.send(HTTPRequest(method: "GET", url: "\(server.url)/\(index)?x=%2F"))
            #expect(reply.status == 200)
            #expect(try await reply.body.collect(limit: 100) == Array("/\(index)?x=%2F".utf8))
        }
        #expect(server.connectionCount == 1)
        transport.close()
        #expect(transport.counters.requests == 20)
        #expect(transport.counters.connections == 1)
    }

    @Test(
        "Method, path, header fields and body arrive as given",
        arguments: [
            ("GET", ""), ("POST", "Action=X"), ("POST", ""), ("PUT", "body"), ("DELETE", ""), ("HEAD", ""),
            ("PATCH", "{}"), ("GET", "odd"), ("DELETE", "odd"),
        ])
    func asGiven(method: String, body: String) async throws {
        let seen = Mutex<LocalServer.Request?>(nil)
        let server = try LocalServer { request, connection in
            seen.withLock { $0 = request }
            guard request.method == "HEAD" else { return connection.reply() }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        }
        let transport = try HTTPTransport()
        let request = HTTPRequest(
            method: method, url: "\(server.url)/a/../b//c/%2e%2E/%c3%A4%20?q=1&q=",
            headers: [("X-One", "1"), ("X-Empty", ""), ("X-Two", "a: b; c")], body: SharedBytes(Array(body.utf8)))
        // The same handle serves both: nothing of the first request may be left in the second.
        for request in [HTTPRequest(method: "POST", url: server.url, body: [1, 2, 3]), request] {
            let reply = try await transport.send(request)
            #expect(try await reply.body.next() == nil)
        }
        let got = try #require(seen.withLock { $0 })
        #expect(got.method == method)
        #expect(got.target == "/a/../b//c/%2e%2E/%c3%A4%20?q=1&q=")
        #expect(got.body == Array(body.utf8))
        #expect(got["X-One"] == "1" && got["X-Empty"] == "" && got["X-Two"] == "a: b; c")
        #expect(got["Expect"] == nil && got["Accept"] == nil && got["Content-Type"] == nil)
        #expect(got["Host"] == "127.0.0.1:\(server.port)")
    }

    @Test("Reply header fields keep order and spelling; interim replies fall away")
    func headers() async throws {
        let server = try LocalServer { _, connection in
            connection.send("HTTP/1.1 103 Early\r\nX-Early: 1\r\n\r\n")
            connection.send("HTTP/1.1 404 No\r\nX-B:  two  \r\nX-A: 1\r\nx-b: three\r\nContent-Length: 0\r\n\r\n")
        }
        let transport = try HTTPTransport()
        let reply = try await transport.send(HTTPRequest(method: "GET", url: server.url))
        #expect(reply.status == 404)
        #expect(reply.headers.fields.map(\.name) == ["X-B", "X-A", "x-b", "Content-Length"])
        #expect(reply.headers["X-b"] == "two")
        #expect(try await reply.body.next() == nil)
    }

    @Test("A redirect is an ordinary reply")
    func redirect() async throws {
        let server = try LocalServer { _, connection in connection.reply(301, headers: [("Location", "/else")]) }
        let transport = try HTTPTransport()
        #expect(try await transport.send(HTTPRequest(method: "GET", url: server.url)).status == 301)
        #expect(server.requestCount == 1)
    }

    @Test("500 parallel requests end, on no more connections than allowed")
    func parallel() async throws {
        let server = try LocalServer { request, connection in connection.reply(text: request.target) }
        let transport = try HTTPTransport(TransportOptions(connections: 16))
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<500 {
                group.addTask {
                    let reply = try await transport.send(HTTPRequest(method: "GET", url: "\(server.url)/\(index)"))
                    return try await reply.body.collect(limit: 100).count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == (0..<500).reduce(0) { $0 + "/\($1)".utf8.count })
        #expect(server.connectionCount <= 16)
    }

    @Test("A huge reply streams through; a slow reader holds a bounded amount")
    func backpressure() async throws {
        let sent = Mutex(0)
        let total = 64 << 20
        let server = try LocalServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = [UInt8](repeating: 7, count: 1 << 16)
            for _ in 0..<(total >> 16) {
                guard connection.sendChunk(chunk) else { return }
                sent.withLock { $0 += chunk.count }
            }
            connection.send("0\r\n\r\n")
        }
        let transport = try HTTPTransport()
        let reply = try await transport.send(HTTPRequest(method: "GET", url: server.url))
        var read = 0
        var largest = 0
        var ahead = 0
        while let chunk = try await reply.body.next() {
            read += chunk.count
            largest = max(largest, chunk.count)
            ahead = max(ahead, sent.withLock { $0 } - read)
        }
        #expect(read == total)
        #expect(largest <= Exchange.unreadLimit + (64 << 10))
        // What is ahead of the reader stands in our buffer, curl's, and the two sockets' (a few MiB on loopback).
        #expect(ahead < 16 << 20)
    }

    @Test("An unread reply pauses its sender, and others go on")
    func pausedSender() async throws {
        let isBlocked = Gate()
        let server = try LocalServer { request, connection in
            guard request.target == "/huge" else { return connection.reply(text: "small") }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(1 << 30)\r\n\r\n")
            isBlocked.open()
            let chunk = [UInt8](repeating: 1, count: 1 << 20)
            while connection.send(chunk) {}
        }
        let transport = try HTTPTransport()
        let huge = try await transport.send(HTTPRequest(method: "GET", url: "\(server.url)/huge"))
        for _ in 0..<10 {
            let reply = try await transport.send(HTTPRequest(method: "GET", url: "\(server.url)/"))
            #expect(try await reply.body.collect(limit: 10) == Array("small".utf8))
        }
        #expect(transport.counters.bytesIn < 4096)  // the huge exchange has not ended
        let first = try #require(try await huge.body.next())
        #expect(first.count <= Exchange.unreadLimit + (64 << 10))
        huge.body.discard()
        await #expect(throws: HTTPError.cancelled) { try await huge.body.next() }
        transport.close()
        #expect(transport.counters.bytesIn < 64 << 20)
    }

    @Test("A body larger than the reader's bound is refused")
    func tooLarge() async throws {
        let server = try LocalServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            connection.send([UInt8](repeating: 1, count: 1_000_000))
        }
        let transport = try HTTPTransport()
        let reply = try await transport.send(HTTPRequest(method: "GET", url: server.url))
        await #expect(throws: HTTPError.tooLarge(limit: 500_000)) { try await reply.body.collect(limit: 500_000) }
    }

    @Test("Dropping a body unread ends its exchange")
    func droppedBody() async throws {
        let (closes, closed) = AsyncStream<Void>.makeStream()
        let server = try LocalServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nstart")
            connection.waitForClose()
            closed.yield()
        }
        let transport = try HTTPTransport()
        _ = try await transport.send(HTTPRequest(method: "GET", url: server.url))
        var iterator = closes.makeAsyncIterator()
        #expect(await iterator.next() != nil)
        #expect(transport.counters.requests == 1)
    }

    @Test("Small reads of a body that trickles in give every byte once")
    func trickle() async throws {
        let server = try LocalServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for index in 0..<300 { connection.sendChunk([UInt8](repeating: UInt8(index & 255), count: index + 1)) }
            connection.send("0\r\nTrailer: x\r\n\r\n")
        }
        let transport = try HTTPTransport()
        let reply = try await transport.send(HTTPRequest(method: "GET", url: server.url))
        let expected = (0..<300).flatMap { [UInt8](repeating: UInt8($0 & 255), count: $0 + 1) }
        #expect(try await reply.body.collect(limit: 1 << 20) == expected)
        #expect(try await reply.body.next() == nil)
    }

    @Test("A large request body arrives whole")
    func upload() async throws {
        let server = try LocalServer { request, connection in
            connection.reply(text: SHA256.hash(request.body).hex)
        }
        let transport = try HTTPTransport()
        let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let reply = try await transport.send(HTTPRequest(method: "POST", url: server.url, body: SharedBytes(body)))
        #expect(try await reply.body.collect(limit: 100) == Array(SHA256.hash(body).hex.utf8))
    }
}
