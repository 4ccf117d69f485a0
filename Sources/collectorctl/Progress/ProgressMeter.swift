import Control

/// How fast a run goes and how long it will take. Pure: the caller tells how much time has passed.
struct ProgressMeter {
    /// Points remembered for the rate: half a minute at four a second.
    private static let limit = 120
    /// The rate is that of this last stretch of time.
    private static let window = 30.0

    private var points: [(time: Double, finished: Int)] = []

    /// Takes in the state after so much time.
    mutating func note(_ progress: Progress, at elapsed: Duration) {
        let time = elapsed.inSeconds
        points.append((time, progress.finished))
        while points.count > 2, points[0].time < time - Self.window { points.removeFirst() }
        if points.count > Self.limit { points.removeFirst(points.count - Self.limit) }
    }

    /// Listings a second, lately; `nil` while there is too little to tell by.
    func rate(at elapsed: Duration) -> Double? {
        guard let first = points.first, let last = points.last else { return nil }
        let time = elapsed.inSeconds - first.time
        guard time >= 1, last.finished > first.finished else { return nil }
        return Double(last.finished - first.finished) / time
    }

    /// Seconds that are left at this rate; `nil` while there is no rate.
    func remaining(_ progress: Progress, at elapsed: Duration) -> Int? {
        guard let rate = rate(at: elapsed), rate > 0 else { return nil }
        return Int((Double(max(0, progress.planned - progress.finished)) / rate).rounded(.up))
    }

}

extension Duration {
    /// Seconds and their fraction.
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
