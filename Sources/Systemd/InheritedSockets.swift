#if canImport(Glibc)
    import Glibc
#endif

/// The listening sockets that the service manager passed to this process, by their names (`FileDescriptorName=`).
///
/// See sd_listen_fds_with_names(3).
package struct InheritedSockets: Sendable {
    /// What a socket must be to be used under a name.
    package enum Kind: Sendable, CaseIterable {
        /// A local (AF_UNIX) stream socket.
        case local
        /// An IPv4 or IPv6 stream socket.
        case internet
    }

    private let sockets: [(name: String, descriptor: Int32)]

    /// Takes the sockets over, once, at the start and before any other thread runs: it changes the environment, so that
    /// no child process takes them for its own.
    package static func take() throws(SystemdError) -> InheritedSockets {
        switch LibSystemd.takeListenNames() {
        case .failure(let error): throw .inheritedSockets(error)
        case .success(let names):
            return InheritedSockets(
                sockets: names.enumerated().map { ($1, LibSystemd.firstListenDescriptor + Int32($0)) })
        }
    }

    /// All names, in the order of their descriptors; a name may stand more than once.
    package var names: [String] { sockets.map(\.name) }

    /// The descriptors of that name, each verified to be a listening socket of that kind; empty when there is none.
    /// Whoever asks takes them over and must close them.
    package func descriptors(named name: String, _ kind: Kind) throws(SystemdError) -> [Int32] {
        let found = sockets.filter { $0.name == name }.map(\.descriptor)
        for descriptor in found {
            let fits =
                switch kind {
                case .local: LibSystemd.isListeningStream(descriptor, family: AF_UNIX)
                case .internet:
                    LibSystemd.isListeningStream(descriptor, family: AF_INET)
                        || LibSystemd.isListeningStream(descriptor, family: AF_INET6)
                }
            guard fits else { throw .wrongSocket(name: name, descriptor: descriptor) }
        }
        return found
    }

    /// The connections of that name which an earlier process of this service left in the service manager's store
    /// (`ServiceManager.store`). Whoever asks takes them over and must close them; what is no local connection is closed.
    package func connections(named name: String) -> [Int32] {
        sockets.filter { $0.name == name }.map(\.descriptor).filter { descriptor in
            if LibSystemd.isConnectedStream(descriptor) { return true }
            _ = close(descriptor)
            return false
        }
    }
}
