import Glibc
import JSON
import Testing

@testable import Control

@Suite("Server and client over a real socket")
struct ServerTests {
    @Test("a call brings its typed reply, and the caller's uid is the kernel's")
    func status() async throws {
        try await TestServer.run { server in
            let reply = try server.client().call(StatusParameters())
            var expected = Samples.status
            expected.accounts = Int(getuid())
            #expect(reply == expected)
        }
    }

    @Test("a resource arrives whole: unicode, exact numbers, deep documents")
    func resource() async throws {
        try await TestServer.run { server in
            let reply = try server.client().call(GetParameters(id: "i-0"))
            #expect(reply.resources == [Samples.resource])
        }
    }

    @Test("a refresh that takes several replies tells its progress and ends with the summary")
    func refresh() async throws {
        try await TestServer.run { server in
            var replies = try server.client().stream(RefreshParameters(services: ["ec2"]))
            #expect(try replies.next()?.progress == nil)
            #expect(try replies.next()?.progress == Samples.progress)
            #expect(!replies.isFinished)
            #expect(try replies.next()?.summary == Samples.summary)
            #expect(replies.isFinished)
            #expect(try replies.next() == nil)
        }
    }

    @Test("a call that takes one reply gets one, although the method could send several")
    func refreshOnce() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            #expect(try client.call(RefreshParameters()).state == .running)
            #expect(try client.call(MetadataParameters(service: "s3")).units == [Samples.bareUnit])
            #expect(try client.call(RunsParameters(limit: 1)).runs == [Samples.summary])
        }
    }

    @Test("a connection goes on after a refusal, and refusals are typed")
    func refusals() async throws {
        try await TestServer.run { server in
            let client = try server.client()
            #expect(throws: ControlClientError.refused(.noSuchService("ec3"))) {
                try client.call(RefreshParameters(services: ["ec3"]))
            }
            #expect(throws: ControlClientError.refused(.noSuchRun("x"))) {
                try client.call(DescribeRunParameters(run: "x"))
            }
            #expect(throws: ControlClientError.refused(.reloadFailed(["collectord.conf:1:2: unknown key"]))) {
                try client.call(ReloadParameters())
            }
            #expect(throws: ControlClientError.refused(.invalidParameter("limit"))) {
                try client.call(RunsParameters(limit: 0))
            }
            #expect(try client.call(ConfigurationParameters()).text == "[Collector]\n")
        }
    }

    @Test(
        "what is not served is refused by its name",
        arguments: [
            (#"{"method":"io.inventorycollector.Collector.Explode"}"#, "org.varlink.service.MethodNotFound"),
            (#"{"method":"org.example.Other.Status"}"#, "org.varlink.service.InterfaceNotFound"),
            (#"{"method":"Status"}"#, "org.varlink.service.MethodNotFound"),
            (#"{"method":""}"#, "org.varlink.service.MethodNotFound"),
            (#"{"method":"org.varlink.service.GetInfo","parameters":{"x":1}}"#, "org.varlink.service.InvalidParameter"),
            (#"{"method":"org.varlink.service.GetInterfaceDescription"}"#, "org.varlink.service.InvalidParameter"),
            (
                #"{"method":"org.varlink.service.GetInterfaceDescription","parameters":{"interface":"org.example"}}"#,
                "org.varlink.service.InterfaceNotFound"
            ),
            (
                #"{"method":"io.inventorycollector.Collector.Status","parameters":{"verbose":true}}"#,
                "org.varlink.service.InvalidParameter"
            ), (#"{"parameters":{}}"#, "org.varlink.service.InvalidParameter"),
        ])
    func notServed(message: String, error: String) async throws {
        try await TestServer.run { server in
            let caller = try server.raw()
            try caller.send(message)
            #expect(try caller.receiveError() == error)
            try caller.send(#"{"method":"org.varlink.service.GetInfo"}"#)
            #expect(try caller.receive()?["parameters"]?["interfaces"]?.strings == InterfaceDescription.interfaces)
        }
    }

    @Test("calls sent in one go are answered in their order, slow ones first")
    func pipelining() async throws {
        let gate = Gate()
        try await TestServer.run(.slow(until: gate)) { server in
            let caller = try server.raw()
            let ids = ["slow"] + (0..<50).map(String.init)
            let messages = ids.map { id in
                VarlinkCall(method: CollectorMethod.get.fullName, parameters: ["id": .string(id)]).message
            }
            try caller.send(messages.flatMap(\.self))
            // Another caller is served while the first one waits.
            #expect(throws: ControlClientError.refused(.noSuchResource("quick"))) {
                try server.client().call(GetParameters(id: "quick"))
            }
            gate.open()
            for id in ids { #expect(try caller.receive()?["parameters"]?["id"]?.string == id) }
        }
    }

    @Test("a one-way call is carried out without a reply, even when the caller leaves at once")
    func oneway() async throws {
        let arrived = Gate()
        var service = TestService()
        service.onGet = { parameters throws(CollectorError) in
            if parameters.id == "last" { arrived.open() }
            throw .noSuchResource(parameters.id)
        }
        try await TestServer.run(service) { server in
            let caller = try server.raw()
            let quiet = VarlinkCall(method: CollectorMethod.get.fullName, parameters: ["id": "a"], oneway: true)
            try caller.send(quiet.message)
            try caller.send(#"{"method":"org.varlink.service.GetInfo"}"#)
            #expect(try caller.receive()?["parameters"]?["product"]?.string == "inventory-collectord")
            do {
                let leaving = try server.raw()
                let last = VarlinkCall(method: CollectorMethod.get.fullName, parameters: ["id": "last"], oneway: true)
                try leaving.send(last.message)
            }
            await arrived.wait()
        }
    }

    @Test("a caller that only stops sending still gets its replies")
    func halfClosed() async throws {
        try await TestServer.run { server in
            let caller = try server.raw()
            try caller.send(VarlinkCall(method: CollectorMethod.metadata.fullName, more: true).message)
            try caller.send(#"{"method":"org.varlink.service.GetInfo"}"#)
            caller.endInput()
            #expect(try caller.receive()?["continues"]?.bool == true)
            #expect(try caller.receive()?["continues"] == nil)
            #expect(try caller.receive()?["parameters"]?["version"]?.string == "1")
            #expect(try caller.receive() == nil)
        }
    }

    @Test("a caller that goes away cancels the method it called")
    func cancellation() async throws {
        let started = Gate(), cancelled = Gate()
        var service = TestService()
        service.onRefresh = { _, _, replies throws(CollectorError) in
            try await replies.send(RefreshReply(run: "r", joined: false, state: .running))
            started.open()
            await cancelled.openOnCancellation()
            throw .disconnected
        }
        try await TestServer.run(service) { server in
            do {
                var replies = try server.client().stream(RefreshParameters())
                _ = try replies.next()
                await started.wait()
            }
            await cancelled.wait()
        }
    }

    @Test("a stop lets calls go on for its grace, then cancels them, and refuses new ones")
    func stop() async throws {
        let started = Gate(), release = Gate()
        var service = TestService()
        service.onGet = { parameters throws(CollectorError) in
            started.open()
            await release.wait()
            throw .noSuchResource(parameters.id)
        }
        try await TestServer.run(service) { server in
            let caller = try server.raw()
            try caller.send(VarlinkCall(method: CollectorMethod.get.fullName, parameters: ["id": "a"]).message)
            await started.wait()
            async let stopped: Void = server.server.stop(grace: .seconds(60))
            while access(server.path, F_OK) == 0 { await Task.yield() }
            #expect(throws: ControlClientError.unreachable(.noSuchFile, path: server.path)) { try server.client() }
            try caller.send(#"{"method":"org.varlink.service.GetInfo"}"#)
            release.open()
            #expect(try caller.receiveError()?.hasSuffix("NoSuchResource") == true)
            // The second call was sent before the first one ended: it is refused, or the connection is closed.
            let late = try caller.receive()
            #expect(late == nil || late?["error"]?.string?.hasSuffix("ShuttingDown") == true)
            await stopped
        }
    }

    @Test("a method that ignores its cancellation does not hold up a stop")
    func stubborn() async throws {
        let started = Gate(), never = Gate()
        var service = TestService()
        service.onGet = { _ throws(CollectorError) in
            started.open()
            await never.wait()
            throw .shuttingDown
        }
        var limits = ControlLimits()
        limits.cancellation = .milliseconds(20)
        try await TestServer.run(service, limits: limits) { server in
            let caller = try server.raw()
            try caller.send(VarlinkCall(method: CollectorMethod.get.fullName, parameters: ["id": "a"]).message)
            await started.wait()
            await server.server.stop(grace: .milliseconds(10))
            await server.server.stop(grace: .zero)
            #expect(try caller.receive() == nil)
            #expect(await server.nextDrop() == .stopped)
        }
        never.open()
    }
}
