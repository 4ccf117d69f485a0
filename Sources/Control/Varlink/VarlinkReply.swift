import JSON

/// One reply as it stands in a message (https://varlink.org/Method-Call).
package enum VarlinkReply: Sendable, Equatable {
    /// The reply's parameters; `continues` promises a further reply to the same call.
    case success(JSONValue, continues: Bool)
    case failure(VarlinkError)

    /// Reads one message without its NUL.
    package init(message: [UInt8], limits: JSONLimits) throws(WireFault) {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue.parse(message, limits: limits)
        } catch {
            throw WireFault(path: "reply", problem: error.description)
        }
        var reader = try WireReader(document, at: "reply")
        let parameters = document["parameters"].flatMap { $0 == .null ? nil : $0 } ?? .object([])
        guard parameters.members != nil else {
            throw WireFault(path: "reply.parameters", problem: "an object is expected")
        }
        if let error: String = try reader.optional("error") {
            self = .failure(VarlinkError(name: error, parameters: parameters))
        } else {
            self = .success(parameters, continues: try reader.optional("continues") ?? false)
        }
    }

    /// The message, its NUL included.
    package var message: [UInt8] {
        var bytes: [UInt8] = []
        switch self {
        case .success(let parameters, let continues):
            JSONValue.compact(("parameters", parameters), ("continues", continues ? true : nil)).write(to: &bytes)
        case .failure(let error):
            JSONValue.compact(("error", .string(error.name)), ("parameters", error.parameters)).write(to: &bytes)
        }
        bytes.append(0)
        return bytes
    }
}
