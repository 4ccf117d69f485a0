import Control
import Testing

@testable import collectorctl

/// `bridge` as the far end of a pipe.
@Suite("The bridge in a pipe", .timeLimit(.minutes(1)))
struct BridgeTests {
    @Test("a call piped into it has its reply, however late, before the bridge ends")
    func pipedCall() async throws {
        var daemon = ScriptedDaemon()
        let describe = daemon.onDescribe
        daemon.onDescribe = { parameters, replies throws(CollectorError) in
            // Long after the pipe has ended, which nothing on this side can be told of.
            try? await Task.sleep(for: .milliseconds(300))
            return try await describe(parameters, replies)
        }
        let call = #"{"method":"io.inventorycollector.Collector.DescribeRun","parameters":{"run":"r1"}}"#
        let result = try await RunningDaemon.serving(daemon) { running in
            try await ProgramRun(
                [
                    "-c",
                    "printf '%s\\0%s\\0' '\(call)' '\(call)' | \(ProgramRun.path) --socket \(running.path) bridge | cat",
                ],
                in: running.directory, program: "/bin/sh"
            ).result()
        }
        #expect(result.code == 0, "\(result.errors)")
        let replies = result.output.split(separator: "\0")
        #expect(replies.count == 2)
        #expect(replies.allSatisfy { $0.contains(#""state":"succeeded""#) }, "\(result.output)")
    }
}
