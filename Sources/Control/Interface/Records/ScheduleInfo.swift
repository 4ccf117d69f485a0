import JSON

/// A schedule and its next and last instants.
package struct ScheduleInfo: WireRecord {
    package var name: String
    /// As configured, `cron(0 2 * * ? *)`.
    package var expression: String
    /// IANA name.
    package var timeZone: String
    /// Missing when it never fires again.
    package var next: Timestamp?
    /// The last scheduled instant that was acted on.
    package var last: Timestamp?
    /// Empty means all.
    package var services: [String]
    /// Empty means all.
    package var accounts: [String]

    package init(
        name: String, expression: String, timeZone: String, next: Timestamp? = nil, last: Timestamp? = nil,
        services: [String], accounts: [String]
    ) {
        self.name = name
        self.expression = expression
        self.timeZone = timeZone
        self.next = next
        self.last = last
        self.services = services
        self.accounts = accounts
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        name = try reader.required("name")
        expression = try reader.required("expression")
        timeZone = try reader.required("timeZone")
        next = try reader.optional("next")
        last = try reader.optional("last")
        services = try reader.required("services")
        accounts = try reader.required("accounts")
    }

    package var wire: JSONValue {
        .compact(
            ("name", name.wire), ("expression", expression.wire), ("timeZone", timeZone.wire), ("next", next?.wire),
            ("last", last?.wire), ("services", services.wire), ("accounts", accounts.wire))
    }
}
