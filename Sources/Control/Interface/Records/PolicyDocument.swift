import JSON

/// Whose permissions a policy holds.
package enum PolicyAudience: String, WireValue, CaseIterable {
    /// The role in each account, or the collector's own identity where an account is entered without one.
    case member
    /// The collector's own identity.
    case collector
    /// The role that asks AWS Organizations for accounts.
    case organization
    /// The role that reaches the DynamoDB tables.
    case store
}

/// How policies that are too large become several (IAM's quotas, in characters without white space).
package enum PolicySplit: String, WireValue, CaseIterable {
    /// Managed policies: 6,144 each.
    case managed
    /// Inline policies of a role: 10,240 for all of them together, so that a larger one stays whole and
    /// a note says so.
    case inline
    /// One document for each audience, whatever its size.
    case none
}

/// One IAM policy, ready to be created.
package struct PolicyDocument: WireRecord {
    /// Unique among the documents of a reply; fit as a policy's name.
    package var name: String
    package var audience: PolicyAudience
    /// What to attach it to, for people: an ARN where it is known.
    package var attachTo: String
    /// The accounts it is for; empty means every discovered one.
    package var accounts: [String]
    /// Its size as IAM counts it: without white space.
    package var characters: Int
    /// The policy itself.
    package var document: JSONValue

    package init(
        name: String, audience: PolicyAudience, attachTo: String, accounts: [String], characters: Int,
        document:
            JSONValue
    ) {
        self.name = name
        self.audience = audience
        self.attachTo = attachTo
        self.accounts = accounts
        self.characters = characters
        self.document = document
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        name = try reader.required("name")
        audience = try reader.required("audience")
        attachTo = try reader.required("attachTo")
        accounts = try reader.required("accounts")
        characters = try reader.required("characters")
        document = try reader.object("document")
    }

    package var wire: JSONValue {
        .compact(
            ("name", name.wire), ("audience", audience.wire), ("attachTo", attachTo.wire),
            (
                "accounts",
                accounts.wire
            ), ("characters", characters.wire), ("document", document))
    }
}
