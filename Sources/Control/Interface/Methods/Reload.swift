import JSON

/// Takes nothing.
package struct ReloadParameters: CallParameters {
    package typealias Reply = ReloadReply
    package static let method = CollectorMethod.reload

    package init() {}

    package init(from reader: inout WireReader) throws(WireFault) {}

    package var wire: JSONValue { .object([]) }
}

/// The new configuration is in force.
package struct ReloadReply: WireRecord {
    /// `file:line:column: message`; what an operator should look at.
    package var warnings: [String]

    package init(warnings: [String]) {
        self.warnings = warnings
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        warnings = try reader.required("warnings")
    }

    package var wire: JSONValue {
        .compact(
            ("warnings", warnings.wire))
    }
}
