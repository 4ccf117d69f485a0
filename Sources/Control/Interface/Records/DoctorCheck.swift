import JSON

/// How a check ended.
package enum CheckState: String, WireValue, CaseIterable {
    case ok
    /// Works, with a loss that the message names.
    case warning
    case failed
    /// Not done, and the message says why.
    case skipped
}

/// What a check is about; decides about the exit code of `collectorctl doctor`.
package enum CheckArea: String, WireValue, CaseIterable {
    case configuration, host, store, credentials, account
}

/// One thing that was looked at.
package struct DoctorCheck: WireRecord {
    package var area: CheckArea
    /// `clock`, `permissions`.
    package var check: String
    /// The account it was done in.
    package var account: String?
    package var state: CheckState
    /// What was found.
    package var message: String
    /// What to do next.
    package var advice: String?
    /// IAM actions that are missing, sorted.
    package var actions: [String]

    package init(
        area: CheckArea, check: String, account: String? = nil, state: CheckState, message: String,
        advice: String? = nil, actions: [String]
    ) {
        self.area = area
        self.check = check
        self.account = account
        self.state = state
        self.message = message
        self.advice = advice
        self.actions = actions
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        area = try reader.required("area")
        check = try reader.required("check")
        account = try reader.optional("account")
        state = try reader.required("state")
        message = try reader.required("message")
        advice = try reader.optional("advice")
        actions = try reader.required("actions")
    }

    package var wire: JSONValue {
        .compact(
            ("area", area.wire), ("check", check.wire), ("account", account?.wire), ("state", state.wire),
            ("message", message.wire), ("advice", advice?.wire), ("actions", actions.wire))
    }
}
