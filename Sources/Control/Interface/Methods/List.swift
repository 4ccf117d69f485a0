import JSON

/// Which resources to tell; what is absent does not restrict.
package struct ListParameters: CallParameters {
    package typealias Reply = ListReply
    package static let method = CollectorMethod.list

    package var service: String?
    /// `ec2/instance`.
    package var type: String?
    package var account: String?
    /// As stored: `global` for global services.
    package var region: String?
    /// Exactly this name.
    package var name: String?
    /// Every tag must be there with that value.
    package var tags: [String: String]?
    /// The cursor of the reply before.
    package var cursor: String?
    /// Resources a reply, 1 to 10,000; 500 when absent.
    package var limit: Int?
    /// As the inventory was at that time; now when absent.
    package var at: Timestamp?

    package init(
        service: String? = nil, type: String? = nil, account: String? = nil, region: String? = nil,
        name: String? = nil, tags: [String: String]? = nil, cursor: String? = nil, limit: Int? = nil,
        at: Timestamp? = nil
    ) {
        self.service = service
        self.type = type
        self.account = account
        self.region = region
        self.name = name
        self.tags = tags
        self.cursor = cursor
        self.limit = limit
        self.at = at
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        service = try reader.optional("service")
        type = try reader.optional("type")
        account = try reader.optional("account")
        region = try reader.optional("region")
        name = try reader.optional("name")
        tags = try reader.optional("tags")
        cursor = try reader.optional("cursor")
        limit = try reader.optional("limit", in: PageLimit.bounds)
        at = try reader.optional("at")
    }

    package var wire: JSONValue {
        .compact(
            ("service", service?.wire), ("type", type?.wire), ("account", account?.wire), ("region", region?.wire),
            ("name", name?.wire), ("tags", tags?.wire), ("cursor", cursor?.wire), ("limit", limit?.wire),
            ("at", at?.wire))
    }
}

/// One page; with `more` the pages follow each other to the last.
package struct ListReply: WireRecord {
    /// In key order.
    package var resources: [Resource]
    /// Where the next page begins; missing on the last.
    package var cursor: String?

    package init(resources: [Resource], cursor: String? = nil) {
        self.resources = resources
        self.cursor = cursor
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        resources = try reader.required("resources")
        cursor = try reader.optional("cursor")
    }

    package var wire: JSONValue {
        .compact(
            ("resources", resources.wire), ("cursor", cursor?.wire))
    }
}
