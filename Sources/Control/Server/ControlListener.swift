#if canImport(Glibc)
    import Glibc
#endif

/// Why a control socket cannot be served.
package enum ControlServerError: Error, Sendable, Equatable {
    /// Another process answers on that path.
    case inUse(path: String)
    /// The directory of the path does not exist.
    case noDirectory(path: String)
    /// Something that is no socket stands at the path; it is left alone.
    case notASocket(path: String)
    /// Longer than the 107 bytes a local address can hold, or empty.
    case unusablePath(path: String)
    /// An inherited descriptor is no listening local stream socket.
    case wrongDescriptor(Int32)
    case system(SystemError, path: String)
    /// The server was started before.
    case alreadyStarted
}

/// A socket on which callers connect.
package final class ControlListener: Sendable {
    let socket: SocketHandle
    /// Where it was bound by us, and which file that made.
    private let bound: (path: String, file: FileIdentity)?

    private init(socket: SocketHandle, bound: (path: String, file: FileIdentity)?) {
        self.socket = socket
        self.bound = bound
    }

    /// Takes over a descriptor that the service manager listens on. It stays open there, so that callers wait and are
    /// not refused while the daemon restarts; nothing of it is ever removed here.
    package static func adopt(_ descriptor: Int32) throws(ControlServerError) -> ControlListener {
        let socket = SocketHandle(adopting: descriptor)
        do throws(SystemError) {
            guard try socket.option(SO_DOMAIN) == AF_UNIX, try socket.option(SO_TYPE) == SOCK_STREAM.rawValue,
                try socket.option(SO_ACCEPTCONN) == 1
            else { throw SystemError(call: "adopt", code: EINVAL) }
            try socket.prepareInherited()
        } catch {
            throw .wrongDescriptor(descriptor)
        }
        return ControlListener(socket: socket, bound: nil)
    }

    /// Binds `path` and listens. A socket left there by a process that is gone is replaced; one that answers is not.
    ///
    /// `mode` is the file's permission: who may write to it may call. `group` becomes its group when given. The
    /// directory must be there.
    package static func bind(
        path: String, mode: UInt32 = 0o660, group: UInt32? = nil
    ) throws(ControlServerError) -> ControlListener {
        guard let address = LocalAddress(path: path) else { throw .unusablePath(path: path) }
        try removeStale(path, address)
        do throws(SystemError) {
            let socket = try SocketHandle.unixStream()
            // The mode set before counts for the new file, so that it is never open to more than intended.
            guard fchmod(socket.descriptor, mode) == 0 else { throw SystemError(call: "fchmod") }
            try address.bind(socket)
            if let group, chown(path, uid_t.max, group) != 0 { throw SystemError(call: "chown") }
            guard chmod(path, mode) == 0 else { throw SystemError(call: "chmod") }
            guard listen(socket.descriptor, SOMAXCONN) == 0 else { throw SystemError(call: "listen") }
            guard let file = FileIdentity(path: path) else { throw SystemError(call: "lstat") }
            return ControlListener(socket: socket, bound: (path, file))
        } catch {
            throw error.code == EADDRINUSE ? .inUse(path: path) : .system(error, path: path)
        }
    }

    /// Ends listening on a path that was bound here and removes the file, if it is still that file.
    func release() {
        guard let bound else { return }
        // Callers still queued are refused; after an error they find out when the process ends.
        _ = shutdown(socket.descriptor, Int32(SHUT_RDWR))
        // A file that stays is replaced by whoever binds next.
        if FileIdentity(path: bound.path) == bound.file { _ = unlink(bound.path) }
    }

    private static func removeStale(_ path: String, _ address: LocalAddress) throws(ControlServerError) {
        guard let file = FileIdentity(path: path) else {
            switch errno {
            case ENOENT:
                let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
                guard FileIdentity(path: directory.isEmpty ? "/" : directory) != nil else {
                    throw .noDirectory(path: path)
                }
                return
            case ENOTDIR: throw .noDirectory(path: path)
            default: throw .system(SystemError(call: "lstat"), path: path)
            }
        }
        guard file.isSocket else { throw .notASocket(path: path) }
        do throws(SystemError) {
            try address.connect(try SocketHandle.unixStream())
            throw SystemError(call: "connect", code: EADDRINUSE)
        } catch {
            // Anything but a refusal (a full queue, no permission) means that somebody may be there.
            guard error.code == ECONNREFUSED else { throw .inUse(path: path) }
            guard unlink(path) == 0 else { throw .system(SystemError(call: "unlink"), path: path) }
        }
    }
}

/// Which file a path leads to, without following a last symbolic link.
private struct FileIdentity: Equatable, Sendable {
    let device: UInt
    let inode: UInt
    let isSocket: Bool

    /// `nil` when there is none or it cannot be seen; `errno` says which.
    init?(path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        isSocket = status.st_mode & S_IFMT == S_IFSOCK
    }
}
