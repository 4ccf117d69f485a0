import JSON

/// A run: why it exists, how it stands or ended, and what it did to the store.
package struct RunSummary: WireRecord {
    /// Stable per schedule and instant for scheduled runs; opaque.
    package var id: String
    /// What started it.
    package var trigger: RunTrigger
    /// The schedule that started it, for `RunTrigger.schedule`.
    package var schedule: String?
    /// The user who asked for it, for `RunTrigger.request`.
    package var callerUID: Int?
    /// What the system called that user then.
    package var callerName: String?
    /// What it was asked to cover.
    package var request: RunRequest
    package var state: RunState
    package var startedAt: Timestamp
    /// Missing while it runs.
    package var finishedAt: Timestamp?
    /// Listings planned; when the run has ended the outcomes add up to this.
    package var planned: Int
    /// Listings by how they ended; an outcome nobody had is left out.
    package var outcomes: [String: Int]
    /// Resources seen.
    package var resources: Int
    /// Resources stored for the first time.
    package var created: Int
    /// Resources whose content changed.
    package var updated: Int
    /// Resources removed, each on the proof of a complete listing.
    package var deleted: Int
    /// Resources found as they were; they cost no write.
    package var unchanged: Int
    /// Resources found as they were, but written again because their time to live ran out.
    package var renewed: Int

    package init(
        id: String, trigger: RunTrigger, schedule: String? = nil, callerUID: Int? = nil, callerName: String? = nil,
        request: RunRequest, state: RunState, startedAt: Timestamp, finishedAt: Timestamp? = nil, planned: Int,
        outcomes: [String: Int],
        resources: Int, created: Int, updated: Int, deleted: Int, unchanged: Int, renewed: Int
    ) {
        self.id = id
        self.trigger = trigger
        self.schedule = schedule
        self.callerUID = callerUID
        self.callerName = callerName
        self.request = request
        self.state = state
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.planned = planned
        self.outcomes = outcomes
        self.resources = resources
        self.created = created
        self.updated = updated
        self.deleted = deleted
        self.unchanged = unchanged
        self.renewed = renewed
    }

    package init(from reader: inout WireReader) throws(WireFault) {
        id = try reader.required("id")
        trigger = try reader.required("trigger")
        schedule = try reader.optional("schedule")
        callerUID = try reader.optional("callerUid")
        callerName = try reader.optional("callerName")
        request = try reader.required("request")
        state = try reader.required("state")
        startedAt = try reader.required("startedAt")
        finishedAt = try reader.optional("finishedAt")
        planned = try reader.required("planned")
        outcomes = try reader.required("outcomes")
        resources = try reader.required("resources")
        created = try reader.required("created")
        updated = try reader.required("updated")
        deleted = try reader.required("deleted")
        unchanged = try reader.required("unchanged")
        renewed = try reader.required("renewed")
    }

    package var wire: JSONValue {
        .compact(
            ("id", id.wire), ("trigger", trigger.wire), ("schedule", schedule?.wire), ("callerUid", callerUID?.wire),
            ("callerName", callerName?.wire), ("request", request.wire), ("state", state.wire),
            ("startedAt", startedAt.wire),
            ("finishedAt", finishedAt?.wire), ("planned", planned.wire), ("outcomes", outcomes.wire),
            ("resources", resources.wire), ("created", created.wire), ("updated", updated.wire),
            ("deleted", deleted.wire), ("unchanged", unchanged.wire), ("renewed", renewed.wire))
    }
}
