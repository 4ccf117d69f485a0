import JSON

/// Why a received value does not have the shape that the interface describes.
package struct WireFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// The member at fault, from the outside in: `regions`, `summary.outcomes.empty`.
    package var path: String
    /// What is wrong with it, `a string is expected`; never the value itself.
    package var problem: String

    package init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    package var description: String { "\(path): \(problem)" }
}

/// A value that has exactly one JSON form in control messages.
package protocol WireValue: Sendable, Equatable {
    /// Reads the JSON form; `path` names the place for the error.
    init(wire: JSONValue, at path: String) throws(WireFault)

    /// The JSON form, as the interface description declares it.
    var wire: JSONValue { get }
}

extension WireValue {
    /// Reads a value that stands outside any record.
    package init(wire: JSONValue) throws(WireFault) { try self.init(wire: wire, at: "") }
}

extension String: WireValue {
    package init(wire: JSONValue, at path: String) throws(WireFault) {
        guard let text = wire.string else { throw WireFault(path: path, problem: "a string is expected") }
        self = text
    }

    package var wire: JSONValue { .string(self) }
}

extension Int: WireValue {
    package init(wire: JSONValue, at path: String) throws(WireFault) {
        guard let number = wire.int else { throw WireFault(path: path, problem: "an integer is expected") }
        self = number
    }

    package var wire: JSONValue { .integer(Int64(self)) }
}

extension Bool: WireValue {
    package init(wire: JSONValue, at path: String) throws(WireFault) {
        guard let flag = wire.bool else { throw WireFault(path: path, problem: "true or false is expected") }
        self = flag
    }

    package var wire: JSONValue { .bool(self) }
}

extension Array: WireValue where Element: WireValue {
    package init(wire: JSONValue, at path: String) throws(WireFault) {
        guard let elements = wire.array else { throw WireFault(path: path, problem: "an array is expected") }
        self.init()
        reserveCapacity(elements.count)
        for element in elements { append(try Element(wire: element, at: path)) }
    }

    package var wire: JSONValue { .array(map(\.wire)) }
}

extension Dictionary: WireValue where Key == String, Value: WireValue {
    package init(wire: JSONValue, at path: String) throws(WireFault) {
        guard let members = wire.members else { throw WireFault(path: path, problem: "an object is expected") }
        self.init(minimumCapacity: members.count)
        for member in members { self[member.key] = try Value(wire: member.value, at: "\(path).\(member.key)") }
    }

    /// Members in the order of their names, so that the same value always gives the same text.
    package var wire: JSONValue {
        .object(sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value.wire) })
    }
}

extension WireValue where Self: RawRepresentable, RawValue == String {
    package init(wire: JSONValue, at path: String) throws(WireFault) {
        guard let value = Self(rawValue: try String(wire: wire, at: path)) else {
            throw WireFault(path: path, problem: "not one of the words that are known here")
        }
        self = value
    }

    package var wire: JSONValue { .string(rawValue) }
}
