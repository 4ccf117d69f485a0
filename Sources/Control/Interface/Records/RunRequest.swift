import JSON

/// What a run was asked to cover; an empty list means all.
package struct RunRequest: WireRecord {
    package var services: [String]
    package var types: [String]
    package var accounts: [String]
    package var regions: [String]
    /// Write every resource again, changed or not.
    package var force: Bool

    package init(services: [String], types: [String], accounts: [String], regions: [String], force: Bool) {
        self.services = services
        self.types = types
        self.accounts = accounts
        self.regions = regions
        self.force = force
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        services = try reader.required("services")
        types = try reader.required("types")
        accounts = try reader.required("accounts")
        regions = try reader.required("regions")
        force = try reader.required("force")
    }

    package var wire: JSONValue {
        .compact(
            ("services", services.wire), ("types", types.wire), ("accounts", accounts.wire), ("regions", regions.wire),
            ("force", force.wire))
    }
}
