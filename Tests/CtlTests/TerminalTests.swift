import Control
import Glibc
import Testing

@testable import collectorctl

/// The program on a pseudo-terminal, which script(1) makes.
@Suite("On a terminal", .enabled(if: access("/usr/bin/script", X_OK) == 0), .timeLimit(.minutes(2)))
struct TerminalTests {
    private func onTerminal(
        _ words: String, daemon: ScriptedDaemon = ScriptedDaemon(), environment: [String] = []
    ) async throws -> ProgramResult {
        try await RunningDaemon.serving(daemon) { running in
            let command = "stty cols 80 rows 24; \(ProgramRun.path) --socket \(running.path) \(words)"
            // A shell takes the last of two variables of one name.
            return try await ProgramRun(
                ["-qec", command, "/dev/null"], in: running.directory, environment: ["TERM=xterm"] + environment,
                program: "/usr/bin/script"
            ).result()
        }
    }

    @Test("Text from AWS cannot control the terminal", arguments: ["table", "wide", "csv", "name", "json", "jsonl"])
    func injection(format: String) async throws {
        let result = try await onTerminal("list --no-pager --color never -o \(format)")
        #expect(result.code == 0)
        #expect(!result.output.contains("\u{1B}"), "\(result.output.debugDescription)")
        #expect(result.output.contains(format.hasPrefix("json") ? "logs\\u001b[31m" : "logs\\x1b[31m"))
    }

    @Test("Tables fit and are coloured, unless NO_COLOR is set")
    func colors() async throws {
        let result = try await onTerminal("runs --no-pager")
        #expect(result.output.contains("\u{1B}[32msucceeded\u{1B}[0m"))
        let plain = try await onTerminal("runs --no-pager", environment: ["NO_COLOR=1"])
        #expect(!plain.output.contains("\u{1B}"))
        let widths = plain.output.split(whereSeparator: \.isNewline).map { TerminalText.width(of: String($0)) }
        #expect(widths.count == 3 && widths.allSatisfy { $0 <= 80 }, "\(widths)")
    }

    @Test("Tables go through the pager, documents do not")
    func pager() async throws {
        let pager = ["PAGER=sed s/^/paged:/", "NO_COLOR=1"]
        let table = try await onTerminal("services", environment: pager)
        #expect(table.code == 0)
        #expect(table.output.hasPrefix("paged:SERVICE"))
        #expect(try await !onTerminal("services -o jsonl", environment: pager).output.contains("paged:"))
        #expect(try await !onTerminal("services --no-pager", environment: pager).output.contains("paged:"))
    }

    @Test("A wait redraws bars in place and takes them away for the summary")
    func bars() async throws {
        var daemon = ScriptedDaemon()
        daemon.onRefresh = { _, replies, _ throws(CollectorError) in
            var reply = RefreshReply(run: "r1", joined: false, state: .running)
            try await replies.send(reply)
            reply.progress = Samples.progress
            try await replies.send(reply)
            reply.progress?.finished = 3
            try await replies.send(reply)
            return RefreshReply(run: "r1", joined: false, state: .succeeded, summary: Samples.run())
        }
        let result = try await onTerminal("refresh --wait", daemon: daemon)
        #expect(result.code == 0)
        #expect(result.output.contains("2/4 listings (50%)"))
        #expect(result.output.contains("\u{1B}[2A"))
        let end = try #require(result.output.firstRange(of: "\u{1B}[2A\r\u{1B}[J"))
        #expect(result.output[end.upperBound...].contains("run r1"))
        #expect(result.output.contains("\u{1B}]9;4;1;75\u{1B}\\"))
        #expect(result.output[end.upperBound...].hasPrefix(TaskbarProgress.none))
        let dumb = try await onTerminal("refresh --wait", daemon: daemon, environment: ["TERM=dumb"])
        #expect(dumb.code == 0 && !dumb.output.contains("\u{1B}]9"))
        let console = try await onTerminal("refresh --wait", daemon: daemon, environment: ["TERM=linux"])
        #expect(console.output.contains("\u{1B}[2A") && !console.output.contains("\u{1B}]9"))
    }
}
