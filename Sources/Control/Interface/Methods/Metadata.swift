import JSON

/// Whose metadata to tell.
package struct MetadataParameters: CallParameters {
    package typealias Reply = MetadataReply
    package static let method = CollectorMethod.metadata

    /// All services when absent.
    package var service: String?

    package init(service: String? = nil) {
        self.service = service
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        service = try reader.optional("service")
    }

    package var wire: JSONValue {
        .compact(
            ("service", service?.wire))
    }
}

/// With `more` a part of the units, in order over all replies.
package struct MetadataReply: WireRecord {
    /// The newest `updatedAt` of all units asked for, the same in every reply.
    package var lastUpdate: Timestamp?
    /// As asked.
    package var service: String?
    /// Sorted by service, account and region.
    package var units: [UnitMetadata]

    package init(lastUpdate: Timestamp? = nil, service: String? = nil, units: [UnitMetadata]) {
        self.lastUpdate = lastUpdate
        self.service = service
        self.units = units
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        lastUpdate = try reader.optional("lastUpdate")
        service = try reader.optional("service")
        units = try reader.required("units")
    }

    package var wire: JSONValue {
        .compact(
            ("lastUpdate", lastUpdate?.wire), ("service", service?.wire), ("units", units.wire))
    }
}
