/// Whose calls go first where calls wait.
package enum CallPriority: Sendable, Equatable {
    case scheduled
    /// Somebody waits for the answer.
    case onDemand
}

/// Which kind of call is served next: those on demand, but every fourth time one that is scheduled, so that scheduled work
/// goes on however much is asked for.
struct Overtaking: Sendable {
    /// Calls that may overtake one that is scheduled.
    static let limit = 3

    private var count = 0

    /// `nil` when neither kind waits.
    mutating func next(onDemand: Bool, scheduled: Bool) -> CallPriority? {
        guard onDemand, count < Self.limit || !scheduled else {
            count = 0
            return scheduled ? .scheduled : nil
        }
        count = scheduled ? count + 1 : 0
        return .onDemand
    }
}
