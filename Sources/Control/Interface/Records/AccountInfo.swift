import JSON

/// An account that the daemon collects.
package struct AccountInfo: WireRecord {
    /// Twelve digits.
    package var id: String
    package var name: String?
    /// `configuration`, `organization`, or `caller` for the daemon's own account.
    package var origin: String
    /// The role that is assumed; missing when the daemon's own credentials are used.
    package var roleARN: String?
    /// The regions collected; empty until they are known.
    package var regions: [String]
    /// When credentials for it were last had.
    package var lastGoodAt: Timestamp?
    /// Why it cannot be reached at present.
    package var error: ListingFault?

    package init(
        id: String, name: String? = nil, origin: String, roleARN: String? = nil, regions: [String],
        lastGoodAt: Timestamp? = nil, error: ListingFault? = nil
    ) {
        self.id = id
        self.name = name
        self.origin = origin
        self.roleARN = roleARN
        self.regions = regions
        self.lastGoodAt = lastGoodAt
        self.error = error
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        id = try reader.required("id")
        name = try reader.optional("name")
        origin = try reader.required("origin")
        roleARN = try reader.optional("roleArn")
        regions = try reader.required("regions")
        lastGoodAt = try reader.optional("lastGoodAt")
        error = try reader.optional("error")
    }

    package var wire: JSONValue {
        .compact(
            ("id", id.wire), ("name", name?.wire), ("origin", origin.wire), ("roleArn", roleARN?.wire),
            ("regions", regions.wire), ("lastGoodAt", lastGoodAt?.wire), ("error", error?.wire))
    }
}
