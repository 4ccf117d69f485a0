import JSON

/// Which changes to tell; what is absent does not restrict.
package struct ChangesParameters: CallParameters {
    package typealias Reply = ChangesReply
    package static let method = CollectorMethod.changes

    /// Only entries after that one: the `sequence` of a reply, or of the last entry known. At most one of `since` and
    /// `sinceTime` may be given.
    package var since: Int?
    /// Only entries of that time and later.
    package var sinceTime: Timestamp?
    package var filter: ChangeSelection
    /// Entries a reply, 1 to 10,000; 500 when absent. Large entries make shorter replies.
    package var limit: Int?

    package init(
        since: Int? = nil, sinceTime: Timestamp? = nil, filter: ChangeSelection = ChangeSelection(), limit: Int? = nil
    ) {
        self.since = since
        self.sinceTime = sinceTime
        self.filter = filter
        self.limit = limit
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        since = try reader.optional("since", in: 0...Int.max)
        sinceTime = try reader.optional("sinceTime")
        filter = try ChangeSelection(from: &reader)
        limit = try reader.optional("limit", in: PageLimit.bounds)
    }

    package var wire: JSONValue {
        .object(
            (JSONValue.compact(("since", since?.wire), ("sinceTime", sinceTime?.wire)).members ?? [])
                + filter.members + (JSONValue.compact(("limit", limit?.wire)).members ?? []))
    }
}

/// The parameters by which `Changes` and `Monitor` choose; they stand among the others.
package struct ChangeSelection: Sendable, Equatable {
    package var service: String?
    /// `ec2/instance`.
    package var type: String?
    package var account: String?
    /// As stored: `global` for global services.
    package var region: String?
    /// A resource's id, ARN or name.
    package var id: String?
    package var kind: ChangeKind?

    package init(
        service: String? = nil, type: String? = nil, account: String? = nil, region: String? = nil, id: String? = nil,
        kind: ChangeKind? = nil
    ) {
        self.service = service
        self.type = type
        self.account = account
        self.region = region
        self.id = id
        self.kind = kind
    }

    init(from reader: inout WireReader) throws(WireFault) {
        service = try reader.optional("service")
        type = try reader.optional("type")
        account = try reader.optional("account")
        region = try reader.optional("region")
        id = try reader.optional("id")
        kind = try reader.optional("kind")
    }

    var members: [JSONValue.Member] {
        JSONValue.compact(
            ("service", service?.wire), ("type", type?.wire), ("account", account?.wire), ("region", region?.wire),
            ("id", id?.wire), ("kind", kind?.wire)
        ).members ?? []
    }
}

/// Consecutive entries; with `more` the pages follow each other to the newest.
package struct ChangesReply: WireRecord {
    package var changes: [Change]
    /// The log has been told up to here: `since` of the next call.
    package var sequence: Int
    /// The newest entry of the log; the last page ends there.
    package var newest: Int
    /// The log is whole since then.
    package var keptSince: Timestamp

    package init(changes: [Change], sequence: Int, newest: Int, keptSince: Timestamp) {
        self.changes = changes
        self.sequence = sequence
        self.newest = newest
        self.keptSince = keptSince
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        changes = try reader.required("changes")
        sequence = try reader.required("sequence")
        newest = try reader.required("newest")
        keptSince = try reader.required("keptSince")
    }

    package var wire: JSONValue {
        .compact(
            ("changes", changes.wire), ("sequence", sequence.wire), ("newest", newest.wire),
            ("keptSince", keptSince.wire))
    }
}
