/// The time zones a caller has read, by name, so that a batch of questions reads each file once.
///
/// A value owned by its caller; two callers never share one.
package struct TimeZoneCache: Sendable {
    /// Zones kept at once, about 10 KB each. A schedule file seldom names more than a few; at the limit all are dropped.
    static let limit = 128

    private let directory: TimeZoneDirectory
    private var zones: [String: TimeZoneRules] = [:]

    package init(directory: TimeZoneDirectory = .system) { self.directory = directory }

    /// The rules of a zone, read on first use; errors are those of `TimeZoneDirectory.rules(for:)` and are not kept.
    package mutating func rules(for name: String) throws(ScheduleError) -> TimeZoneRules {
        if let known = zones[name] { return known }
        let rules = try directory.rules(for: name)
        if zones.count >= Self.limit { zones.removeAll(keepingCapacity: true) }
        zones[name] = rules
        return rules
    }
}
