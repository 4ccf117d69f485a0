import Glibc
import JSON
import Testing

@testable import Control

/// A server on a socket in a directory of its own, stopped and removed at the end.
struct TestServer {
    let path: String
    let server: ControlServer
    /// The connections that the server ended, as they happen.
    let drops: AsyncStream<ControlDrop>

    static func run(
        _ service: TestService = TestService(), limits: ControlLimits = ControlLimits(),
        _ body: (TestServer) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/control"
            let (drops, continuation) = AsyncStream.makeStream(of: ControlDrop.self)
            let server = try ControlServer(interface: service, product: product, limits: limits) { reason, _ in
                continuation.yield(reason)
            }
            try server.start([try ControlListener.bind(path: path)])
            do {
                try await withTaskExecutorPreference(ThreadPerJob()) {
                    try await body(TestServer(path: path, server: server, drops: drops))
                }
            } catch {
                await server.stop(grace: .zero)
                throw error
            }
            await server.stop(grace: .zero)
            #expect(access(path, F_OK) != 0, "the socket's file is removed")
        }
    }

    static let product = ProductInfo(
        vendor: "inventory-collector", product: "inventory-collectord", version: "1", url: "https://example.org")

    func client() throws -> ControlClient { try ControlClient.connect(path: path) }

    func raw() throws -> RawCaller { try RawCaller(path: path) }

    /// The next connection that the server ends by itself.
    func nextDrop() async -> ControlDrop? {
        var iterator = drops.makeAsyncIterator()
        return await iterator.next()
    }
}

/// A caller that sends any bytes it likes. Every wait ends after ten seconds, so that a test fails and does not hang.
struct RawCaller {
    let socket: SocketHandle

    init(socket: SocketHandle) { self.socket = socket }

    init(path: String) throws {
        socket = try SocketHandle.unixStream()
        try #require(LocalAddress(path: path)).connect(socket)
    }

    func send(_ text: String, nul: Bool = true) throws { try send(Array(text.utf8) + (nul ? [0] : [])) }

    func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            switch socket.send(rest) {
            case .moved(let count): rest = rest.dropFirst(count)
            case .ended: throw Ended()
            case .wouldBlock: try wait(reads: false)
            }
        }
    }

    /// The next message, `nil` at the end of the connection. Reads byte by byte, so that nothing is lost between calls.
    func receive() throws -> JSONValue? {
        var message: [UInt8] = []
        var byte: [UInt8] = [0]
        while true {
            switch socket.receive(into: &byte) {
            case .moved where byte[0] == 0: return try JSONValue.parse(message)
            case .moved: message.append(byte[0])
            case .ended: return nil
            case .wouldBlock: try wait(reads: true)
            }
        }
    }

    /// The name of the error that the next reply carries.
    func receiveError() throws -> String? { try receive()?["error"]?.string }

    func endInput() { _ = shutdown(socket.descriptor, Int32(SHUT_WR)) }

    struct Ended: Error {}
    struct TimedOut: Error {}

    private func wait(reads: Bool) throws {
        var interests = [Poll.Interest(socket.descriptor, reads: reads, writes: !reads)]
        guard Poll.wait(&interests, timeout: .seconds(10)) == .ready else { throw TimedOut() }
    }
}

/// Runs `body` with a fresh directory and removes it afterwards.
func withTemporaryDirectory(_ body: (String) async throws -> Void) async throws {
    var template = Array("/tmp/control-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError(call: "mkdtemp") }
    let directory = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer { removeTree(directory) }
    try await body(directory)
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
