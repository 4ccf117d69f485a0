import JSON

/// One call as it stands in a message (https://varlink.org/Method-Call).
package struct VarlinkCall: Sendable, Equatable {
    /// Interface and method, `org.varlink.service.GetInfo`.
    package var method: String
    /// Always an object.
    package var parameters: JSONValue
    /// The caller takes several replies.
    package var more: Bool
    /// The caller takes no reply.
    package var oneway: Bool

    package init(method: String, parameters: JSONValue = .object([]), more: Bool = false, oneway: Bool = false) {
        self.method = method
        self.parameters = parameters
        self.more = more
        self.oneway = oneway
    }

    /// What makes a message no call.
    package enum Fault: Error, Sendable, Equatable {
        /// Not one JSON object: nothing sensible can follow on this connection.
        case malformed
        /// A call with a member of the wrong type, or one that asks for what we do not do.
        case invalid(member: String)
    }

    /// Reads one message without its NUL, within the limits of control messages. Members of other vendors are ignored.
    package init(message: [UInt8]) throws(Fault) {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue.parse(message, limits: .message)
        } catch {
            throw .malformed
        }
        guard document.members != nil else { throw .malformed }
        guard let method = document["method"]?.string else { throw .invalid(member: "method") }
        self.method = method
        parameters = document["parameters"] ?? .object([])
        if parameters == .null { parameters = .object([]) }
        guard parameters.members != nil else { throw .invalid(member: "parameters") }
        more = try Self.flag(document, "more")
        oneway = try Self.flag(document, "oneway")
        guard try !Self.flag(document, "upgrade") else { throw .invalid(member: "upgrade") }
        guard !(more && oneway) else { throw .invalid(member: "oneway") }
    }

    /// The message, its NUL included.
    package var message: [UInt8] {
        var bytes = JSONValue.compact(
            ("method", .string(method)), ("parameters", parameters), ("more", more ? true : nil),
            ("oneway", oneway ? true : nil)
        ).serialized
        bytes.append(0)
        return bytes
    }

    private static func flag(_ document: JSONValue, _ key: String) throws(Fault) -> Bool {
        guard let value = document[key], value != .null else { return false }
        guard let flag = value.bool else { throw .invalid(member: key) }
        return flag
    }
}
