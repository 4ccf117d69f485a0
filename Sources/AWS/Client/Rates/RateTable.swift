import Synchronization

/// The request limits of AWS that throttles have taught, and the calls that wait for their turn at one.
///
/// A call whose limit is not known costs a look into a dictionary and never waits. Shared by everything that calls on
/// behalf of the same accounts; any task may use it.
package final class RateTable: Sendable {
    /// A call's leave to begin. `begin` or `abandon` follows each.
    struct Turn: Sendable {
        let key: RateKey
        /// The limit is known, so that the turn holds up the next.
        let isPaced: Bool
        let hasWaited: Bool
    }

    /// A call under way. `end` follows, unless there was no answer.
    struct Passage: Sendable {
        let turn: Turn
        let begunAt: Double
        /// It made up for one that began late.
        var isHurried = false
    }

    private typealias Waiter = CheckedContinuation<Bool, Never>

    private struct Bucket {
        var state: RateState
        var line = CallQueue<Waiter>()
        private var overtaking = Overtaking()
        /// A turn was given whose call has not begun: the next is counted from its beginning.
        var hasTurn = false
        var isTimed = false
        /// Seconds since the epoch.
        var throttledAt: Int
        var usedAt: Double

        init(state: RateState, throttledAt: Int, usedAt: Double) {
            self.state = state
            self.throttledAt = throttledAt
            self.usedAt = usedAt
        }

        var isInUse: Bool { hasTurn || !line.isEmpty }

        mutating func next() -> Waiter? {
            let kind = overtaking.next(onDemand: line.has(.onDemand), scheduled: line.has(.scheduled))
            return kind.flatMap { line.next($0) }
        }
    }

    private enum Step {
        case go(Turn)
        case wait(Int)
    }

    private struct State {
        var share: Double
        var buckets: [RateKey: Bucket] = [:]
        var meter = AdmissionMeter()
        var lastNumber = 0
        /// Waits that were cancelled before they began; each is forgotten when its `enter` returns.
        var cancelled: Set<Int> = []
        var throttled = 0
    }

    /// About 1 MB. Beyond it the limit that was not used for the longest time is learned anew when it is met again.
    package static let limit = 4096
    /// A limit that nothing confirmed for a week is no longer known.
    package static let lifetimeInSeconds = 7 * 86_400

    private let state: Mutex<State>
    private let clock: ClientClock
    private let report: @Sendable (LearnedRate) -> Void

    /// - Parameters:
    ///   - share: of each learned rate that is used, from 0 to 1; the rest is left to other programs.
    ///   - report: called once for each limit that is learned, from any task.
    package init(
        share: Double, clock: ClientClock = .system, report: @escaping @Sendable (LearnedRate) -> Void = { _ in }
    ) {
        state = Mutex(State(share: Self.bounded(share)))
        self.clock = clock
        self.report = report
    }

    /// Another share from now on.
    package func use(share: Double) { state.withLock { $0.share = Self.bounded(share) } }

    /// Replies that were throttled since the start.
    package var throttledCalls: Int { state.withLock { $0.throttled } }

    private static func bounded(_ share: Double) -> Double { min(max(share, 0.01), 1) }

    // MARK: Keeping

    /// Every limit that is known, to be restored by another process. Those that are too old are forgotten.
    package func snapshot() -> [LearnedRate] {
        let now = clock.now()
        return state.withLock { state in
            state.buckets = state.buckets.filter { _, bucket in
                bucket.isInUse || now - bucket.throttledAt < Self.lifetimeInSeconds
            }
            return state.buckets.map { key, bucket in
                LearnedRate(key: key, rate: bucket.state.rate, throttledAt: bucket.throttledAt, notedAt: now)
            }
        }
    }

    /// Takes over what another process learned, except what is too old and what is known better.
    package func restore(_ rates: [LearnedRate]) {
        let now = clock.now()
        let instant = clock.instant()
        state.withLock { state in
            for rate in rates.sorted(by: { $0.throttledAt > $1.throttledAt }).prefix(Self.limit) {
                guard state.buckets[rate.key] == nil, now - rate.throttledAt < Self.lifetimeInSeconds else { continue }
                let learned = RateState(learned: rate.rate, age: Double(now - rate.notedAt), at: instant)
                state.buckets[rate.key] = Bucket(state: learned, throttledAt: rate.throttledAt, usedAt: instant)
            }
        }
    }

    // MARK: Calls

    /// Waits for the call's turn. `nil` when the task was cancelled meanwhile.
    ///
    /// - Parameters:
    ///   - number: the call's place in the line; given at the first wait and kept for further attempts.
    ///   - activity: told of a wait and of its end.
    func enter(
        _ key: RateKey, _ priority: CallPriority, number: inout Int?, _ activity: CallActivity? = nil
    ) async -> Turn? {
        let step: Step = state.withLock { state in
            guard !state.buckets.isEmpty, let bucket = state.buckets[key] else {
                return .go(Turn(key: key, isPaced: false, hasWaited: false))
            }
            if bucket.line.isEmpty, !bucket.hasTurn, bucket.state.delay(at: clock.instant()) <= 0 {
                state.buckets[key]?.hasTurn = true
                return .go(Turn(key: key, isPaced: true, hasWaited: false))
            }
            if let number { return .wait(number) }
            state.lastNumber += 1
            return .wait(state.lastNumber)
        }
        let place: Int
        switch step {
        case .go(let turn): return turn
        case .wait(let number): place = number
        }
        number = place
        activity?.wait()
        defer { activity?.goOn() }
        let isServed = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isServed: Bool? = state.withLock { state in
                    if state.cancelled.contains(place) { return false }
                    return add(continuation, place, priority, key, &state) ? nil : true
                }
                if let isServed { continuation.resume(returning: isServed) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                let waiter = state.buckets[key]?.line.remove(number: place)
                if waiter == nil { state.cancelled.insert(place) }
                return waiter
            }
            waiter?.resume(returning: false)
        }
        // The handler runs no more: whether it came before the wait or after the turn was given, its mark can go.
        state.withLock { _ = $0.cancelled.remove(place) }
        return isServed ? Turn(key: key, isPaced: true, hasWaited: true) : nil
    }

    /// The call begins now: the next one's turn is counted from here.
    func begin(_ turn: Turn) -> Passage {
        let instant = clock.instant()
        guard turn.isPaced else { return Passage(turn: turn, begunAt: instant) }
        let isHurried = state.withLock { state in
            let share = state.share
            let isHurried = state.buckets[turn.key]?.state.begin(share: share, at: instant)
            state.buckets[turn.key]?.usedAt = instant
            release(turn.key, &state)
            return isHurried ?? false
        }
        return Passage(turn: turn, begunAt: instant, isHurried: isHurried)
    }

    /// The call does not begin: its turn goes to the next.
    func abandon(_ turn: Turn) {
        guard turn.isPaced else { return }
        state.withLock { release(turn.key, &$0) }
    }

    /// AWS let the call through.
    func admit(_ passage: Passage) {
        let instant = clock.instant()
        state.withLock { state in
            if state.buckets[passage.turn.key] != nil {
                let share = state.share
                state.buckets[passage.turn.key]?.state.admit(hasWaited: passage.turn.hasWaited, share: share)
            } else {
                state.meter.record(passage.turn.key, at: instant)
            }
        }
    }

    /// AWS throttled the call.
    func throttle(_ passage: Passage, retryAfter: Duration?) {
        let key = passage.turn.key
        let instant = clock.instant()
        let now = clock.now()
        let silence = retryAfter.map { $0 / .seconds(1) }
        let learned: LearnedRate? = state.withLock { state in
            state.throttled += 1
            if state.buckets[key] != nil {
                state.buckets[key]?.state.throttle(
                    begunAt: passage.begunAt, isHurried: passage.isHurried, retryAfter: silence, at: instant)
                state.buckets[key]?.throttledAt = now
                return nil
            }
            guard makeRoom(&state) else { return nil }
            var fresh = RateState(measured: state.meter.rate(key, at: instant), at: instant)
            state.meter.forget(key)
            fresh.pause(retryAfter: silence, at: instant)
            state.buckets[key] = Bucket(state: fresh, throttledAt: now, usedAt: instant)
            return LearnedRate(key: key, rate: fresh.rate, throttledAt: now, notedAt: now)
        }
        if let learned { report(learned) }
    }

    /// The learned rate; `nil` where no limit is known.
    package func rate(_ key: RateKey) -> Double? { state.withLock { $0.buckets[key]?.state.rate } }

    /// Waits under way and turns given: none when nothing is in flight.
    var waiting: (waits: Int, turns: Int, remembered: Int) {
        state.withLock { state in
            let buckets = state.buckets.values
            let waits = buckets.reduce(0) { $0 + $1.line.count }
            return (waits, buckets.count { $0.hasTurn }, state.cancelled.count)
        }
    }

    // MARK: Turns

    /// `false` when the limit has been forgotten meanwhile, so that there is nothing to wait for.
    private func add(
        _ waiter: Waiter, _ place: Int, _ priority: CallPriority, _ key: RateKey, _ state: inout State
    ) -> Bool {
        guard state.buckets[key] != nil else { return false }
        state.buckets[key]?.line.add(waiter, number: place, priority: priority)
        time(key, &state)
        return true
    }

    private func release(_ key: RateKey, _ state: inout State) {
        state.buckets[key]?.hasTurn = false
        time(key, &state)
    }

    /// Sees to it that the next in line is served when its time comes.
    private func time(_ key: RateKey, _ state: inout State) {
        guard let bucket = state.buckets[key], !bucket.isTimed, !bucket.hasTurn, !bucket.line.isEmpty else { return }
        state.buckets[key]?.isTimed = true
        let instant = clock.instant()
        let delay = bucket.state.delay(at: instant)
        // Unstructured: one timer serves all who wait, whichever of them is cancelled. It ends by itself, within
        // `RateState.maximumPause` at the latest.
        Task {
            // Cancelled by nobody; a clock of a test may throw.
            try? await clock.sleep(.seconds(delay))
            serve(key, at: instant + delay)
        }
    }

    /// Gives the turn to the next in line, unless a throttle has put it off since.
    private func serve(_ key: RateKey, at deadline: Double) {
        let waiter = state.withLock { state -> Waiter? in
            state.buckets[key]?.isTimed = false
            let instant = max(clock.instant(), deadline)
            guard let bucket = state.buckets[key], bucket.state.delay(at: instant) < Self.tolerance else {
                time(key, &state)
                return nil
            }
            guard let waiter = state.buckets[key]?.next() else { return nil }
            state.buckets[key]?.hasTurn = true
            return waiter
        }
        waiter?.resume(returning: true)
    }

    /// Seconds that rounding may leave.
    private static let tolerance = 1e-6

    /// Makes room for one more limit; `false` when calls wait at every one.
    private func makeRoom(_ state: inout State) -> Bool {
        guard state.buckets.count >= Self.limit else { return true }
        let idle = state.buckets.lazy.filter { !$0.value.isInUse }.min { $0.value.usedAt < $1.value.usedAt }
        guard let idle else { return false }
        state.buckets[idle.key] = nil
        return true
    }
}
