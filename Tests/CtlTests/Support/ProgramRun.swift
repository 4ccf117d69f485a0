import Glibc
import Testing

@testable import Control
@testable import collectorctl

/// What a run of the built `collectorctl` left.
struct ProgramResult {
    /// The exit code; 128 and the signal's number for a program that a signal ended.
    let code: Int32
    let output: String
    let errors: String
}

/// The built `collectorctl` as a process, with files as its output.
struct ProgramRun {
    let process: pid_t
    private let directory: String

    /// The program lies beside the test bundle.
    static let path: String = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = max(0, readlink("/proc/self/exe", &buffer, buffer.count))
        let own = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return own.prefix(through: own.lastIndex(of: "/") ?? own.startIndex) + "collectorctl"
    }()

    struct SpawnFailed: Error { let code: Int32 }

    /// Starts the program. `directory` holds its input and output files.
    init(
        _ arguments: [String], in directory: String, input: String = "", environment: [String] = [],
        program: String = ProgramRun.path
    ) throws {
        self.directory = directory
        try Self.write(input, to: "\(directory)/stdin")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, "\(directory)/stdin", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "\(directory)/stdout", flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "\(directory)/stderr", flags, 0o600)
        // The test's thread blocks signals, and a process would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var process = pid_t()
        let path = environment.contains { $0.hasPrefix("PATH=") } ? [] : ["PATH=/usr/bin:/bin"]
        let code = CArguments.withPointers([program] + arguments) { arguments in
            CArguments.withPointers(path + environment) { environment in
                posix_spawn(&process, program, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw SpawnFailed(code: code) }
        self.process = process
    }

    /// Waits for the end, on a thread of its own: the server's tasks must go on.
    func result() async throws -> ProgramResult {
        let status = await withCheckedContinuation { continuation in
            do throws(SystemError) {
                try LoopThread.start {
                    var status: Int32 = 0
                    while waitpid(process, &status, 0) < 0, errno == EINTR {}
                    continuation.resume(returning: status)
                }
            } catch {
                continuation.resume(returning: 255 << 8)
            }
        }
        let signal = status & 0x7F
        return ProgramResult(
            code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: try Self.read("\(directory)/stdout"),
            errors: try Self.read("\(directory)/stderr"))
    }

    static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(descriptor >= 0)
        let file = OutputFile(descriptor: descriptor)
        file.write(text)
        file.flush()
        close(descriptor)
    }

    static func read(_ path: String) throws -> String {
        let descriptor = open(path, O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let file = InputFile(descriptor: descriptor)
        var bytes: [UInt8] = []
        while let piece = try file.next() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Runs `body` with a fresh directory and removes it afterwards.
func withTemporaryDirectory<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    var template = Array("/tmp/ctl-tests-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    let directory = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { removeTree(directory) }
    return try await body(directory)
}

private func removeTree(_ path: String) {
    if unlink(path) == 0 || errno == ENOENT { return }
    guard let entries = opendir(path) else { return }
    while let entry = readdir(entries) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name != ".", name != ".." { removeTree("\(path)/\(name)") }
    }
    closedir(entries)
    rmdir(path)
}

/// Runs the program without a daemon.
func collectorctl(
    _ arguments: String..., input: String = "", environment: [String] = []
) async throws -> ProgramResult {
    try await withTemporaryDirectory { directory in
        try await ProgramRun(arguments, in: directory, input: input, environment: environment).result()
    }
}
