import Control

/// How fast a run goes, and each service of it, and how long they will take. Pure: the caller tells how much time has
/// passed.
struct ProgressMeter {
    private var run = Counter()
    /// As many as the run has services.
    private var services: [String: Counter] = [:]

    /// Takes in the state after so much time.
    mutating func note(_ progress: Progress, at elapsed: Duration) {
        run.note(progress.finished, at: elapsed)
        for service in progress.services {
            services[service.service, default: Counter()].note(service.finished, at: elapsed)
        }
    }

    /// Listings a second, lately; `nil` while there is too little to tell by.
    func rate(at elapsed: Duration) -> Double? { run.rate(at: elapsed) }

    /// Seconds that are left at this rate; `nil` while there is no rate.
    func remaining(_ progress: Progress, at elapsed: Duration) -> Int? {
        run.remaining(progress.planned - progress.finished, at: elapsed)
    }

    /// The same of one service.
    func rate(of service: String, at elapsed: Duration) -> Double? { services[service]?.rate(at: elapsed) }

    /// The same of one service.
    func remaining(_ service: ServiceProgress, at elapsed: Duration) -> Int? {
        services[service.service]?.remaining(service.planned - service.finished, at: elapsed)
    }
}

/// The rate at which a number has grown lately.
private struct Counter {
    /// Points remembered for the rate: half a minute at four a second.
    private static let limit = 120
    /// The rate is that of this last stretch of time, in seconds.
    private static let window = 30.0

    private var points: [(time: Double, value: Int)] = []

    mutating func note(_ value: Int, at elapsed: Duration) {
        let time = elapsed.inSeconds
        points.append((time, value))
        while points.count > 2, points[0].time < time - Self.window { points.removeFirst() }
        if points.count > Self.limit { points.removeFirst(points.count - Self.limit) }
    }

    func rate(at elapsed: Duration) -> Double? {
        guard let first = points.first, let last = points.last else { return nil }
        let time = elapsed.inSeconds - first.time
        guard time >= 1, last.value > first.value else { return nil }
        return Double(last.value - first.value) / time
    }

    func remaining(_ rest: Int, at elapsed: Duration) -> Int? {
        guard let rate = rate(at: elapsed), rate > 0 else { return nil }
        return Int((Double(max(0, rest)) / rate).rounded(.up))
    }
}

extension Duration {
    /// Seconds and their fraction.
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
