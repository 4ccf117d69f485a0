import Glibc

/// The AWS emulator of this test process: started once, over HTTP on a free port, ended with the process.
struct MotoServer: Sendable {
    let port: UInt16

    static let reasonForSkipping: String = "MOTO_SERVER does not name the emulator's program; `make test` sets it"

    /// `nil` when the variable `MOTO_SERVER` names no program that starts.
    static let shared: MotoServer? = getenv("MOTO_SERVER").flatMap { start(String(cString: $0)) }

    /// Tells the port when the server listens, then drops its log. Ends everything it started when standard input ends,
    /// which is when the test process does.
    private static let script = """
        exec 3<&0
        { "$0" -H 127.0.0.1 -p 0 2>&1 </dev/null 3<&- | { grep -m1 'Running on'; cat >/dev/null; }; } &
        cat <&3 >/dev/null
        kill -9 0
        """

    private static func start(_ program: String) -> MotoServer? {
        var input: [Int32] = [0, 0]
        var output: [Int32] = [0, 0]
        guard pipe(&input) == 0, pipe(&output) == 0 else { return nil }
        for descriptor in input + output { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input[0], 0)
        posix_spawn_file_actions_adddup2(&actions, output[1], 1)
        // A process group of its own, for `kill -9 0`; the emulator outlives a polite signal while its log is gone.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        setenv("PYTHONUNBUFFERED", "1", 1)
        let words: [String] = ["/bin/sh", "-c", script, program]
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        guard posix_spawn(&process, "/bin/sh", &actions, &attributes, arguments, environ) == 0 else { return nil }
        _ = close(input[0])
        _ = close(output[1])
        // The writing end of `input` stays open, and so the server runs, until the process ends.
        return readPort(output[0]).map(MotoServer.init(port:))
    }

    private static func readPort(_ descriptor: Int32) -> UInt16? {
        var line: [UInt8] = []
        while !line.contains(UInt8(ascii: "\n")) {
            var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            var byte: UInt8 = 0
            guard Glibc.poll(&poll, 1, 60_000) == 1, read(descriptor, &byte, 1) == 1 else { return nil }
            line.append(byte)
        }
        let text = String(decoding: line.dropLast(), as: UTF8.self)
        return text.lastIndex(of: ":").flatMap { UInt16(text[text.index(after: $0)...]) }
    }
}
