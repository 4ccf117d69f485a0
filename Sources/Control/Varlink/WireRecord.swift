import JSON

/// An object of named members in control messages: a `type` of the interface, or the parameters or reply of a method.
package protocol WireRecord: WireValue {
    /// Reads the members. Members it does not ask for are left to the caller to refuse or ignore.
    init(from reader: inout WireReader) throws(WireFault)
}

extension WireRecord {
    package init(wire: JSONValue, at path: String) throws(WireFault) {
        var reader = try WireReader(wire, at: path)
        try self.init(from: &reader)
    }
}

/// Hands out the members of one object and remembers which were asked for.
package struct WireReader {
    private let members: [JSONValue.Member]
    private let path: String
    private var known: [String] = []

    package init(_ value: JSONValue, at path: String = "") throws(WireFault) {
        guard let members = value.members else {
            throw WireFault(path: path.isEmpty ? "parameters" : path, problem: "an object is expected")
        }
        self.members = members
        self.path = path
    }

    /// The value of a member that must be there.
    package mutating func required<Value: WireValue>(_ key: String) throws(WireFault) -> Value {
        guard let value: Value = try optional(key) else {
            throw WireFault(path: place(key), problem: "the member is missing")
        }
        return value
    }

    /// The value of a member that may be missing or null.
    package mutating func optional<Value: WireValue>(_ key: String) throws(WireFault) -> Value? {
        guard let value = take(key) else { return nil }
        return try Value(wire: value, at: place(key))
    }

    /// A member that holds any JSON object, passed on as it is.
    package mutating func object(_ key: String) throws(WireFault) -> JSONValue {
        guard let value = take(key), value.members != nil else {
            throw WireFault(path: place(key), problem: "an object is expected")
        }
        return value
    }

    /// A member that holds any JSON array of objects, passed on as it is.
    package mutating func array(_ key: String) throws(WireFault) -> JSONValue {
        guard let value = take(key), let elements = value.array, elements.allSatisfy({ $0.members != nil }) else {
            throw WireFault(path: place(key), problem: "an array of objects is expected")
        }
        return value
    }

    /// An optional integer that must lie within `bounds`.
    package mutating func optional(_ key: String, in bounds: ClosedRange<Int>) throws(WireFault) -> Int? {
        guard let number: Int = try optional(key) else { return nil }
        guard bounds.contains(number) else {
            throw WireFault(path: place(key), problem: "\(bounds.lowerBound) to \(bounds.upperBound) is allowed")
        }
        return number
    }

    /// Fails on the first member that was never asked for: callers must learn of their typing errors.
    package func refuseUnknown() throws(WireFault) {
        for member in members where !known.contains(member.key) {
            throw WireFault(path: place(member.key), problem: "there is no such member")
        }
    }

    private mutating func take(_ key: String) -> JSONValue? {
        known.append(key)
        guard let value = members.first(where: { $0.key == key })?.value, value != .null else { return nil }
        return value
    }

    private func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
