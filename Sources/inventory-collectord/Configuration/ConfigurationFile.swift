import Configuration
import Glibc

/// The file system as the configuration sees it: bounded reads that never wait.
enum ConfigurationFile {
    /// One byte above what the parser takes, so that it can tell that a file is too large.
    private static let maximumReadInBytes = 1 << 20 + 1

    /// `true` when the name is taken, be it by a link that leads nowhere.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// The file's bytes, at most one more than the parser takes; empty for `/dev/null`, `nil` when there is no file.
    static func read(_ path: String) throws(ConfigurationError) -> [UInt8]? {
        // Without O_NONBLOCK a named pipe would hold up the start.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT, !exists(path) { return nil }
            throw failure("the file cannot be opened", path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("the file cannot be read", path) }
        if status.st_mode & S_IFMT == S_IFCHR { return [] }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw ConfigurationError(
                "this is no regular file", at: SourcePosition(file: path), suggestion: "put a text file there")
        }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < maximumReadInBytes {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { break }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw failure("the file cannot be read", path)
            }
            bytes += chunk[..<count]
        }
        return bytes
    }

    /// The names in a directory, in no order; empty when there is no such directory.
    static func names(in directory: String) throws(ConfigurationError) -> [String] {
        guard let handle = opendir(directory) else {
            if errno == ENOENT { return [] }
            throw failure("the directory cannot be read", directory)
        }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            // d_name is an array that ends in NUL and lives until the next call of readdir.
            names.append(
                withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names
    }

    private static func failure(_ what: String, _ path: String) -> ConfigurationError {
        // strerror's text is only read here, at once.
        let reason = strerror(errno).map { String(cString: $0) } ?? "unknown error"
        return ConfigurationError(
            "\(what): \(reason)", at: SourcePosition(file: path),
            suggestion: "check its permissions and what it links to")
    }
}
