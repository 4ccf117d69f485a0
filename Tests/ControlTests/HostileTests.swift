import Glibc
import JSON
import Testing

@testable import Control

@Suite("Callers that mean harm, or are broken, harm nobody else")
struct HostileTests {
    @Test(
        "a message that is no JSON object ends its connection and no other",
        arguments: [
            [], Array("nonsense".utf8), Array("[1]".utf8), Array(#"{"method":"a.B""#.utf8), [0xFF, 0xFE],
            Array(#"{"method":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8), Array(#"{"method":"a\"#.utf8),
            Array(repeating: UInt8(ascii: "["), count: 100_000), Array(#"{"method":"a.B"} {}"#.utf8),
        ])
    func malformed(message: [UInt8]) async throws {
        try await TestServer.run { server in
            let good = try server.client()
            let bad = try server.raw()
            try bad.send(message + [0])
            #expect(try bad.receive() == nil)
            #expect(await server.nextDrop() == .malformedMessage)
            #expect(try good.call(StatusParameters()).version == "1")
        }
    }

    @Test("a message of more than a mebibyte ends its connection, one of just that size is read")
    func oversized() async throws {
        try await TestServer.run { server in
            let caller = try server.raw()
            let head = #"{"method":"org.varlink.service.GetInfo","x":""#, tail = #""}"#
            let padding = (1 << 20) - head.utf8.count - tail.utf8.count
            try caller.send(head + String(repeating: "x", count: padding) + tail)
            #expect(try caller.receive()?["parameters"]?["version"]?.string == "1")
            // The end may come while the caller still sends.
            _ = try? caller.send([UInt8](repeating: 0x20, count: 3 << 20))
            #expect(try caller.receive() == nil)
            #expect(await server.nextDrop() == .messageTooLong)
            #expect(try server.client().call(StatusParameters()).version == "1")
        }
    }

    @Test("a message that is never finished ends its connection; one that has not begun does not")
    func unfinished() async throws {
        var limits = ControlLimits()
        limits.partialMessage = .milliseconds(50)
        try await TestServer.run(limits: limits) { server in
            let idle = try server.client()
            let slow = try server.raw()
            try slow.send(#"{"method":"#, nul: false)
            #expect(await server.nextDrop() == .messageUnfinished)
            #expect(try slow.receive() == nil)
            #expect(try idle.call(StatusParameters()).version == "1")
        }
    }

    @Test("a caller that does not read holds back its own method, is dropped in time, and bounds the memory")
    func slowReader() async throws {
        let cancelled = Gate()
        var service = TestService()
        let page = ListReply(resources: Array(repeating: Samples.resource, count: 1000))
        let sent = Counter()
        service.onList = { _, context, replies throws(CollectorError) in
            guard context.wantsMore else { return ListReply(resources: []) }
            do throws(CollectorError) {
                while true {
                    try await replies.send(page)
                    sent.increment()
                }
            } catch {
                cancelled.open()
                throw error
            }
        }
        var limits = ControlLimits()
        limits.unreadReplies = .milliseconds(100)
        try await TestServer.run(service, limits: limits) { server in
            let slow = try server.raw()
            try slow.send(VarlinkCall(method: CollectorMethod.list.fullName, more: true).message)
            #expect(await server.nextDrop() == .repliesUnread)
            await cancelled.wait()
            let size = page.wire.serialized.count
            #expect(sent.count * size < limits.outputQueueInBytes + 2 * size + (1 << 20))
            #expect(try server.client().call(ListParameters()).resources.isEmpty)
        }
    }

    @Test("a slow but steady reader gets everything, in order")
    func steadyReader() async throws {
        var service = TestService()
        service.onList = { _, _, replies throws(CollectorError) in
            for page in 0..<30 {
                var resource = Samples.resource
                resource.resourceID = String(page)
                try await replies.send(ListReply(resources: Array(repeating: resource, count: 700)))
            }
            return ListReply(resources: [])
        }
        try await TestServer.run(service) { server in
            var replies = try server.client().stream(ListParameters())
            for page in 0..<30 {
                let reply = try #require(try replies.next())
                #expect(reply.resources.count == 700 && reply.resources.last?.resourceID == String(page))
            }
            #expect(try replies.next()?.resources.isEmpty == true)
        }
    }

    @Test("a reply beyond its bound is refused by name, alone and as one of several")
    func tooLarge() async throws {
        var limits = ControlLimits()
        limits.replyInBytes = 10_000
        var service = TestService()
        service.onList = { parameters, _, replies throws(CollectorError) in
            let reply = ListReply(resources: Array(repeating: Samples.resource, count: parameters.limit ?? 1))
            try await replies.send(reply)
            return reply
        }
        try await TestServer.run(service, limits: limits) { server in
            let client = try server.client()
            #expect(try client.call(ListParameters(limit: 5)).resources.count == 5)
            #expect(throws: ControlClientError.refused(.replyTooLarge(10_000))) {
                try client.call(ListParameters(limit: 100))
            }
            var replies = try client.stream(ListParameters(limit: 100))
            #expect(throws: ControlClientError.refused(.replyTooLarge(10_000))) { try replies.next() }
            #expect(try client.call(StatusParameters()).version == "1")
        }
    }

    @Test("one user has 16 connections at most, and one that ends makes room for another")
    func manyConnections() async throws {
        try await TestServer.run { server in
            var callers: [RawCaller] = []
            for _ in 0..<100 { callers.append(try server.raw()) }
            var served: [RawCaller] = []
            for caller in callers {
                _ = try? caller.send(#"{"method":"org.varlink.service.GetInfo"}"#)
                if try caller.receive() != nil { served.append(caller) }
            }
            #expect(served.count == 16)
            callers = []
            served = []
            // The places are free again once the server has seen the ends.
            while true {
                let caller = try server.raw()
                _ = try? caller.send(#"{"method":"org.varlink.service.GetInfo"}"#)
                if try caller.receive() != nil { break }
                await Task.yield()
            }
        }
    }

    @Test("random bytes in random pieces never stop the server")
    func noise() async throws {
        try await TestServer.run { server in
            var generator = SystemRandomNumberGenerator()
            for _ in 0..<60 {
                let caller = try server.raw()
                let size = Int.random(in: 1...5000, using: &generator)
                let noise = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
                _ = try? caller.send(noise)
            }
            while true {
                if let reply = try? server.client().call(StatusParameters()) {
                    #expect(reply.version == "1")
                    return
                }
                await Task.yield()
            }
        }
    }
}
