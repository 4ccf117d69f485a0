import JSON

/// Which run to account for.
package struct CoverageParameters: CallParameters {
    package typealias Reply = CoverageReply
    package static let method = CollectorMethod.coverage

    /// The newest run when absent.
    package var run: String?
    /// The cursor of the reply before.
    package var cursor: String?
    /// Listings a reply, 1 to 10,000; 1,000 when absent.
    package var limit: Int?

    package init(run: String? = nil, cursor: String? = nil, limit: Int? = nil) {
        self.run = run
        self.cursor = cursor
        self.limit = limit
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        run = try reader.optional("run")
        cursor = try reader.optional("cursor")
        limit = try reader.optional("limit", in: PageLimit.bounds)
    }

    package var wire: JSONValue {
        .compact(
            ("run", run?.wire), ("cursor", cursor?.wire), ("limit", limit?.wire))
    }
}

/// Every listing of the run and how it ended; with `more` in parts that follow each other to the last.
package struct CoverageReply: WireRecord {
    package var run: String
    package var state: RunState
    package var planned: Int
    /// Over the whole run, the same in every reply; they add up to `planned` when it has ended.
    package var outcomes: [String: Int]
    /// Sorted by type, account and region.
    package var listings: [ListingReport]
    /// Where the next part begins; missing on the last.
    package var cursor: String?

    package init(
        run: String, state: RunState, planned: Int, outcomes: [String: Int], listings: [ListingReport],
        cursor: String? = nil
    ) {
        self.run = run
        self.state = state
        self.planned = planned
        self.outcomes = outcomes
        self.listings = listings
        self.cursor = cursor
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        run = try reader.required("run")
        state = try reader.required("state")
        planned = try reader.required("planned")
        outcomes = try reader.required("outcomes")
        listings = try reader.required("listings")
        cursor = try reader.optional("cursor")
    }

    package var wire: JSONValue {
        .compact(
            ("run", run.wire), ("state", state.wire), ("planned", planned.wire), ("outcomes", outcomes.wire),
            ("listings", listings.wire), ("cursor", cursor?.wire))
    }
}
