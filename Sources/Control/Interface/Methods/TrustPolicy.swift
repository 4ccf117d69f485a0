import JSON

/// Which role's trust policy to print.
package struct TrustPolicyParameters: CallParameters {
    package typealias Reply = TrustPolicyReply
    package static let method = CollectorMethod.trustPolicy

    /// The account whose role is to trust the collector.
    package var account: String

    package init(account: String) {
        self.account = account
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        account = try reader.required("account")
    }

    package var wire: JSONValue {
        .compact(
            ("account", account.wire))
    }
}

/// The trust policy of an account's role.
package struct TrustPolicyReply: WireRecord {
    package var account: String
    /// The role that gets it.
    package var roleARN: String
    /// The policy, with the configured external id.
    package var document: JSONValue
    package var notes: [String]

    package init(account: String, roleARN: String, document: JSONValue, notes: [String]) {
        self.account = account
        self.roleARN = roleARN
        self.document = document
        self.notes = notes
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        account = try reader.required("account")
        roleARN = try reader.required("roleArn")
        document = try reader.object("document")
        notes = try reader.required("notes")
    }

    package var wire: JSONValue {
        .compact(
            ("account", account.wire), ("roleArn", roleARN.wire), ("document", document), ("notes", notes.wire))
    }
}
