/// The offsets of one time zone from UTC, past and future, as a sorted row of transitions.
///
/// A pure value: the rule for the far future is already worked out up to the year 2200 when the zone is read.
package struct TimeZoneRules: Sendable, Equatable {
    /// The largest distance from UTC in seconds, either way (RFC 9636 section 3.2 has local times within 26 hours).
    static let largestOffset: Int64 = 26 * 3600

    /// UTC itself; needs no file.
    package static let utc = TimeZoneRules(name: "UTC", transitions: [], offsets: [0])

    /// The name the zone was asked for by, such as `Europe/Berlin`.
    package let name: String
    /// The instants at which the offset changes, ascending.
    private let transitions: [Instant]
    /// One more than `transitions`: the offset before the first, then the offset from each on.
    private let offsets: [Int32]

    /// - Parameters:
    ///   - transitions: strictly ascending
    ///   - offsets: seconds east of UTC; one more than `transitions`
    init(name: String, transitions: [Instant], offsets: [Int32]) {
        precondition(offsets.count == transitions.count + 1)
        self.name = name
        self.transitions = transitions
        self.offsets = offsets
    }

    /// Seconds to add to UTC for the local clock at an instant; positive east of Greenwich.
    package func offset(at instant: Instant) -> Int64 {
        Int64(offsets[stretch(at: instant)])
    }

    /// The first instant at which the local clock shows `wall` (local seconds counted as if UTC), nil when it never does.
    package func firstInstant(ofWall wall: Int64) -> Instant? {
        var stretch = stretch(at: wall - Self.largestOffset)
        while stretch < stretchCount, start(ofStretch: stretch) <= wall + Self.largestOffset {
            let instant = wall - offset(ofStretch: stretch)
            if instant >= start(ofStretch: stretch), instant < end(ofStretch: stretch) { return instant }
            stretch += 1
        }
        return nil
    }

    // MARK: Stretches of constant offset

    var stretchCount: Int { offsets.count }

    /// The stretch an instant lies in, by binary search.
    func stretch(at instant: Instant) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func offset(ofStretch stretch: Int) -> Int64 { Int64(offsets[stretch]) }

    /// The first instant of a stretch; far in the past for the first one.
    func start(ofStretch stretch: Int) -> Instant {
        stretch == 0 ? Self.beginning : transitions[stretch - 1]
    }

    /// The first instant after a stretch; far in the future for the last one.
    func end(ofStretch stretch: Int) -> Instant {
        stretch == transitions.count ? Self.end : transitions[stretch]
    }

    /// The end of the wall times that an earlier stretch shows without a break from `wall` on, or nil when no earlier
    /// stretch shows `wall`.
    func shownBefore(_ wall: WallTime, stretch: Int) -> WallTime? {
        var earlier = stretch - 1
        while earlier >= 0, end(ofStretch: earlier) + Self.largestOffset > wall {
            let offset = offset(ofStretch: earlier)
            if wall >= start(ofStretch: earlier) + offset, wall < end(ofStretch: earlier) + offset {
                return end(ofStretch: earlier) + offset
            }
            earlier -= 1
        }
        return nil
    }

    // Far enough that no sum with an offset overflows.
    private static let beginning = Instant.min / 4
    private static let end = Instant.max / 4
}
