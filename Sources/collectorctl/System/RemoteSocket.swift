import Glibc

/// The control socket of another machine, reached by ssh and `collectorctl bridge` there.
struct RemoteSocket {
    /// As ssh takes it: `host`, `user@host`, or a name from its configuration.
    let host: String
    /// The socket's path there; `nil` for the standard one.
    let path: String?

    /// Starts ssh and answers a socket through which it passes everything on. Its errors go to standard error; when it ends,
    /// the socket does.
    func open() throws(CommandFailure) -> Int32 {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw CommandFailure(.failure, "socketpair: \(String(cString: strerror(errno)))")
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        var process = pid_t()
        let failed = CArguments.withPointers(arguments) { posix_spawnp(&process, "ssh", &actions, nil, $0, environ) }
        close(ends[1])
        guard failed == 0 else {
            close(ends[0])
            throw CommandFailure(
                .failure, "cannot run ssh: \(String(cString: strerror(failed)))", hints: ["is it installed?"])
        }
        return ends[0]
    }

    /// No terminal there; nothing in the host's name is taken for an option.
    private var arguments: [String] {
        var command = "collectorctl bridge"
        if let path { command += " --socket \(Self.quoted(path))" }
        return ["ssh", "-T", "--", host, command]
    }

    /// For the shell on the other machine.
    private static func quoted(_ text: String) -> String { "'\(text.writing("'", as: "'\\''"))'" }
}
