import Testing

@testable import collectorctl

/// `-H`, with a stand-in for ssh that runs the command on this machine.
@Suite("Another machine's daemon", .timeLimit(.minutes(1)))
struct RemoteTests {
    /// Takes the place of ssh: checks what it is called with, and becomes the command.
    private func remotely(_ words: [String], ssh: String? = nil) async throws -> ProgramResult {
        try await RunningDaemon.serving { daemon in
            let folder = ProgramRun.path.dropLast("/collectorctl".count)
            let stand =
                ssh ?? """
                    test "$1 $2 $3" = "-T -- user@far" || { echo "wrong words: $*" >&2; exit 1; }
                    PATH=\(folder):$PATH exec sh -c "$4"
                    """
            try ProgramRun.write("#!/bin/sh\n\(stand)\n", to: "\(daemon.directory)/ssh")
            let run = try ProgramRun(
                ["-c", "chmod +x \(daemon.directory)/ssh && exec \(ProgramRun.path) \"$@\"", "sh"] + words,
                in: daemon.directory,
                environment: [
                    "PATH=\(daemon.directory):/usr/bin:/bin", "INVENTORY_COLLECTOR_SOCKET=\(daemon.path)",
                    "HOME=\(daemon.directory)",
                ], program: "/bin/sh")
            return try await run.result()
        }
    }

    @Test("verbs answer from there, streams of many replies included")
    func list() async throws {
        let result = try await remotely(["-H", "user@far", "list", "-o", "name"])
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("i-0\n"))
    }

    @Test("a wait for a run works over it")
    func wait() async throws {
        let result = try await remotely(["-H", "user@far", "refresh", "--wait", "--progress", "plain", "-o", "json"])
        #expect(result.code == 0, "\(result.errors)")
    }

    @Test("a socket that is named is that of the other machine, whatever is in its name")
    func socket() async throws {
        let result = try await remotely(["-H", "user@far", "--socket", "/no/such it's", "status"])
        #expect(result.code == ExitCode.unreachable.rawValue)
        #expect(result.errors.contains("/no/such it's"), "\(result.errors)")
    }

    @Test("when ssh fails, what it says is shown and the daemon is unreachable")
    func failure() async throws {
        let result = try await remotely(["-H", "user@far", "status"], ssh: "echo no route to host >&2; exit 255")
        #expect(result.code == ExitCode.unreachable.rawValue)
        #expect(result.errors.contains("no route to host"))
    }

    @Test("verbs that ask no daemon refuse it")
    func local() async throws {
        let result = try await remotely(["completion", "bash", "-H", "user@far"])
        #expect(result.code == ExitCode.usage.rawValue)
        #expect(result.errors.contains("works on this machine alone"))
    }
}
