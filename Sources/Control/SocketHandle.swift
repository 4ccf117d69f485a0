#if canImport(Glibc)
    import Glibc
#endif

/// The one owner of a socket descriptor: closed when the last reference goes.
///
/// With `LocalAddress` the only place of this module that calls into C for sockets. Every pointer given to C comes
/// from an array or a local for the length of that call, with that array's own count.
final class SocketHandle: Sendable {
    let descriptor: Int32

    /// Takes over a descriptor; nobody else may close it afterwards.
    init(adopting descriptor: Int32) { self.descriptor = descriptor }

    deinit { _ = close(descriptor) }  // Nothing could be done about an error, and the descriptor is gone either way.

    /// A new stream socket for local addresses; close-on-exec, never blocking.
    static func unixStream() throws(SystemError) -> SocketHandle {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, type, 0)
        guard descriptor >= 0 else { throw SystemError(call: "socket") }
        return SocketHandle(adopting: descriptor)
    }

    enum Transfer: Equatable {
        /// So many bytes were moved, at least one.
        case moved(Int)
        case wouldBlock
        /// The other side sends no more, or takes no more.
        case ended
    }

    /// Reads once into `buffer`, whose first bytes it replaces.
    func receive(into buffer: inout [UInt8]) -> Transfer {
        let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        if count > 0 { return .moved(count) }
        return count < 0 && Self.isTransient(errno) ? .wouldBlock : .ended
    }

    /// Writes once as much of `bytes` as the socket takes; never raises SIGPIPE.
    func send(_ bytes: ArraySlice<UInt8>) -> Transfer {
        let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        if count > 0 { return .moved(count) }
        return count < 0 && Self.isTransient(errno) ? .wouldBlock : .ended
    }

    /// Tells the other side that nothing more comes; it can still be read from. Fails only where the other side is gone, which
    /// reads tell.
    func endOutput() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// The user id of the process that connected, as the kernel noted it at that moment.
    func peerUID() throws(SystemError) -> Int {
        // struct ucred is three 32-bit words: pid, uid, gid (unix(7)).
        var credentials: [UInt32] = [0, 0, 0]
        var size = socklen_t(12)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0, size == 12 else {
            throw SystemError(call: "getsockopt")
        }
        return Int(credentials[1])
    }

    /// An integer socket option.
    func option(_ name: Int32) throws(SystemError) -> Int32 {
        var value: Int32 = 0
        var size = socklen_t(4)
        guard getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 else {
            throw SystemError(call: "getsockopt")
        }
        return value
    }

    /// Makes an inherited descriptor never block and not outlive `exec`.
    func prepareInherited() throws(SystemError) {
        let flags = fcntl(descriptor, F_GETFL)
        guard flags >= 0, fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0,
            fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
        else { throw SystemError(call: "fcntl") }
    }

    enum Acceptance {
        case connection(SocketHandle)
        case none
        /// No descriptors or memory left; worth another try later.
        case exhausted
        /// The listening socket itself is of no more use.
        case broken(SystemError)
    }

    /// Takes one waiting connection.
    func acceptConnection() -> Acceptance {
        while true {
            let accepted = accept(descriptor, nil, nil)
            if accepted >= 0 {
                let connection = SocketHandle(adopting: accepted)
                // Swift does not see accept4 (a GNU extension). A process spawned between the two calls would hold
                // the connection open until it ends, and no longer.
                do throws(SystemError) {
                    try connection.prepareInherited()
                } catch {
                    continue
                }
                return .connection(connection)
            }
            switch errno {
            case EINTR, ECONNABORTED, EPERM: continue
            case EAGAIN: return .none
            case EMFILE, ENFILE, ENOMEM, ENOBUFS: return .exhausted
            default: return .broken(SystemError(call: "accept"))
            }
        }
    }

    private static func isTransient(_ code: Int32) -> Bool { code == EAGAIN || code == EINTR }
}

/// A failed system call: its name and `errno`.
package struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    package var call: String
    package var code: Int32

    init(call: String, code: Int32 = errno) {
        self.call = call
        self.code = code
    }

    /// `bind: Permission denied`.
    package var description: String { "\(call): \(String(cString: strerror(code)))" }
}
