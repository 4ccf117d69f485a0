import JSON

/// Takes nothing.
package struct ServicesParameters: CallParameters {
    package typealias Reply = ServicesReply
    package static let method = CollectorMethod.services

    package init() {}

    package init(from reader: inout WireReader) throws(WireFault) {}

    package var wire: JSONValue { .object([]) }
}

/// Every service of the catalogue, sorted by name.
package struct ServicesReply: WireRecord {
    package var services: [ServiceInfo]

    package init(services: [ServiceInfo]) {
        self.services = services
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        services = try reader.required("services")
    }

    package var wire: JSONValue {
        .compact(
            ("services", services.wire))
    }
}
