import JSON

/// What to refresh; what is absent or empty is not restricted.
package struct RefreshParameters: CallParameters {
    package typealias Reply = RefreshReply
    package static let method = CollectorMethod.refresh

    /// Service names: `ec2`.
    package var services: [String]?
    /// Account ids.
    package var accounts: [String]?
    /// Region names; `aws-global` for global services.
    package var regions: [String]?
    /// Resource types: `ec2/instance`.
    package var types: [String]?
    /// Write every resource again, changed or not.
    package var force: Bool?

    package init(
        services: [String]? = nil, accounts: [String]? = nil, regions: [String]? = nil, types: [String]? = nil,
        force: Bool? = nil
    ) {
        self.services = services
        self.accounts = accounts
        self.regions = regions
        self.types = types
        self.force = force
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        services = try reader.optional("services")
        accounts = try reader.optional("accounts")
        regions = try reader.optional("regions")
        types = try reader.optional("types")
        force = try reader.optional("force")
    }

    package var wire: JSONValue {
        .compact(
            ("services", services?.wire), ("accounts", accounts?.wire), ("regions", regions?.wire),
            ("types", types?.wire), ("force", force?.wire))
    }
}

/// One step of the run that was started or joined; the last one carries the summary.
package struct RefreshReply: WireRecord {
    package var run: String
    /// An identical run was in flight already, and this is that one.
    package var joined: Bool
    package var state: RunState
    package var progress: Progress?
    /// Set when the run has ended.
    package var summary: RunSummary?

    package init(run: String, joined: Bool, state: RunState, progress: Progress? = nil, summary: RunSummary? = nil) {
        self.run = run
        self.joined = joined
        self.state = state
        self.progress = progress
        self.summary = summary
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        run = try reader.required("run")
        joined = try reader.required("joined")
        state = try reader.required("state")
        progress = try reader.optional("progress")
        summary = try reader.optional("summary")
    }

    package var wire: JSONValue {
        .compact(
            ("run", run.wire), ("joined", joined.wire), ("state", state.wire), ("progress", progress?.wire),
            ("summary", summary?.wire))
    }
}
