import Control
import Glibc
import JSON
import Testing

@testable import collectorctl

@Suite("Waiting for a run", .timeLimit(.minutes(2)))
struct WaitTests {
    /// A refresh that tells some progress and ends in that state.
    private static func ending(_ state: RunState, _ outcomes: [String: Int], joined: Bool = false) -> ScriptedDaemon {
        var daemon = ScriptedDaemon()
        daemon.onRefresh = { _, replies, wantsMore throws(CollectorError) in
            var reply = RefreshReply(run: "r1", joined: joined, state: .running)
            guard wantsMore else { return reply }
            try await replies.send(reply)
            reply.progress = Samples.progress
            try await replies.send(reply)
            return RefreshReply(
                run: "r1", joined: joined, state: state, summary: Samples.run(state, outcomes: outcomes))
        }
        return daemon
    }

    @Test("Without --wait the id of the run is all that is printed")
    func noWait() async throws {
        let result = try await collectorctl("refresh", "-s", "ec2", daemon: Self.ending(.succeeded, [:]))
        #expect(result.code == 0)
        #expect(result.output == "r1\n")
        #expect(result.errors.isEmpty)
        let joined = try await collectorctl("refresh", daemon: Self.ending(.succeeded, [:], joined: true))
        #expect(joined.output == "r1\n")
        #expect(joined.errors.contains("joined"))
    }

    @Test(
        "The end of the run decides about the exit code",
        arguments: [
            (RunState.succeeded, ["complete": 4], Int32(0)), (.partial, ["complete": 3, "denied": 1], 7),
            (.failed, ["credentials": 4], 8), (.failed, ["failed": 4], 1), (.cancelled, ["cancelled": 4], 10),
        ])
    func exitCodes(state: RunState, outcomes: [String: Int], code: Int32) async throws {
        let result = try await collectorctl("refresh", "--wait", daemon: Self.ending(state, outcomes))
        #expect(result.code == code)
        #expect(result.output.hasPrefix("r1\nrun r1 \(state.rawValue) in 1m 40s\n"))
        #expect(result.output.contains("42: 1 created, 2 updated, 3 deleted, 36 unchanged"))
        #expect(result.errors.contains("run r1 started\n"))
        #expect(result.errors.contains("run r1 \(state.rawValue) after"))
        #expect(!result.errors.contains("\u{1B}"), "plain lines where nobody looks")
    }

    @Test("Problems are told with account, region, operation and what to do")
    func problems() async throws {
        let result = try await collectorctl(
            "refresh", "--wait", "--progress", "none", daemon: Self.ending(.partial, ["complete": 1, "denied": 1]))
        #expect(result.errors.isEmpty)
        #expect(
            result.output.contains(
                "111122223333 eu-west-1 ec2/vpc: denied (DescribeVpcs: UnauthorizedOperation)\n"))
        #expect(result.output.contains("→ allow the operation"))
    }

    @Test("--progress json prints nothing but JSON lines, the last one with the summary")
    func jsonProgress() async throws {
        let result = try await collectorctl(
            "refresh", "--wait", "--progress", "json", daemon: Self.ending(.partial, ["denied": 1, "complete": 3]))
        #expect(result.code == 7)
        let lines = try result.output.split(separator: "\n").map { try JSONValue.parse($0.utf8) }
        #expect(lines.map { $0["event"] } == ["started", "progress", "finished"])
        #expect(lines.allSatisfy { $0["run"] == "r1" })
        #expect(lines[1]["progress"]?["planned"] == 4)
        #expect(lines[2]["summary"]?["outcomes"]?["denied"] == 1)
    }

    @Test("-o json prints the summary alone, as one document")
    func jsonSummary() async throws {
        let result = try await collectorctl("refresh", "-w", "-o", "json", daemon: Self.ending(.succeeded, [:]))
        #expect(try JSONValue.parse(result.output)["id"] == "r1")
    }

    @Test("A wait that times out ends with 9, leaves the run, and says how to come back")
    func timeout() async throws {
        var daemon = ScriptedDaemon()
        daemon.onRefresh = { _, replies, _ throws(CollectorError) in
            try await replies.send(RefreshReply(run: "r1", joined: false, state: .running))
            await Wait.untilCancelled()
            throw .disconnected
        }
        let result = try await collectorctl("refresh", "--wait", "--timeout", "1s", daemon: daemon)
        #expect(result.code == 9)
        #expect(result.errors.contains("collectorctl show --wait r1"))
    }

    @Test("Ctrl-C leaves the run alone, ends with 130, and says how to come back")
    func interrupt() async throws {
        let (told, sink) = AsyncStream.makeStream(of: Void.self)
        var daemon = ScriptedDaemon()
        daemon.onRefresh = { _, replies, _ throws(CollectorError) in
            try await replies.send(RefreshReply(run: "r1", joined: false, state: .running))
            sink.yield()
            await Wait.untilCancelled()
            throw .disconnected
        }
        try await RunningDaemon.serving(daemon) { running in
            let run = try running.start(["refresh", "--wait"])
            for await _ in told { break }
            kill(run.process, SIGINT)
            let result = try await run.result()
            #expect(result.code == 130)
            #expect(result.errors.contains("run r1 goes on"))
            #expect(result.errors.contains("collectorctl show --wait r1"))
        }
    }

    @Test("A daemon that is restarted is found again, and the run followed to its end")
    func reattach() async throws {
        let (told, sink) = AsyncStream.makeStream(of: Void.self)
        var first = ScriptedDaemon()
        first.onRefresh = { _, replies, _ throws(CollectorError) in
            try await replies.send(RefreshReply(run: "r1", joined: false, state: .running))
            sink.yield()
            await Wait.untilCancelled()
            throw .shuttingDown
        }
        try await withTemporaryDirectory { directory in
            let server = try RunningDaemon.start(first, path: "\(directory)/control")
            let run = try ProgramRun(["--socket", "\(directory)/control", "refresh", "--wait"], in: directory)
            for await _ in told { break }
            await server.stop(grace: .zero)
            let second = try RunningDaemon.start(ScriptedDaemon(), path: "\(directory)/control")
            let result = try await run.result()
            await second.stop(grace: .zero)
            #expect(result.code == 0, "\(result.errors)")
            #expect(result.errors.contains("the connection was lost"))
            #expect(result.output.contains("run r1 succeeded"))
        }
    }

    @Test("show --wait follows a run by its id, and an unknown one is not found")
    func show() async throws {
        var daemon = ScriptedDaemon()
        daemon.onDescribe = { parameters, replies throws(CollectorError) in
            guard parameters.run == "r1" else { throw .noSuchRun(parameters.run) }
            try await replies.send(
                DescribeRunReply(run: "r1", state: .running, progress: Samples.progress, summary: Samples.run(.running))
            )
            return DescribeRunReply(run: "r1", state: .partial, summary: Samples.run(.partial, outcomes: ["denied": 1]))
        }
        let result = try await collectorctl("show", "--wait", "r1", daemon: daemon)
        #expect(result.code == 7)
        #expect(result.output.hasPrefix("run r1 partial"))
        #expect(try await collectorctl("show", "--wait", "r9", daemon: daemon).code == 3)
    }

    @Test("Options of the wait are refused without it", arguments: [["refresh"], ["show", "r1"]])
    func withoutWait(words: [String]) async throws {
        try await RunningDaemon.serving { daemon in
            let result = try await daemon.start(words + ["--timeout", "5"]).result()
            #expect(result.code == 2)
            #expect(result.errors.contains("--timeout goes with --wait"))
        }
    }
}

/// Waits in scripted methods.
enum Wait {
    /// Returns when the caller is gone or the server stops.
    static func untilCancelled() async {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        await withTaskCancellationHandler {
            for await _ in stream {}
        } onCancel: {
            continuation.finish()
        }
    }
}
