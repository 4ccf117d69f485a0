import JSON

/// One resource as it is stored.
package struct Resource: WireRecord {
    package var service: String
    /// `ec2/instance`.
    package var resourceType: String
    package var accountID: String
    /// As stored: `global` for global services.
    package var region: String
    /// Unique within service, account and region; opaque.
    package var resourceID: String
    package var arn: String?
    package var name: String?
    /// An object of strings. Stored text is passed on as `JSONValue.raw`.
    package var tags: JSONValue
    /// When this content was last written.
    package var updatedAt: Timestamp
    /// Seconds since the epoch: when the row expires unless it is seen again.
    package var ttl: Int
    /// The whole resource as an object. Stored text is passed on as `JSONValue.raw`.
    package var data: JSONValue

    package init(
        service: String, resourceType: String, accountID: String, region: String, resourceID: String,
        arn: String? = nil, name: String? = nil, tags: JSONValue, updatedAt: Timestamp, ttl: Int, data: JSONValue
    ) {
        self.service = service
        self.resourceType = resourceType
        self.accountID = accountID
        self.region = region
        self.resourceID = resourceID
        self.arn = arn
        self.name = name
        self.tags = tags
        self.updatedAt = updatedAt
        self.ttl = ttl
        self.data = data
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        service = try reader.required("service")
        resourceType = try reader.required("resourceType")
        accountID = try reader.required("accountId")
        region = try reader.required("region")
        resourceID = try reader.required("resourceId")
        arn = try reader.optional("arn")
        name = try reader.optional("name")
        tags = try reader.object("tags")
        updatedAt = try reader.required("updatedAt")
        ttl = try reader.required("ttl")
        data = try reader.object("data")
    }

    package var wire: JSONValue {
        .compact(
            ("service", service.wire), ("resourceType", resourceType.wire), ("accountId", accountID.wire),
            ("region", region.wire), ("resourceId", resourceID.wire), ("arn", arn?.wire), ("name", name?.wire),
            ("tags", tags), ("updatedAt", updatedAt.wire), ("ttl", ttl.wire), ("data", data))
    }
}
