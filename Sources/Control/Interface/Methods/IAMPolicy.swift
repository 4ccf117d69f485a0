import JSON

/// Which policies to print.
package struct IAMPolicyParameters: CallParameters {
    package typealias Reply = IAMPolicyReply
    package static let method = CollectorMethod.iamPolicy

    /// Only the policies of one audience.
    package var audience: PolicyAudience?
    /// Only what is needed in this account.
    package var account: String?
    /// `managed` when absent.
    package var split: PolicySplit?

    package init(audience: PolicyAudience? = nil, account: String? = nil, split: PolicySplit? = nil) {
        self.audience = audience
        self.account = account
        self.split = split
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        audience = try reader.optional("audience")
        account = try reader.optional("account")
        split = try reader.optional("split")
    }

    package var wire: JSONValue {
        .compact(
            ("audience", audience?.wire), ("account", account?.wire), ("split", split?.wire))
    }
}

/// The policies that the configuration needs, no more and no less.
package struct IAMPolicyReply: WireRecord {
    package var documents: [PolicyDocument]
    /// What the reader should know: quotas, guesses, what could not be asked.
    package var notes: [String]

    package init(documents: [PolicyDocument], notes: [String]) {
        self.documents = documents
        self.notes = notes
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        documents = try reader.required("documents")
        notes = try reader.required("notes")
    }

    package var wire: JSONValue {
        .compact(
            ("documents", documents.wire), ("notes", notes.wire))
    }
}
