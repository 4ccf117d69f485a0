import JSON

/// Which run to cancel.
package struct CancelParameters: CallParameters {
    package typealias Reply = CancelReply
    package static let method = CollectorMethod.cancel

    package var run: String

    package init(run: String) {
        self.run = run
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        run = try reader.required("run")
    }

    package var wire: JSONValue {
        .compact(
            ("run", run.wire))
    }
}

/// The run was asked to stop; it ends when the calls under way have ended.
package struct CancelReply: WireRecord {
    package var run: String
    /// `running` while calls are still under way.
    package var state: RunState

    package init(run: String, state: RunState) {
        self.run = run
        self.state = state
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        run = try reader.required("run")
        state = try reader.required("state")
    }

    package var wire: JSONValue {
        .compact(
            ("run", run.wire), ("state", state.wire))
    }
}
