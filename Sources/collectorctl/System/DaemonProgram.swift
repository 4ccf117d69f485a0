import Glibc

/// The daemon's program, for what only it can do: read its configuration.
enum DaemonProgram {
    private static let name = "inventory-collectord"

    /// Becomes the daemon's program: beside this one, else from PATH. Returns only to fail.
    static func become(_ arguments: [String]) throws(CommandFailure) -> Never {
        for path in candidates where access(path, X_OK) == 0 {
            CArguments.withPointers([name] + arguments) { _ = execv(path, $0) }
            throw CommandFailure(.failure, "cannot run \(path): \(String(cString: strerror(errno)))")
        }
        throw CommandFailure(
            .notFound, "the program \(name) was not found beside collectorctl or in PATH",
            hints: ["is the package inventory-collector installed?"])
    }

    private static var candidates: [String] {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
        let folder = own.lastIndex(of: "/").map { [String(own[...$0]) + name] } ?? []
        return folder + ProgramSearch.paths(of: name)
    }
}
