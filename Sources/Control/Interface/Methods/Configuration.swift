import JSON

/// Takes nothing.
package struct ConfigurationParameters: CallParameters {
    package typealias Reply = ConfigurationReply
    package static let method = CollectorMethod.configuration

    package init() {}

    package init(from reader: inout WireReader) throws(WireFault) {}

    package var wire: JSONValue { .object([]) }
}

/// The configuration in force.
package struct ConfigurationReply: WireRecord {
    /// In the form of the configuration file, every key with its effective value, secrets left out.
    package var text: String

    package init(text: String) {
        self.text = text
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        text = try reader.required("text")
    }

    package var wire: JSONValue {
        .compact(
            ("text", text.wire))
    }
}
