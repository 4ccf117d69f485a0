#if canImport(Glibc)
    import Glibc
#endif

/// What went wrong between us and the service manager.
package enum SystemdError: Error, Sendable, Equatable {
    /// The service manager's variables about inherited sockets make no sense.
    case inheritedSockets(FailedCall)
    /// A socket of that name is not of the kind its name stands for: the unit file says something else than we expect.
    case wrongSocket(name: String, descriptor: Int32)
}

/// A failed call: its name and `errno`.
package struct FailedCall: Error, Sendable, Equatable, CustomStringConvertible {
    package var call: String
    package var code: Int32

    /// `sd_notify: Permission denied`.
    package var description: String { "\(call): \(String(cString: strerror(code)))" }
}
