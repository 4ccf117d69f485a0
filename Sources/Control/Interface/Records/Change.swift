import JSON

/// What became of a resource.
package enum ChangeKind: String, WireValue, CaseIterable {
    case created
    case updated
    case deleted
}

/// One entry of the change log.
package struct Change: WireRecord {
    /// Counts without a gap; greater is later.
    package var sequence: Int
    package var time: Timestamp
    /// The run that found it; missing where none is known.
    package var run: String?
    package var kind: ChangeKind
    package var service: String
    /// `ec2/instance`.
    package var resourceType: String
    package var accountID: String
    /// As stored: `global` for global services.
    package var region: String
    package var resourceID: String
    package var arn: String?
    package var name: String?
    /// Objects with the members `path`, `old` and `new`, as an array; empty for what was created or deleted. Stored text
    /// is passed on as `JSONValue.raw`.
    package var diff: JSONValue

    package init(
        sequence: Int, time: Timestamp, run: String? = nil, kind: ChangeKind, service: String, resourceType: String,
        accountID: String, region: String, resourceID: String, arn: String? = nil, name: String? = nil,
        diff: JSONValue = .array([])
    ) {
        self.sequence = sequence
        self.time = time
        self.run = run
        self.kind = kind
        self.service = service
        self.resourceType = resourceType
        self.accountID = accountID
        self.region = region
        self.resourceID = resourceID
        self.arn = arn
        self.name = name
        self.diff = diff
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        sequence = try reader.required("sequence")
        time = try reader.required("time")
        run = try reader.optional("run")
        kind = try reader.required("kind")
        service = try reader.required("service")
        resourceType = try reader.required("resourceType")
        accountID = try reader.required("accountId")
        region = try reader.required("region")
        resourceID = try reader.required("resourceId")
        arn = try reader.optional("arn")
        name = try reader.optional("name")
        diff = try reader.array("diff")
    }

    package var wire: JSONValue {
        .compact(
            ("sequence", sequence.wire), ("time", time.wire), ("run", run?.wire), ("kind", kind.wire),
            ("service", service.wire), ("resourceType", resourceType.wire), ("accountId", accountID.wire),
            ("region", region.wire), ("resourceId", resourceID.wire), ("arn", arn?.wire), ("name", name?.wire),
            ("diff", diff))
    }
}
