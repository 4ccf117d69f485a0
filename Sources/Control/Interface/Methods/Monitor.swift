import JSON

/// Which changes to tell as they come.
package struct MonitorParameters: CallParameters {
    package typealias Reply = MonitorReply
    package static let method = CollectorMethod.monitor

    /// Only entries after that one; from now on when absent.
    package var since: Int?
    package var filter: ChangeSelection

    package init(since: Int? = nil, filter: ChangeSelection = ChangeSelection()) {
        self.since = since
        self.filter = filter
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        since = try reader.optional("since", in: 0...Int.max)
        filter = try ChangeSelection(from: &reader)
    }

    package var wire: JSONValue {
        .object((JSONValue.compact(("since", since?.wire)).members ?? []) + filter.members)
    }
}

/// What is new. The first comes at once, empty when there is nothing yet; there is no last one.
package struct MonitorReply: WireRecord {
    package var changes: [Change]
    /// The log has been told up to here: `since` of a call that goes on after a loss of the connection.
    package var sequence: Int

    package init(changes: [Change], sequence: Int) {
        self.changes = changes
        self.sequence = sequence
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        changes = try reader.required("changes")
        sequence = try reader.required("sequence")
    }

    package var wire: JSONValue { .compact(("changes", changes.wire), ("sequence", sequence.wire)) }
}
