import Control
import Glibc
import JSON
import Testing

@testable import collectorctl

@Suite("Changes and the monitor", .timeLimit(.minutes(2)))
struct ChangeVerbTests {
    private static let members = [
        "sequence", "time", "run", "kind", "service", "resourceType", "accountId", "region", "resourceId", "arn",
        "name",
        "diff",
    ]

    @Test("changes -o jsonl prints every change with exactly the promised members")
    func changeLines() async throws {
        let result = try await collectorctl("changes", "-o", "jsonl", daemon: ScriptedDaemon())
        #expect(result.code == 0)
        let lines = try result.output.split(separator: "\n").map { try JSONValue.parse($0.utf8) }
        #expect(lines.count == 2)
        for line in lines { #expect(line.members?.map(\.key) == Self.members) }
        #expect(lines[0]["diff"] == Samples.update.diff)
        #expect(lines[1]["diff"] == [] && lines[1]["run"] == .null)
    }

    @Test("changes as a table names what changed, and no control character of AWS's reaches the terminal's form")
    func table() async throws {
        let output = try await collectorctl("changes", "--utc", daemon: ScriptedDaemon()).output
        #expect(output.contains("2024-01-15T10:30:00Z  updated  ec2/instance"))
        #expect(output.contains("State.Name"))
        let history = try await collectorctl("get", "i-0", "--history", daemon: ScriptedDaemon()).output
        #expect(history.contains(#"State.Name: "running" -> "stopped"#))
        #expect(!history.contains("\u{1B}"))
    }

    @Test(
        "--since is a number or a time",
        arguments: [
            ("7", 7, nil), ("2024-01-15", nil, "2024-01-15T00:00:00Z"),
            ("2024-01-15T10:30:01Z", nil, "2024-01-15T10:30:01Z"),
        ] as [(String, Int?, String?)])
    func since(text: String, sequence: Int?, time: String?) async throws {
        let (seen, sink) = AsyncStream.makeStream(of: ChangesParameters.self)
        var daemon = ScriptedDaemon()
        daemon.onChanges = { parameters throws(CollectorError) in
            sink.yield(parameters)
            return ChangesReply(changes: [], sequence: 0, newest: 0, keptSince: Samples.time)
        }
        let result = try await collectorctl(
            "changes", "--since", text, "-s", "ec2", "--kind", "updated", "--id", "i-0", daemon: daemon)
        #expect(result.code == 0)
        var iterator = seen.makeAsyncIterator()
        let parameters = try #require(await iterator.next())
        #expect(parameters.since == sequence && parameters.sinceTime?.description == time)
        #expect(parameters.filter == ChangeSelection(service: "ec2", id: "i-0", kind: .updated))
        #expect(result.errors.contains("reaches back to 2024-01-15T10:30:00Z") == (text == "2024-01-15"))
    }

    @Test("A time ago is counted from now, and nonsense is a usage error")
    func moments() throws {
        let now = Samples.later(7_200)
        #expect(try Moment.since("2h", now: now) == .time(Samples.time))
        #expect(try Moment.since("0", now: now) == .sequence(0))
        for text in ["yesterday", "-1", "", "2024-13-01"] {
            #expect(throws: CommandFailure.self, "\(text)") { try Moment.since(text, now: now) }
        }
    }

    @Test("Positions that the log does not have are failures that say what it has")
    func gone() async throws {
        let gone = try await collectorctl("changes", "--since", "2", daemon: ScriptedDaemon())
        #expect(gone.code == 1 && gone.errors.contains("the oldest is 7") && gone.errors.contains("--since 6"))
        let unknown = try await collectorctl("changes", "--since", "99", daemon: ScriptedDaemon())
        #expect(unknown.code == 1 && unknown.errors.contains("has come to 8 only"))
        let before = try await collectorctl("get", "i-0", "--at", "2020-01-01", daemon: ScriptedDaemon())
        #expect(before.code == 3 && before.errors.contains("history reaches back to 2024-01-15T10:30:00Z"))
    }

    @Test("monitor prints each change at once, in every form", arguments: OutputFormat.allCases)
    func monitor(format: OutputFormat) async throws {
        let result = try await collectorctl(
            "monitor", "-n", "2", "-o", format.rawValue, daemon: ScriptedDaemon())
        #expect(result.code == 0, "\(result.errors)")
        let count = result.output.split(whereSeparator: \.isNewline).count
        switch format {
        case .table, .wide, .csv: #expect(count == 3)
        case .jsonl, .name: #expect(count == 2)
        case .json: #expect(result.output.contains("\"sequence\": 8"))
        }
    }

    @Test("monitor of a time begins with the first change from then on")
    func monitorFromTime() async throws {
        let (seen, sink) = AsyncStream.makeStream(of: MonitorParameters.self)
        var daemon = ScriptedDaemon()
        daemon.onMonitor = { parameters, replies throws(CollectorError) in
            sink.yield(parameters)
            try await replies.send(MonitorReply(changes: [Samples.update], sequence: 7))
            throw .storeUnavailable("no more")
        }
        let result = try await collectorctl("monitor", "--since", "2024-01-15", "-n", "1", daemon: daemon)
        #expect(result.code == 0)
        var iterator = seen.makeAsyncIterator()
        #expect(await iterator.next()?.since == 6)
    }

    @Test("A daemon that is restarted is found again, and the changes go on where they stood")
    func reattach() async throws {
        let (told, sink) = AsyncStream.makeStream(of: Void.self)
        var first = ScriptedDaemon()
        first.onMonitor = { _, replies throws(CollectorError) in
            try await replies.send(MonitorReply(changes: [Samples.update], sequence: 7))
            sink.yield()
            await Wait.untilCancelled()
            throw .shuttingDown
        }
        var second = ScriptedDaemon()
        second.onMonitor = { parameters, replies throws(CollectorError) in
            guard parameters.since == 7, parameters.filter.service == "ec2" else { throw .changesGone(oldest: 0) }
            try await replies.send(MonitorReply(changes: [Samples.deletion], sequence: 8))
            throw .storeUnavailable("no more")
        }
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/control"
            let server = try RunningDaemon.start(first, path: path)
            let run = try ProgramRun(
                ["--socket", path, "monitor", "-s", "ec2", "-n", "2", "-o", "name"], in: directory)
            for await _ in told { break }
            await server.stop(grace: .zero)
            let next = try RunningDaemon.start(second, path: path)
            let result = try await run.result()
            await next.stop(grace: .zero)
            #expect(result.code == 0, "\(result.errors)")
            #expect(result.errors.contains("the connection was lost"))
            #expect(result.output == "i-0\nlogs\n")
        }
    }

    @Test("Ctrl-C ends the monitor with 130 and says how to go on")
    func interrupt() async throws {
        let (told, sink) = AsyncStream.makeStream(of: Void.self)
        var daemon = ScriptedDaemon()
        daemon.onMonitor = { _, replies throws(CollectorError) in
            try await replies.send(MonitorReply(changes: [Samples.update], sequence: 7))
            sink.yield()
            await Wait.untilCancelled()
            throw .disconnected
        }
        try await RunningDaemon.serving(daemon) { running in
            let run = try running.start(["monitor", "-o", "jsonl"])
            for await _ in told { break }
            // The program prints what it has read before it looks for the signal.
            kill(run.process, SIGINT)
            let result = try await run.result()
            #expect(result.code == 130)
            #expect(result.errors.contains("collectorctl monitor --since") || result.output.isEmpty)
        }
    }
}
