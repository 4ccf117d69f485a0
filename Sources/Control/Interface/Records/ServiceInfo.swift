import JSON

/// A service that the catalogue describes.
package struct ServiceInfo: WireRecord {
    package var service: String
    /// AWS runs it once for all regions.
    package var isGlobal: Bool
    /// Sorted by name.
    package var types: [ResourceTypeInfo]

    package init(service: String, isGlobal: Bool, types: [ResourceTypeInfo]) {
        self.service = service
        self.isGlobal = isGlobal
        self.types = types
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        service = try reader.required("service")
        isGlobal = try reader.required("global")
        types = try reader.required("types")
    }

    package var wire: JSONValue {
        .compact(
            ("service", service.wire), ("global", isGlobal.wire), ("types", types.wire))
    }
}

/// A resource type that the catalogue describes.
package struct ResourceTypeInfo: WireRecord {
    /// `ec2/instance`.
    package var type: String
    /// The configuration selects it for at least one account.
    package var selected: Bool

    package init(type: String, selected: Bool) {
        self.type = type
        self.selected = selected
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        type = try reader.required("type")
        selected = try reader.required("selected")
    }

    package var wire: JSONValue {
        .compact(
            ("type", type.wire), ("selected", selected.wire))
    }
}
