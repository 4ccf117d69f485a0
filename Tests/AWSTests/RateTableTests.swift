import Synchronization
import Testing

@testable import AWS

@Suite("Waiting for a turn at a learned rate")
struct RateTableTests {
    private static func key(_ account: String = "111122223333", _ action: String = "ListThings") -> RateKey {
        RateKey(account: account, region: "eu-west-1", service: "sns", action: action)
    }

    /// A table whose limit for `key()` is known.
    private static func known(rate: Double, clock: SteppedClock, share: Double = 1) -> RateTable {
        let table = RateTable(share: share, clock: clock.client)
        table.restore([LearnedRate(key: key(), rate: rate, throttledAt: clock.now, notedAt: clock.now)])
        return table
    }

    @Test("A call whose limit is not known never waits, and leaves nothing behind")
    func unknown() async {
        let clock = SteppedClock()
        let table = RateTable(share: 1, clock: clock.client)
        for _ in 0..<100 {
            var place: Int?
            let turn = await table.enter(Self.key(), .scheduled, number: &place)
            guard let turn else { return #expect(Bool(false), "nobody cancelled") }
            #expect(!turn.isPaced && place == nil)
            table.admit(table.begin(turn))
        }
        #expect(table.snapshot().isEmpty && clock.slept.isEmpty)
    }

    @Test("The first throttle is told once and teaches a rate below the one measured")
    func learning() async {
        let clock = SteppedClock()
        let told = Mutex<[LearnedRate]>([])
        let table = RateTable(share: 1, clock: clock.client) { rate in told.withLock { $0.append(rate) } }
        var passages: [RateTable.Passage] = []
        for _ in 0..<40 {
            var place: Int?
            guard let turn = await table.enter(Self.key(), .scheduled, number: &place) else { continue }
            passages.append(table.begin(turn))
        }
        for passage in passages.prefix(30) { table.admit(passage) }
        for passage in passages.dropFirst(30) { table.throttle(passage, retryAfter: nil) }
        #expect(told.withLock { $0.map(\.key) } == [Self.key()])
        #expect(table.rate(Self.key()) == 21)
        #expect(table.rate(Self.key("444455556666")) == nil)
        #expect(table.throttledCalls == 10)
    }

    @Test("Calls begin in the order they came, each kind by itself, one scheduled for three on demand")
    func order() async {
        let clock = SteppedClock()
        let table = Self.known(rate: 10, clock: clock)
        let order = Order()
        var place: Int?
        guard let first = await table.enter(Self.key(), .scheduled, number: &place) else { return }
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<10 {
                let priority: CallPriority = number < 5 ? .scheduled : .onDemand
                group.addTask {
                    var place: Int?
                    guard let turn = await table.enter(Self.key(), priority, number: &place) else { return }
                    order.append("\(priority == .onDemand ? "d" : "s")\(number % 5)")
                    table.admit(table.begin(turn))
                }
                while table.waiting.waits <= number { await Task.yield() }
            }
            table.admit(table.begin(first))
        }
        #expect(order.all == ["d0", "d1", "d2", "s0", "d3", "d4", "s1", "s2", "s3", "s4"])
        #expect(table.waiting == (waits: 0, turns: 0, remembered: 0))
        // Each turn after the first came a tenth of a second after the one before.
        #expect(abs(clock.client.instant() - 1.0) < 0.001)
    }

    @Test("A call that is cancelled while it waits takes no turn and leaves nothing behind")
    func cancellation() async {
        let clock = SteppedClock()
        let table = Self.known(rate: 10, clock: clock)
        var place: Int?
        guard let first = await table.enter(Self.key(), .scheduled, number: &place) else { return }
        let waits = (0..<20).map { _ in
            Task { () -> Bool in
                var place: Int?
                guard let turn = await table.enter(Self.key(), .scheduled, number: &place) else { return false }
                table.abandon(turn)
                return true
            }
        }
        while table.waiting.waits < 20 { await Task.yield() }
        for wait in waits.dropFirst(3) { wait.cancel() }
        for wait in waits.dropFirst(3) { #expect(await !wait.value) }
        table.abandon(first)
        for wait in waits.prefix(3) { #expect(await wait.value) }
        #expect(table.waiting == (waits: 0, turns: 0, remembered: 0))
    }

    @Test("One limit's waits hold up no other limit")
    func apart() async {
        let clock = SteppedClock()
        let table = Self.known(rate: 1, clock: clock)
        var place: Int?
        guard let held = await table.enter(Self.key(), .scheduled, number: &place) else { return }
        let waiting = Task { () -> Bool in
            var place: Int?
            guard let turn = await table.enter(Self.key(), .scheduled, number: &place) else { return false }
            table.abandon(turn)
            return true
        }
        while table.waiting.waits < 1 { await Task.yield() }
        for account in ["444455556666", "777788889999"] {
            var place: Int?
            let turn = await table.enter(Self.key(account), .scheduled, number: &place)
            #expect(turn?.hasWaited == false)
        }
        table.abandon(held)
        #expect(await waiting.value)
    }

    @Test("What was learned is handed on, without what is too old, and does not replace what is known better")
    func persistence() {
        let clock = SteppedClock()
        let table = Self.known(rate: 10, clock: clock)
        let old = clock.now - RateTable.lifetimeInSeconds
        table.restore([
            LearnedRate(key: Self.key(), rate: 99, throttledAt: clock.now, notedAt: clock.now),
            LearnedRate(key: Self.key("2"), rate: 7, throttledAt: old, notedAt: clock.now),
            LearnedRate(key: Self.key("3"), rate: 8, throttledAt: old + 1, notedAt: clock.now),
        ])
        #expect(
            Set(table.snapshot().map { "\($0.key.account) \($0.rate)" }) == ["111122223333 10.0", "3 8.0"])
        clock.advance(1)
        #expect(table.snapshot().map(\.key.account) == ["111122223333"])
    }

    @Test("The table is bounded: the limit that was used longest ago is forgotten")
    func bounds() async {
        let clock = SteppedClock()
        let table = RateTable(share: 1, clock: clock.client)
        for number in 0...RateTable.limit {
            var place: Int?
            guard let turn = await table.enter(Self.key("\(number)"), .scheduled, number: &place) else { continue }
            table.throttle(table.begin(turn), retryAfter: nil)
            clock.advance(1)
        }
        #expect(table.snapshot().count == RateTable.limit)
        #expect(table.rate(Self.key("0")) == nil)
        #expect(table.rate(Self.key("\(RateTable.limit)")) != nil)
    }
}

/// A clock that moves only when somebody sleeps, as far as they sleep, or when it is told to.
final class SteppedClock: Sendable {
    private let state = Mutex((instant: 0.0, wall: 1_800_000_000, slept: [Duration]()))

    var now: Int { state.withLock { $0.wall } }
    var slept: [Duration] { state.withLock { $0.slept } }

    func advance(_ seconds: Int) {
        state.withLock { state in
            state.instant += Double(seconds)
            state.wall += seconds
        }
    }

    var client: ClientClock {
        ClientClock(
            now: { self.now },
            sleep: { duration in
                self.state.withLock { state in
                    state.instant += duration / .seconds(1)
                    state.slept.append(duration)
                }
            }, random: { 0.5 }, instant: { self.state.withLock { $0.instant } })
    }
}
