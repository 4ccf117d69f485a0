import Testing

@testable import AWS

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Credentials: credential_process", .timeLimit(.minutes(1)))
struct CredentialsProcessTests {
    private static let document =
        #"{"Version": 1, "AccessKeyId": "AKIDPROC", "SecretAccessKey": "\#(secretMark)", "#
        + #""SessionToken": "\#(secretMark)-t", "Expiration": "2027-01-15T10:00:00+01:00"}"#

    private func process(_ command: String, timeLimit: Duration = .seconds(30)) -> CredentialProcess {
        CredentialProcess(
            command: command, profile: "p", environment: ["PATH": "/usr/bin:/bin", "GIVEN": "yes"],
            timeLimit: timeLimit)
    }

    /// A script in a directory whose name has a space.
    private func script(_ home: TemporaryHome, _ body: String) throws -> String {
        "'" + (try home.write("my scripts/keys.sh", "#!/bin/sh\n\(body)\n", mode: 0o700)) + "'"
    }

    @Test("A script's keys are read, its arguments split without a shell")
    func keys() async throws {
        let home = try TemporaryHome()
        let body = #"""
            [ "$1" = 'a b' ] && [ "$2" = '$HOME;x' ] && [ "$GIVEN" = yes ] && [ -z "$HOME" ] || exit 9
            cat <&0; echo noise >&2; printf '%s' "$3"
            """#
        let command = try script(home, body) + #" "a b" '$HOME;x' '"# + Self.document + "'"
        let keys = try await process(command).fetch()
        #expect(keys.accessKeyID == "AKIDPROC" && keys.secretAccessKey == secretMark)
        #expect(keys.sessionToken == "\(secretMark)-t" && keys.expiration == 1_800_003_600)
    }

    @Test(
        "Failures say what happened and nothing the program printed",
        arguments: [
            ("echo \(secretMark) >&2; echo \(secretMark); exit 3", CredentialsError.Kind.refused(code: "exit 3")),
            ("kill -TERM $$", .refused(code: "signal 15")),
            ("echo '{\"Version\": 2, \"SecretAccessKey\": \"\(secretMark)\"}'", .refused(code: "BadReply")),
            ("echo '{\"AccessKeyId\": \"A\", \"SecretAccessKey\": \"\(secretMark)\"}'", .refused(code: "BadReply")),
            ("echo '{\"Version\": 1, \"SecretAccessKey\": \"\(secretMark)\"}'", .refused(code: "BadReply")),
            ("echo '{\"\(secretMark)\": 1, \"\(secretMark)\": 2}'", .refused(code: "BadReply")),
            ("echo 'export KEY=\(secretMark)'", .refused(code: "BadReply")),
            ("exec yes \(secretMark)", .refused(code: "BadReply")),
            ("", .refused(code: "BadReply")),
        ])
    func failures(_ body: String, _ kind: CredentialsError.Kind) async throws {
        let home = try TemporaryHome()
        let process = process(try script(home, body) + " --password \(secretMark)")
        let error = try await credentialsFailure { () async throws(CredentialsError) in try await process.fetch() }
        #expect(error.kind == kind)
        #expect(error.message.contains("\"p\"") && error.message.contains("keys.sh"))
    }

    @Test(
        "A program that is not there, or a line that is none, is bad configuration",
        arguments: [
            "/nowhere/\(secretMark)-less/keys", "'open \(secretMark)", "", "  ",
        ])
    func notStarted(_ command: String) async throws {
        let process = process(command)
        let error = try await credentialsFailure { () async throws(CredentialsError) in try await process.fetch() }
        #expect(error.kind == .badConfiguration)
    }

    @Test(
        "At the time limit the program and its children are killed",
        arguments: [
            "sleep 1000 & echo $! > PID; wait", "exec >&-; echo $$ > PID; exec sleep 1000",
        ])
    func timeLimit(_ body: String) async throws {
        let home = try TemporaryHome()
        let pid = "\(home.path)/pid"
        // The limit must be long enough for the script to write its number; nothing depends on how much longer it is.
        let command = try script(home, body.replacing("PID", with: pid))
        let process = process(command, timeLimit: .seconds(2))
        let error = try await credentialsFailure { () async throws(CredentialsError) in try await process.fetch() }
        #expect(error.kind == .unreachable)
        guard case .bytes(let bytes) = BoundedFile.read(pid, limit: 100),
            let number = pid_t(String(decoding: bytes, as: UTF8.self).trimmingWhiteSpace())
        else { return #expect(Bool(false), "the script did not start") }
        #expect(await isGone(number))
    }

    @Test("A cancelled caller does not wait for the program")
    func cancelled() async throws {
        let home = try TemporaryHome()
        let pid = "\(home.path)/pid"
        let process = process(try script(home, "echo $$ > \(pid); exec sleep 1000"))
        let task = Task { try await process.fetch() }
        while !Task.isCancelled, BoundedFile.read(pid, limit: 100) == .absent { await Task.yield() }
        task.cancel()
        await #expect(throws: CredentialsError.cancelled) { try await task.value }
    }

    /// A killed orphan is gone once the system's first process has taken note of it, or is left as a zombie.
    private func isGone(_ number: pid_t) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            if kill(number, 0) != 0 { return true }
            if case .bytes(let bytes) = BoundedFile.read("/proc/\(number)/stat", limit: 4096),
                String(decoding: bytes, as: UTF8.self).contains(") Z ")
            {
                return true
            }
            await Task.yield()
        }
        return false
    }

    @Test(
        "Command lines are split as Python's shlex does",
        arguments: [
            ("a b  c", ["a", "b", "c"]), ("", []), ("''", [""]), ("a'b c'd", ["ab cd"]), (#"a\ b"#, ["a b"]),
            (#""a \" \\ \n""#, [#"a " \ \n"#]), (#"'a \' b"#, [#"a \"#, "b"]), ("a # b", ["a", "#", "b"]),
            (#"'it'"'"'s'"#, ["it's"]), ("a\tb\nc", ["a", "b", "c"]), ("$A *|;", ["$A", "*|;"]),
            ("\"\" x", ["", "x"]), ("é 'ü'", ["é", "ü"]),
        ])
    func words(_ line: String, _ words: [String]) { #expect(CommandLineWords.split(line) == words) }

    @Test("Unfinished command lines are refused", arguments: ["'a", "\"a", #"a\"#, #""a\"#])
    func unfinished(_ line: String) { #expect(CommandLineWords.split(line) == nil) }
}
