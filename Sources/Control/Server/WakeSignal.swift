#if canImport(Glibc)
    import Glibc
#endif

/// Ends another thread's wait from any thread: a pair of sockets, because Swift does not see `eventfd`.
final class WakeSignal: Sendable {
    private let input: SocketHandle
    private let output: SocketHandle

    init() throws(SystemError) {
        var pair: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, type, 0, &pair) == 0 else { throw SystemError(call: "socketpair") }
        input = SocketHandle(adopting: pair[0])
        output = SocketHandle(adopting: pair[1])
    }

    /// Readable after `raise` until `clear`.
    var descriptor: Int32 { output.descriptor }

    func raise() { _ = input.send([0]) }  // Fails only when the socket is full: then it is readable already.

    func clear() {
        var buffer = [UInt8](repeating: 0, count: 256)
        while case .moved(256) = output.receive(into: &buffer) {}
    }
}
