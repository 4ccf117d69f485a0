@testable import AWS

/// Calls against one of AWS's token buckets in a time of its own: each client paces its calls by a `RateState`, and each
/// throttled call is made again.
struct RateSimulation {
    /// AWS's side: `capacity` tokens, filled at `rate` tokens a second.
    struct Limit {
        var capacity: Double
        var rate: Double
        private var tokens: Double
        private var filledAt = 0.0

        init(rate: Double, capacity: Double) {
            self.rate = rate
            self.capacity = capacity
            tokens = capacity
        }

        mutating func admit(at instant: Double) -> Bool {
            tokens = min(capacity, tokens + (instant - filledAt) * rate)
            filledAt = instant
            guard tokens >= 1 else { return false }
            tokens -= 1
            return true
        }
    }

    /// How long things take, in seconds; `jitter` comes on top of each way, `lateness` on top of each timer.
    struct Delays {
        var roundTrip = 0.005
        var jitter = 0.0003
        var lateness = 0.0003
    }

    struct Client {
        var state: RateState?
        var todo: Int
        var share = 1.0
        /// Attempts that wait for a turn: 1 for new calls.
        fileprivate var line: [Int] = []
        fileprivate var isTimed = false
        var admitted: [Double] = []
        var throttled: [Double] = []

        init(calls: Int, share: Double = 1, state: RateState? = nil) {
            todo = calls
            self.share = share
            self.state = state
        }

        var throttledShare: Double { Double(throttled.count) / Double(admitted.count + throttled.count) }
        /// Admitted calls a second in a span of time.
        func pace(from start: Double, to end: Double) -> Double {
            Double(admitted.count { $0 >= start && $0 < end }) / (end - start)
        }
    }

    private enum Event {
        case arrival(Call)
        case reply(Call, isAdmitted: Bool)
        case timer(client: Int)
        case limit(Double)
    }

    private struct Call {
        var client: Int
        var attempt: Int
        var begunAt: Double
        var hasWaited: Bool
        var isHurried: Bool
    }

    private(set) var clients: [Client]
    private var limit: Limit
    private let delays: Delays
    private var random: SeededGenerator
    private var events: [(at: Double, event: Event)] = []
    private var now = 0.0

    /// - Parameter changes: instants at which the limit's rate changes.
    init(
        _ clients: [Client], limit: Limit, delays: Delays = Delays(), changes: [(at: Double, rate: Double)] = [],
        seed: UInt64 = 1
    ) {
        self.clients = clients
        self.limit = limit
        self.delays = delays
        random = SeededGenerator(seed: seed)
        for change in changes { add(.limit(change.rate), at: change.at) }
    }

    /// Makes every call, `width` of each client at a time.
    mutating func run(width: Int) {
        for client in clients.indices {
            for _ in 0..<width { next(client) }
        }
        while let (at, event) = events.popLast() {
            now = at
            switch event {
            case .arrival(let call):
                add(.reply(call, isAdmitted: limit.admit(at: now)), after: delays.roundTrip / 2, or: delays.jitter)
            case .reply(let call, true):
                clients[call.client].admitted.append(now)
                let share = clients[call.client].share
                clients[call.client].state?.admit(hasWaited: call.hasWaited, share: share)
                next(call.client)
            case .reply(let call, false): throttle(call)
            case .timer(let client): serve(client)
            case .limit(let rate): limit.rate = rate
            }
        }
    }

    private mutating func next(_ client: Int) {
        guard clients[client].todo > 0 else { return }
        clients[client].todo -= 1
        enter(client, attempt: 1)
    }

    private mutating func enter(_ client: Int, attempt: Int) {
        guard let state = clients[client].state else { return send(client, attempt, hasWaited: false) }
        if clients[client].line.isEmpty, state.delay(at: now) <= 0 {
            return send(client, attempt, hasWaited: false)
        }
        // What was throttled came first.
        clients[client].line.insert(attempt, at: attempt > 1 ? 0 : clients[client].line.endIndex)
        time(client)
    }

    private mutating func time(_ client: Int) {
        guard !clients[client].isTimed, !clients[client].line.isEmpty, let state = clients[client].state else { return }
        clients[client].isTimed = true
        add(.timer(client: client), after: state.delay(at: now), or: delays.lateness)
    }

    private mutating func serve(_ client: Int) {
        clients[client].isTimed = false
        if let state = clients[client].state, state.delay(at: now) <= 0, let attempt = clients[client].line.first {
            clients[client].line.removeFirst()
            send(client, attempt, hasWaited: true)
        }
        time(client)
    }

    private mutating func send(_ client: Int, _ attempt: Int, hasWaited: Bool) {
        let share = clients[client].share
        let isHurried = clients[client].state?.begin(share: share, at: now) ?? false
        let call = Call(client: client, attempt: attempt, begunAt: now, hasWaited: hasWaited, isHurried: isHurried)
        add(.arrival(call), after: delays.roundTrip / 2, or: delays.jitter)
    }

    private mutating func throttle(_ call: Call) {
        clients[call.client].throttled.append(now)
        if clients[call.client].state == nil {
            let measured = clients[call.client].admitted.count { $0 > now - 1 }
            clients[call.client].state = RateState(measured: Double(measured), at: now)
        } else {
            clients[call.client].state?.throttle(
                begunAt: call.begunAt, isHurried: call.isHurried, retryAfter: nil, at: now)
        }
        enter(call.client, attempt: call.attempt + 1)
    }

    private mutating func add(_ event: Event, after delay: Double, or more: Double) {
        add(event, at: now + delay + Double.random(in: 0...1, using: &random) * more)
    }

    /// Keeps the events sorted, the next one last.
    private mutating func add(_ event: Event, at instant: Double) {
        var index = events.endIndex
        while index > 0, events[index - 1].at <= instant { index -= 1 }
        events.insert((instant, event), at: index)
    }
}
