import JSON

/// Where the inventory is kept.
package struct StoreInfo: WireRecord {
    /// `sqlite` or `dynamodb`.
    package var type: String
    /// The file, or the table and its region.
    package var location: String

    package init(type: String, location: String) {
        self.type = type
        self.location = location
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        type = try reader.required("type")
        location = try reader.required("location")
    }

    package var wire: JSONValue {
        .compact(
            ("type", type.wire), ("location", location.wire))
    }
}
