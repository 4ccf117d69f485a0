import Glibc

/// Buffered output to a descriptor. With `InputFile` the only place that reads and writes descriptors; each pointer
/// given to C comes from an array, for that call, with that array's own count.
final class OutputFile {
    private var descriptor: Int32
    private var buffer: [UInt8] = []
    private var pages: (() -> Pager?)?
    private var pager: Pager?

    /// Bytes kept before they are written, so that a long list costs few calls.
    private static let bufferSize = 1 << 16

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// A new file that everybody may read; one that is there is written anew.
    static func creating(_ path: String) throws(CommandFailure) -> OutputFile {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CommandFailure(.failure, "cannot write \(path): \(String(cString: strerror(errno)))")
        }
        return OutputFile(descriptor: descriptor)
    }

    /// Writes what waits and closes the file.
    func close() {
        flush()
        _ = Glibc.close(descriptor)
    }

    func write(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.bufferSize { flush() }
    }

    func write(_ bytes: [UInt8]) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { flush() }
    }

    /// From the first byte on, output goes to the pager that `start` makes, if it makes one.
    func page(with start: @escaping () -> Pager?) { pages = start }

    /// Writes what waits, and waits until the reader has left the pager.
    func finish() {
        flush()
        pager?.finish()
        pager = nil
    }

    /// Writes what waits. Ends the program when nobody reads any more, or when the output cannot be written.
    func flush() {
        if !buffer.isEmpty, let start = pages {
            pages = nil
            pager = start()
            if let pager { descriptor = pager.input }
        }
        var written = 0
        while written < buffer.count {
            let count = buffer[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                written += count
                continue
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: waitUntilWritable()
            // Reached where SIGPIPE is ignored, as under many supervisors: the same quiet end as by the signal.
            case EPIPE: exit(128 + SIGPIPE)
            case let code: fail(code)
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func waitUntilWritable() {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, -1)  // Whatever it answers, the next write tells.
    }

    private func fail(_ code: Int32) -> Never {
        buffer = []
        if descriptor != STDERR_FILENO {
            let errors = OutputFile(descriptor: STDERR_FILENO)
            errors.write("collectorctl: cannot write the output: \(String(cString: strerror(code)))\n")
            errors.flush()
        }
        exit(ExitCode.failure.rawValue)
    }
}

/// Standard input, read in pieces.
final class InputFile {
    private let descriptor: Int32
    private var buffer: [UInt8]

    init(descriptor: Int32, pieceSize: Int = 1 << 16) {
        self.descriptor = descriptor
        buffer = [UInt8](repeating: 0, count: pieceSize)
    }

    /// Waits for the next piece; `nil` at the end.
    func next() throws(CommandFailure) -> ArraySlice<UInt8>? {
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { return buffer[..<count] }
            if count == 0 { return nil }
            guard errno == EINTR else {
                throw CommandFailure(.failure, "cannot read the input: \(String(cString: strerror(errno)))")
            }
        }
    }
}
