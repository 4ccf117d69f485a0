import JSON

/// How fresh and how whole the inventory of one service in one account and region is.
package struct UnitMetadata: WireRecord {
    package var service: String
    package var accountID: String
    /// As stored: `global` for global services.
    package var region: String
    /// The end of the last refresh that completed; missing when none ever did.
    package var updatedAt: Timestamp?
    /// Live resources.
    package var resourceCount: Int
    /// `ok`, `partial` or `failed`.
    package var status: String
    /// The end of the last refresh, however it went.
    package var lastAttemptAt: Timestamp
    /// When every listing last ended as it should.
    package var lastGoodAt: Timestamp?
    /// Per resource type, sorted by name.
    package var outcomes: [TypeOutcome]

    package init(
        service: String, accountID: String, region: String, updatedAt: Timestamp? = nil, resourceCount: Int,
        status: String, lastAttemptAt: Timestamp, lastGoodAt: Timestamp? = nil, outcomes: [TypeOutcome]
    ) {
        self.service = service
        self.accountID = accountID
        self.region = region
        self.updatedAt = updatedAt
        self.resourceCount = resourceCount
        self.status = status
        self.lastAttemptAt = lastAttemptAt
        self.lastGoodAt = lastGoodAt
        self.outcomes = outcomes
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        service = try reader.required("service")
        accountID = try reader.required("accountId")
        region = try reader.required("region")
        updatedAt = try reader.optional("updatedAt")
        resourceCount = try reader.required("resourceCount")
        status = try reader.required("status")
        lastAttemptAt = try reader.required("lastAttemptAt")
        lastGoodAt = try reader.optional("lastGoodAt")
        outcomes = try reader.required("outcomes")
    }

    package var wire: JSONValue {
        .compact(
            ("service", service.wire), ("accountId", accountID.wire), ("region", region.wire),
            ("updatedAt", updatedAt?.wire), ("resourceCount", resourceCount.wire), ("status", status.wire),
            ("lastAttemptAt", lastAttemptAt.wire), ("lastGoodAt", lastGoodAt?.wire), ("outcomes", outcomes.wire))
    }
}

/// How the last listing of one resource type ended.
package struct TypeOutcome: WireRecord {
    package var type: String
    package var outcome: String
    package var count: Int
    /// AWS's error code and message.
    package var error: String?

    package init(type: String, outcome: String, count: Int, error: String? = nil) {
        self.type = type
        self.outcome = outcome
        self.count = count
        self.error = error
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        type = try reader.required("type")
        outcome = try reader.required("outcome")
        count = try reader.required("count")
        error = try reader.optional("error")
    }

    package var wire: JSONValue {
        .compact(
            ("type", type.wire), ("outcome", outcome.wire), ("count", count.wire), ("error", error?.wire))
    }
}
