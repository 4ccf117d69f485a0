import Glibc

/// Reads an operator's `*.json` files.
enum CatalogueDirectory {
    /// No one writes more by hand; a larger number is a mistaken directory.
    static let fileLimit = 256
    /// Four times the largest built-in file.
    static let sizeLimitInBytes = 1 << 20

    /// Names of the directory's JSON files in order, without hidden ones; empty when there is no directory.
    static func files(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while names.count < fileLimit, let entry = readdir(stream) {
            // `d_name` is a text that ends with NUL, inside an entry that lives until the next call.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name.hasSuffix(".json"), !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// The file's bytes, or why there are none.
    static func read(_ path: String) -> Result<[UInt8], ReadError> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .failure(ReadError(reason: reason(errno))) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            // `read` writes at most the block's size into it.
            let count = block.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return .success(bytes) }
            if count < 0 {
                if errno == EINTR { continue }
                return .failure(ReadError(reason: reason(errno)))
            }
            bytes.append(contentsOf: block[..<count])
            guard bytes.count <= sizeLimitInBytes else {
                return .failure(ReadError(reason: "larger than \(sizeLimitInBytes) bytes"))
            }
        }
    }

    struct ReadError: Error {
        var reason: String
    }

    private static func reason(_ code: Int32) -> String {
        // `strerror` answers a text that ends with NUL for every code.
        String(cString: strerror(code))
    }
}
