import JSON

/// Which resource types to describe.
package struct TypesParameters: CallParameters {
    package typealias Reply = TypesReply
    package static let method = CollectorMethod.types

    /// Services, types, and both with `*` and `?`; absent or empty means all.
    package var patterns: [String]?
    /// Only types that the configuration selects.
    package var selected: Bool?

    package init(patterns: [String]? = nil, selected: Bool? = nil) {
        self.patterns = patterns
        self.selected = selected
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        patterns = try reader.optional("patterns")
        selected = try reader.optional("selected")
    }

    package var wire: JSONValue {
        .compact(
            ("patterns", patterns?.wire), ("selected", selected?.wire))
    }
}

/// Resource types, sorted by name within a reply; with `more` one reply a service.
package struct TypesReply: WireRecord {
    package var types: [TypeDescription]

    package init(types: [TypeDescription]) {
        self.types = types
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        types = try reader.required("types")
    }

    package var wire: JSONValue {
        .compact(
            ("types", types.wire))
    }
}
