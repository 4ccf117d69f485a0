#if canImport(Glibc)
    import Glibc
#endif

/// The address of a socket in the file system. Pointers stay within one closure each, over the whole `sockaddr_un`.
struct LocalAddress {
    private var address = sockaddr_un()

    /// 107 bytes: what `sun_path` holds beside its NUL (unix(7)).
    static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// `nil` for a path that is empty, too long, or holds a NUL.
    init?(path: String) {
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count <= Self.longestPath, !bytes.contains(0) else { return nil }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    }

    func bind(_ socket: SocketHandle) throws(SystemError) {
        let failed = withPointer { Glibc.bind(socket.descriptor, $0, $1) } != 0
        if failed { throw SystemError(call: "bind") }
    }

    func connect(_ socket: SocketHandle) throws(SystemError) {
        let failed = withPointer { Glibc.connect(socket.descriptor, $0, $1) } != 0
        if failed { throw SystemError(call: "connect") }
    }

    private func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
