/// Why a call to the daemon brought no reply.
package enum ControlClientError: Error, Sendable, Equatable {
    /// There is no connection, and why.
    case unreachable(Unreachable, path: String)
    /// The daemon went away before the reply was complete.
    case disconnected
    /// No reply within the time given. The call is still under way; a stream can be asked again.
    case timedOut
    /// A signal, or the descriptor given as `interruptDescriptor`, ended the wait. A stream can be asked again.
    case interrupted
    /// What came is not what the interface promises; the text says where.
    case protocolViolation(String)
    /// The daemon refuses, for a reason that this program knows.
    case refused(CollectorError)
    /// The daemon refuses, for a reason that this program does not know.
    case unknownError(VarlinkError)

    package enum Unreachable: Sendable, Equatable {
        /// Nothing has that path: not installed, not started, or another path.
        case noSuchFile
        /// The socket is there and nobody answers.
        case notRunning
        /// The caller may not connect: not in the group that may.
        case permissionDenied
        /// The path leads to something that is no socket of this kind, or is too long for one.
        case notASocket
        /// The daemon takes no more connections at present.
        case busy
        /// Another failure of the system, in its words.
        case other(String)
    }
}
