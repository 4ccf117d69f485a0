import JSON

/// Takes nothing.
package struct AccountsParameters: CallParameters {
    package typealias Reply = AccountsReply
    package static let method = CollectorMethod.accounts

    package init() {}

    package init(from reader: inout WireReader) throws(WireFault) {}

    package var wire: JSONValue { .object([]) }
}

/// Every account that is collected, sorted by id.
package struct AccountsReply: WireRecord {
    package var accounts: [AccountInfo]

    package init(accounts: [AccountInfo]) {
        self.accounts = accounts
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        accounts = try reader.required("accounts")
    }

    package var wire: JSONValue {
        .compact(
            ("accounts", accounts.wire))
    }
}
