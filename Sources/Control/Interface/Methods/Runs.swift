import JSON

/// How many of the newest runs to tell.
package struct RunsParameters: CallParameters {
    package typealias Reply = RunsReply
    package static let method = CollectorMethod.runs

    /// 1 to 10,000; 20 when absent.
    package var limit: Int?

    package init(limit: Int? = nil) {
        self.limit = limit
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        limit = try reader.optional("limit", in: PageLimit.bounds)
    }

    package var wire: JSONValue {
        .compact(
            ("limit", limit?.wire))
    }
}

/// The newest runs first.
package struct RunsReply: WireRecord {
    package var runs: [RunSummary]

    package init(runs: [RunSummary]) {
        self.runs = runs
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        runs = try reader.required("runs")
    }

    package var wire: JSONValue {
        .compact(
            ("runs", runs.wire))
    }
}
