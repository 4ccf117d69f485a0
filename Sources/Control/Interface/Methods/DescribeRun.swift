import JSON

/// Which run to describe, or with `more` to follow until it ends.
package struct DescribeRunParameters: CallParameters {
    package typealias Reply = DescribeRunReply
    package static let method = CollectorMethod.describeRun

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

/// The run as it stands, or one step of it.
package struct DescribeRunReply: WireRecord {
    package var run: String
    package var state: RunState
    /// Set while it runs.
    package var progress: Progress?
    /// Always set in the first and the last reply.
    package var summary: RunSummary?

    package init(run: String, state: RunState, progress: Progress? = nil, summary: RunSummary? = nil) {
        self.run = run
        self.state = state
        self.progress = progress
        self.summary = summary
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        run = try reader.required("run")
        state = try reader.required("state")
        progress = try reader.optional("progress")
        summary = try reader.optional("summary")
    }

    package var wire: JSONValue {
        .compact(
            ("run", run.wire), ("state", state.wire), ("progress", progress?.wire), ("summary", summary?.wire))
    }
}
