import JSON

/// Takes nothing.
package struct StatusParameters: CallParameters {
    package typealias Reply = StatusReply
    package static let method = CollectorMethod.status

    package init() {}

    package init(from reader: inout WireReader) throws(WireFault) {}

    package var wire: JSONValue { .object([]) }
}

/// How the daemon stands.
package struct StatusReply: WireRecord {
    package var version: String
    package var startedAt: Timestamp
    /// `starting`, `ready`, `degraded`, `reloading` or `stopping`.
    package var state: String
    package var activeRuns: [RunSummary]
    package var store: StoreInfo
    /// The next scheduled instant.
    package var nextRun: Timestamp?
    /// The schedule it belongs to.
    package var nextSchedule: String?
    /// Accounts collected.
    package var accounts: Int
    /// The last run that ended.
    package var lastRun: RunSummary?
    /// What troubles everything while the state is `degraded`, one sentence each.
    package var problems: [String]?

    package init(
        version: String, startedAt: Timestamp, state: String, activeRuns: [RunSummary], store: StoreInfo,
        nextRun: Timestamp? = nil, nextSchedule: String? = nil, accounts: Int, lastRun: RunSummary? = nil,
        problems: [String]? = nil
    ) {
        self.version = version
        self.startedAt = startedAt
        self.state = state
        self.activeRuns = activeRuns
        self.store = store
        self.nextRun = nextRun
        self.nextSchedule = nextSchedule
        self.accounts = accounts
        self.lastRun = lastRun
        self.problems = problems
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        version = try reader.required("version")
        startedAt = try reader.required("startedAt")
        state = try reader.required("state")
        activeRuns = try reader.required("activeRuns")
        store = try reader.required("store")
        nextRun = try reader.optional("nextRun")
        nextSchedule = try reader.optional("nextSchedule")
        accounts = try reader.required("accounts")
        lastRun = try reader.optional("lastRun")
        problems = try reader.optional("problems")
    }

    package var wire: JSONValue {
        .compact(
            ("version", version.wire), ("startedAt", startedAt.wire), ("state", state.wire),
            ("activeRuns", activeRuns.wire), ("store", store.wire), ("nextRun", nextRun?.wire),
            ("nextSchedule", nextSchedule?.wire), ("accounts", accounts.wire), ("lastRun", lastRun?.wire),
            ("problems", problems?.wire))
    }
}
