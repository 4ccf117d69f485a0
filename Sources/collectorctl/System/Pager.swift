import Glibc

/// The program that shows long output page by page.
struct Pager {
    /// Where to write.
    let input: Int32
    private let process: pid_t

    /// Starts `command` through the shell, as PAGER is meant to be; `nil` when it cannot be started.
    ///
    /// The default is `less`, left out where there is none.
    static func start(_ command: String?) -> Pager? {
        guard let command = command ?? (isInstalled("less") ? "less" : nil), command != "cat" else { return nil }
        // Quit when it fits one screen, pass colours, leave the screen as it is: what git and systemctl ask for too.
        if Terminal.variable("LESS") == nil { setenv("LESS", "FRX", 1) }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)  // Else the pager would hold its own input open.
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        var process = pid_t()
        let failed = CArguments.withPointers(["/bin/sh", "-c", command]) {
            posix_spawn(&process, "/bin/sh", &actions, nil, $0, environ)
        }
        close(ends[0])
        guard failed == 0 else {
            close(ends[1])
            return nil
        }
        // Ctrl-C is for the pager now, which would otherwise be left alone on the terminal.
        _ = signal(SIGINT, SIG_IGN)
        return Pager(input: ends[1], process: process)
    }

    /// Tells the pager that this was all, and waits until the reader is done.
    func finish() {
        close(input)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    private static func isInstalled(_ name: String) -> Bool {
        ProgramSearch.paths(of: name).contains { access($0, X_OK) == 0 }
    }
}

/// Where programs are looked for.
enum ProgramSearch {
    /// The name in every folder of PATH.
    static func paths(of name: String) -> [String] {
        (Terminal.variable("PATH") ?? "/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }
    }
}

/// Arguments as C takes them.
enum CArguments {
    /// Hands out a NULL-ended array of C strings that live for the length of the call.
    static func withPointers<Result>(
        _ arguments: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = arguments.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}
