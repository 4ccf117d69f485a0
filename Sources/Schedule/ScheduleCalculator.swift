/// Answers "when does this fire next?" without a daemon: the logic of `collectorctl schedule next` and its batches.
///
/// A value owned by its caller. It keeps the expressions and zones it has read, so a batch parses each once.
package struct ScheduleCalculator: Sendable {
    /// Firings that may be asked for at once, so that one question has a bounded answer.
    package static let countRange = 1...10_000
    /// Expressions kept at once, about 1 KB each; at the limit all are dropped.
    static let expressionLimit = 1024

    private var zones: TimeZoneCache
    private var expressions: [String: ScheduleExpression] = [:]

    package init(directory: TimeZoneDirectory = .system) { zones = TimeZoneCache(directory: directory) }

    /// The next firings of an expression, ascending; fewer than `count` when the schedule ends before the year 2200.
    ///
    /// - Parameters:
    ///   - zone: an IANA name
    ///   - after: firings are strictly later
    ///   - count: 1 to 10,000
    ///   - anchor: the first firing of a `rate`; by default `after`, for all of the answer
    /// - Throws: `ScheduleError`, whose subject tells whether the expression, the zone or the count is wrong.
    package mutating func next(
        expression: String, zone: String = "UTC", after: Instant, count: Int = 1, anchor: Instant? = nil
    ) throws(ScheduleError) -> [Instant] {
        guard Self.countRange.contains(count) else {
            throw ScheduleError(subject: .argument, message: "count \(count) is out of range; use 1 to 10000")
        }
        let schedule = try parsed(expression)
        let rules = try zones.rules(for: zone)
        var instants: [Instant] = []
        var last = after
        while instants.count < count, let next = schedule.next(after: last, zone: rules, anchor: anchor ?? after) {
            instants.append(next)
            last = next
        }
        return instants
    }

    private mutating func parsed(_ text: String) throws(ScheduleError) -> ScheduleExpression {
        if let known = expressions[text] { return known }
        let expression = try ScheduleExpression(text)
        if expressions.count >= Self.expressionLimit { expressions.removeAll(keepingCapacity: true) }
        expressions[text] = expression
        return expression
    }
}
