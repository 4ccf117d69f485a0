/// What became of a resource.
package enum ChangeKind: String, Sendable, CaseIterable {
    case created
    case updated
    case deleted
}

/// One entry of the change log.
package struct Change: Sendable, Equatable {
    /// Counts from 1 without a gap; greater is later.
    package var sequence: Int
    /// Seconds since the epoch when the change was written; never less than that of the entry before.
    package var time: Int
    /// The run that found it; empty where none is known.
    package var runID: String
    package var kind: ChangeKind
    /// `ec2/instance`.
    package var type: String
    package var unit: Unit
    /// Unique within the unit.
    package var id: String
    package var arn: String?
    package var name: String?
    /// A JSON array of `{"path", "old", "new"}`, as `DocumentDiff` writes it; `[]` for what was created or deleted.
    package var diff: [UInt8]

    package init(
        sequence: Int, time: Int, runID: String, kind: ChangeKind, type: String, unit: Unit, id: String, arn: String?,
        name: String?, diff: [UInt8]
    ) {
        self.sequence = sequence
        self.time = time
        self.runID = runID
        self.kind = kind
        self.type = type
        self.unit = unit
        self.id = id
        self.arn = arn
        self.name = name
        self.diff = diff
    }

    /// The diff of a change that has none.
    package static let noDiff = Array("[]".utf8)

    /// How long entries are kept, and how far back `list(at:)` reaches: as long as a row that nobody renews.
    package static let lifetimeInSeconds = ResourceRecord.lifetimeInSeconds
}

/// Which changes are asked for; an absent part does not restrict.
package struct ChangeFilter: Sendable, Equatable {
    package var service: String?
    package var type: String?
    package var account: String?
    /// As stored: `global` for global services.
    package var region: String?
    /// A resource's id, ARN or name.
    package var id: String?
    package var kind: ChangeKind?

    package init() {}
}

/// Where to begin to read the log.
package enum ChangePosition: Sendable, Equatable {
    /// With the oldest entry that is kept.
    case oldest
    /// After that entry; 0 is before the first.
    case after(Int)
    /// With the first entry of that time or later, in seconds since the epoch.
    case time(Int)
    /// After the newest entry.
    case newest
}

/// Consecutive entries of the log, as far as the filter lets them through.
package struct ChangePage: Sendable {
    package var changes: [Change]
    /// The log has been read up to and with this entry: the position to go on from.
    package var position: Int
    /// The newest entry when the page was read; 0 while the log is empty.
    package var newest: Int
    /// The log is whole since then, in seconds since the epoch.
    package var keptSince: Int

    package init(changes: [Change], position: Int, newest: Int, keptSince: Int) {
        self.changes = changes
        self.position = position
        self.newest = newest
        self.keptSince = keptSince
    }
}
