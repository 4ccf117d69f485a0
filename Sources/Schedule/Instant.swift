/// A point in time as whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
package typealias Instant = Int64

/// The seconds that a local clock shows, counted as if the local date and time were UTC.
///
/// Subtracting the zone's offset gives an `Instant`; a wall time may stand for no instant or for two.
typealias WallTime = Int64

/// Bounds of every search: EventBridge's year field holds 1970 to 2199.
enum ScheduleYears {
    static let range = 1970...2199
    /// The first second after the last year, in wall or UTC seconds.
    static let end = CivilDate(year: 2200, month: 1, day: 1).dayNumber * 86400
}
