import JSON

/// Where to look.
package struct DoctorParameters: CallParameters {
    package typealias Reply = DoctorReply
    package static let method = CollectorMethod.doctor

    /// Only these accounts; absent or empty means all.
    package var accounts: [String]?

    package init(accounts: [String]? = nil) {
        self.accounts = accounts
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        accounts = try reader.optional("accounts")
    }

    package var wire: JSONValue {
        .compact(
            ("accounts", accounts?.wire))
    }
}

/// Checks in the order they were done; with `more` each as soon as it is done.
package struct DoctorReply: WireRecord {
    package var checks: [DoctorCheck]

    package init(checks: [DoctorCheck]) {
        self.checks = checks
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        checks = try reader.required("checks")
    }

    package var wire: JSONValue {
        .compact(
            ("checks", checks.wire))
    }
}
