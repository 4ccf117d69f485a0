import JSON

/// One listing of a run and how it ended.
package struct ListingReport: WireRecord {
    /// `ec2/instance`.
    package var type: String
    package var account: String
    /// `aws-global` for global services.
    package var region: String
    /// Missing while it has not ended.
    package var outcome: String?
    /// What went wrong, where something did.
    package var error: ListingFault?
    /// Resources seen.
    package var count: Int

    package init(
        type: String, account: String, region: String, outcome: String? = nil, error: ListingFault? = nil, count: Int
    ) {
        self.type = type
        self.account = account
        self.region = region
        self.outcome = outcome
        self.error = error
        self.count = count
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        type = try reader.required("type")
        account = try reader.required("account")
        region = try reader.required("region")
        outcome = try reader.optional("outcome")
        error = try reader.optional("error")
        count = try reader.required("count")
    }

    package var wire: JSONValue {
        .compact(
            ("type", type.wire), ("account", account.wire), ("region", region.wire), ("outcome", outcome?.wire),
            ("error", error?.wire), ("count", count.wire))
    }
}

/// Why a listing or an account failed.
package struct ListingFault: WireRecord {
    /// `DescribeInstances`; empty when no call was made.
    package var operation: String
    /// AWS's error code, or the daemon's word for what happened below AWS.
    package var code: String
    /// At most 1,000 characters; never a credential.
    package var message: String
    /// AWS's id of the failed request.
    package var requestID: String?

    package init(operation: String, code: String, message: String, requestID: String? = nil) {
        self.operation = operation
        self.code = code
        self.message = message
        self.requestID = requestID
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        operation = try reader.required("operation")
        code = try reader.required("code")
        message = try reader.required("message")
        requestID = try reader.optional("requestId")
    }

    package var wire: JSONValue {
        .compact(
            ("operation", operation.wire), ("code", code.wire), ("message", message.wire),
            ("requestId", requestID?.wire))
    }
}
