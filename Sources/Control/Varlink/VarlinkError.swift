import JSON

/// An error as it travels: a full name and its parameters.
package struct VarlinkError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Interface and error, `org.varlink.service.MethodNotFound`.
    package var name: String
    /// Always an object.
    package var parameters: JSONValue

    package init(name: String, parameters: JSONValue = .object([])) {
        self.name = name
        self.parameters = parameters
    }

    package var description: String { "\(name) \(parameters.text)" }

    /// The errors every varlink service has: https://varlink.org/Service and systemd's list of the same interface.
    package static func interfaceNotFound(_ interface: String) -> VarlinkError {
        standard("InterfaceNotFound", "interface", interface)
    }

    package static func methodNotFound(_ method: String) -> VarlinkError {
        standard("MethodNotFound", "method", method)
    }

    package static func methodNotImplemented(_ method: String) -> VarlinkError {
        standard("MethodNotImplemented", "method", method)
    }

    package static func invalidParameter(_ parameter: String) -> VarlinkError {
        standard("InvalidParameter", "parameter", parameter)
    }

    package static let permissionDenied = VarlinkError(name: "\(serviceInterface).PermissionDenied")
    package static let expectedMore = VarlinkError(name: "\(serviceInterface).ExpectedMore")

    /// The interface that every varlink service has.
    package static let serviceInterface = "org.varlink.service"

    private static func standard(_ name: String, _ key: String, _ value: String) -> VarlinkError {
        // Names come from the caller; an echo of a huge one would only cost both sides.
        VarlinkError(
            name: "\(serviceInterface).\(name)", parameters: .object([.init(key, .string(String(value.prefix(256))))]))
    }
}
