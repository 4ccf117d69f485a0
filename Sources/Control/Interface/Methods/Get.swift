import JSON

/// Which resource to tell.
package struct GetParameters: CallParameters {
    package typealias Reply = GetReply
    package static let method = CollectorMethod.get

    /// A resource id, an ARN or a name.
    package var id: String
    /// Tell its changes too.
    package var history: Bool?
    /// As it was at that time; now when absent.
    package var at: Timestamp?

    package init(id: String, history: Bool? = nil, at: Timestamp? = nil) {
        self.id = id
        self.history = history
        self.at = at
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        id = try reader.required("id")
        history = try reader.optional("history")
        at = try reader.optional("at")
    }

    package var wire: JSONValue {
        .compact(("id", id.wire), ("history", history?.wire), ("at", at?.wire))
    }
}

/// Everything of that id, ARN or name: at least one resource or change.
package struct GetReply: WireRecord {
    package var resources: [Resource]
    /// Oldest first; absent unless asked for.
    package var changes: [Change]?

    package init(resources: [Resource], changes: [Change]? = nil) {
        self.resources = resources
        self.changes = changes
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        resources = try reader.required("resources")
        changes = try reader.optional("changes")
    }

    package var wire: JSONValue {
        .compact(("resources", resources.wire), ("changes", changes?.wire))
    }
}
