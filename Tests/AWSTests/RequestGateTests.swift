import Synchronization
import Testing

@testable import AWS

@Suite struct RequestGateTests {
    @Test("whoever waits is served, never more than the width at a time", arguments: [1, 2, 7])
    func width(width: Int) async {
        let gate = RequestGate(width: width)
        let load = Load()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                group.addTask {
                    guard await gate.enter(account: "account-\(number % 5)") else { return }
                    load.begin()
                    await Task.yield()
                    load.end()
                    gate.leave(account: "account-\(number % 5)")
                }
            }
        }
        #expect(load.served == 300)
        #expect(load.most <= width)
        #expect(gate.usage == (available: width, waiting: 0, remembered: 0))
    }

    @Test("cancelled waits take no place, give none back and leave nothing behind", arguments: 0..<20)
    func cancellation(seed: UInt64) async {
        let width = 3
        let gate = RequestGate(width: width)
        let load = Load()
        var random = SeededGenerator(seed: seed)
        var tasks: [Task<Void, Never>] = []
        for _ in 0..<200 {
            let account = "account-\(Int.random(in: 0..<4, using: &random))"
            let pauses = Int.random(in: 0..<4, using: &random)
            tasks.append(
                Task {
                    guard await gate.enter(account: account) else { return }
                    load.begin()
                    for _ in 0..<pauses { await Task.yield() }
                    load.end()
                    gate.leave(account: account)
                })
            if Bool.random(using: &random), let victim = tasks.randomElement(using: &random) { victim.cancel() }
            if Int.random(in: 0..<8, using: &random) == 0 { await Task.yield() }
        }
        for task in tasks.shuffled(using: &random) {
            if Bool.random(using: &random) { task.cancel() }
            await task.value
        }
        #expect(load.most <= width)
        #expect(gate.usage == (available: width, waiting: 0, remembered: 0))
    }

    @Test("a free place goes to the account that holds the fewest")
    func fairness() async {
        let gate = RequestGate(width: 2)
        // One account holds both places and has many more waiting; another comes last.
        for _ in 0..<2 { #expect(await gate.enter(account: "slow")) }
        let order = Order()
        let tasks = (["slow", "slow", "slow", "quick", "quick"]).enumerated().map { number, account in
            Task {
                while gate.usage.waiting < number { await Task.yield() }
                #expect(await gate.enter(account: account))
                order.append(account)
            }
        }
        while gate.usage.waiting < 5 { await Task.yield() }
        gate.leave(account: "slow")
        while order.all.count < 1 { await Task.yield() }
        #expect(order.all == ["quick"])
        // Each holds one: the account that was served longer ago is next.
        gate.leave(account: "quick")
        while order.all.count < 2 { await Task.yield() }
        #expect(order.all == ["quick", "quick"])
        gate.leave(account: "quick")
        for account in ["slow", "slow", "slow"] { gate.leave(account: account) }
        for task in tasks { await task.value }
        gate.leave(account: "slow")
        #expect(gate.usage == (available: 2, waiting: 0, remembered: 0))
    }
}

extension RequestGateTests {
    @Test("an account that does not answer leaves places for the others from the start")
    func reserve() async {
        let gate = RequestGate(width: 4)
        gate.share()
        for _ in 0..<3 { #expect(await gate.enter(account: "slow")) }
        let waiting = Task { await gate.enter(account: "slow") }
        while gate.usage.waiting < 1 { await Task.yield() }
        #expect(gate.usage.available == 1)
        for _ in 0..<10 {
            #expect(await gate.enter(account: "quick"))
            gate.leave(account: "quick")
        }
        #expect(gate.usage.waiting == 1)
        gate.leave(account: "slow")
        #expect(await waiting.value)
        for _ in 0..<3 { gate.leave(account: "slow") }
        #expect(gate.usage == (available: 4, waiting: 0, remembered: 0))
    }
}

extension RequestGateTests {
    @Test("What is asked for on demand overtakes scheduled work, which still gets one place in four")
    func priority() async {
        let gate = RequestGate(width: 1)
        #expect(await gate.enter(account: "held"))
        let order = Order()
        var tasks: [Task<Void, Never>] = []
        for number in 0..<12 {
            let isUrgent = number >= 6
            tasks.append(
                Task {
                    guard await gate.enter(account: "a\(number % 3)", priority: isUrgent ? .onDemand : .scheduled)
                    else { return }
                    order.append(isUrgent ? "d" : "s")
                    gate.leave(account: "a\(number % 3)")
                })
            while gate.usage.waiting <= number { await Task.yield() }
        }
        gate.leave(account: "held")
        for task in tasks { await task.value }
        #expect(order.all.joined() == "dddsdddsssss")
        #expect(gate.usage == (available: 1, waiting: 0, remembered: 0))
    }
}

/// How many hold a place.
private final class Load: Sendable {
    private let state = Mutex((now: 0, most: 0, served: 0))

    func begin() {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }

    func end() {
        state.withLock { state in
            state.now -= 1
            state.served += 1
        }
    }

    var most: Int { state.withLock { $0.most } }
    var served: Int { state.withLock { $0.served } }
}

/// What happened, in order.
final class Order: Sendable {
    private let names = Mutex<[String]>([])

    func append(_ name: String) { names.withLock { $0.append(name) } }
    var all: [String] { names.withLock { $0 } }
}
