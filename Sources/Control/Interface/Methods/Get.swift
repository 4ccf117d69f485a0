import JSON

/// Which resource to tell.
package struct GetParameters: CallParameters {
    package typealias Reply = GetReply
    package static let method = CollectorMethod.get

    /// A resource id, an ARN or a name.
    package var id: String

    package init(id: String) {
        self.id = id
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        id = try reader.required("id")
    }

    package var wire: JSONValue {
        .compact(
            ("id", id.wire))
    }
}

/// Everything of that id, ARN or name: at least one.
package struct GetReply: WireRecord {
    package var resources: [Resource]

    package init(resources: [Resource]) {
        self.resources = resources
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        resources = try reader.required("resources")
    }

    package var wire: JSONValue {
        .compact(
            ("resources", resources.wire))
    }
}
