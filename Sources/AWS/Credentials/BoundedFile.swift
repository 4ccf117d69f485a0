#if canImport(Glibc)
    import Glibc
#endif

/// Reads small files whole: shared configuration, tokens. This file is the C edge for them.
enum BoundedFile {
    enum Content: Equatable {
        case bytes([UInt8])
        /// There is no such file.
        case absent
        /// It cannot be read, is no regular file, or is larger than the limit; the text says which.
        case unreadable(String)
    }

    /// The file's bytes, when there are at most `limit` of them. Blocks for as long as the file system does.
    static func read(_ path: String, limit: Int) -> Content {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let code = errno
            return code == ENOENT || code == ENOTDIR ? .absent : .unreadable(reason(code))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .unreadable(reason(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .unreadable("not a regular file") }

        // One byte more than allowed tells a file that is too large from one that just fits.
        var bytes = [UInt8](repeating: 0, count: min(Int(status.st_size), limit) + 1)
        var count = 0
        while count < bytes.count {
            // The buffer is valid for `bytes.count` bytes; `count` of them are filled.
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { return .unreadable(reason(errno)) }
            guard got > 0 else { break }
            count += got
        }
        guard count <= limit else { return .unreadable("larger than \(limit) bytes") }
        return .bytes(Array(bytes[..<count]))
    }

    /// The system's text for an error number.
    static func reason(_ code: Int32) -> String {
        var text = [CChar](repeating: 0, count: 128)
        guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
