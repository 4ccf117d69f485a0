import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A real HTTP/1.1 server on a loopback port, one thread a connection, that does exactly what a test's handler says:
/// answer, stall, cut off, reset, send nonsense.
///
/// Stopped by `stop()` or when dropped; handlers that block in `Connection` calls are let go.
final class LocalServer: Sendable {
    struct Request: Sendable {
        let method: String
        /// Path and query as sent.
        let target: String
        let headers: [(name: String, value: String)]
        let body: [UInt8]
        /// Which connection, from 1 in order of arrival.
        let connection: Int

        subscript(name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
    }

    typealias Handler = @Sendable (Request, Connection) -> Void

    let port: Int
    var url: String { "http://127.0.0.1:\(port)" }
    /// Connections accepted so far.
    var connectionCount: Int { state.withLock { $0.accepted } }
    /// Requests read so far.
    var requestCount: Int { state.withLock { $0.requests } }

    private let listener: Int32
    private let handler: Handler
    private let state = Mutex(State())

    private struct State {
        var accepted = 0
        var requests = 0
        var open: Set<Int32> = []
        var threads: [pthread_t] = []
        var isStopped = false
    }

    /// Listens on a free port of 127.0.0.1.
    init(_ handler: @escaping Handler) throws {
        self.handler = handler
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { [listener] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 1024) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard isBound else { throw Failure(code: errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Self.thread { [listener, weak self] in
            while true {
                let socket = accept(listener, nil, nil)
                guard socket >= 0, let self, self.adopt(socket) else { return }
            }
        }
    }

    deinit { stop() }

    struct Failure: Error {
        let code: Int32
    }

    /// Closes everything. Handlers end by themselves as their sockets are shut down.
    func stop() {
        let sockets = state.withLock { state -> Set<Int32> in
            guard !state.isStopped else { return [] }
            state.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            close(listener)
            return state.open
        }
        for socket in sockets { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    private func adopt(_ socket: Int32) -> Bool {
        let number = state.withLock { state -> Int? in
            guard !state.isStopped else { return nil }
            state.accepted += 1
            state.open.insert(socket)
            return state.accepted
        }
        guard let number else {
            close(socket)
            return false
        }
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        Self.thread { [weak self] in
            let connection = Connection(socket: socket, number: number)
            while !connection.isClosed, let request = connection.read() {
                guard let handler = self?.noteRequest() else { break }
                handler(request, connection)
            }
            self?.forget(socket)
            connection.close()
        }
        return true
    }

    private func noteRequest() -> Handler {
        state.withLock { $0.requests += 1 }
        return handler
    }

    private func forget(_ socket: Int32) { state.withLock { _ = $0.open.remove(socket) } }

    private static func thread(_ body: @escaping @Sendable () -> Void) {
        final class Box {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Box(body))
        pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, box.toOpaque())
        pthread_detach(thread)
    }
}

extension LocalServer {
    /// The server's end of a connection, used by its handler alone.
    final class Connection {
        private let socket: Int32
        private let number: Int
        private var buffer: [UInt8] = []
        private(set) var isClosed = false

        init(socket: Int32, number: Int) {
            self.socket = socket
            self.number = number
        }

        /// A complete reply with its length.
        func reply(_ status: Int = 200, headers: [(String, String)] = [], body: [UInt8] = []) {
            send("HTTP/1.1 \(status) X\r\n" + headers.map { "\($0): \($1)\r\n" }.joined())
            send(Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
        }

        func reply(_ status: Int = 200, headers: [(String, String)] = [], text: String) {
            reply(status, headers: headers, body: Array(text.utf8))
        }

        /// Bytes as they are; false when the client is gone.
        @discardableResult
        func send(_ bytes: [UInt8]) -> Bool {
            var start = 0
            while start < bytes.count {
                let sent = bytes[start...].withUnsafeBytes {
                    Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { return false }
                start += sent
            }
            return true
        }

        @discardableResult
        func send(_ text: String) -> Bool { send(Array(text.utf8)) }

        @discardableResult
        func sendChunk(_ bytes: [UInt8]) -> Bool {
            send(Array((String(bytes.count, radix: 16) + "\r\n").utf8) + bytes + [0x0D, 0x0A])
        }

        /// Blocks until the client has closed its side, or the server is stopped.
        func waitForClose() {
            while fill() {}
        }

        func close() {
            guard !isClosed else { return }
            isClosed = true
            Glibc.close(socket)
        }

        /// Ends the connection with a TCP reset.
        func reset() {
            var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
            close()
        }

        /// The next request; `nil` when the client is gone or sends no HTTP.
        func read() -> Request? {
            let mark = Array("\r\n\r\n".utf8)
            var end: Int?
            while end == nil {
                if buffer.count >= 4 {
                    end = (0...(buffer.count - 4)).first {
                        buffer[$0] == 0x0D && buffer[$0..<$0 + 4].elementsEqual(mark)
                    }
                }
                if end == nil, !fill() { return nil }
            }
            guard let end else { return nil }
            var lines = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n")
            let first = lines.removeFirst().split(separator: " ")
            guard first.count == 3 else { return nil }
            let headers = lines.map { line in
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                let value = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
                return (name: String(parts[0]), value: String(value))
            }
            let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
            while buffer.count < end + 4 + length { guard fill() else { return nil } }
            let body = Array(buffer[(end + 4)..<(end + 4 + length)])
            buffer.removeFirst(end + 4 + length)
            return Request(
                method: String(first[0]), target: String(first[1]), headers: headers, body: body, connection: number)
        }

        private func fill() -> Bool {
            var part = [UInt8](repeating: 0, count: 65536)
            let count = part.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { return false }
            buffer.append(contentsOf: part[..<count])
            return true
        }
    }
}

/// Holds a handler back until the test opens it, and passes on a value that a test waits for.
final class Gate: Sendable {
    private let ends: (read: Int32, write: Int32)

    init() {
        var pair: [Int32] = [0, 0]
        pipe(&pair)
        ends = (pair[0], pair[1])
    }

    deinit {
        close(ends.read)
        close(ends.write)
    }

    func open() {
        var byte: UInt8 = 1
        write(ends.write, &byte, 1)
    }

    /// Blocks the calling thread; never call it from a task.
    func wait() {
        var byte: UInt8 = 0
        read(ends.read, &byte, 1)
    }
}
