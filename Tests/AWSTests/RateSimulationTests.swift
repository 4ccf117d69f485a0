import Testing

@testable import AWS

@Suite("Learned rates against simulated limits")
struct RateSimulationTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        var rate: Double
        var capacity: Double
        var roundTrip = 0.005

        var testDescription: String { "\(rate)/s, \(capacity) saved, \(roundTrip) s" }
    }

    /// Limits of all kinds; one token at a time only where a millisecond of jitter is less than a hundredth of a turn.
    static let shapes: [Shape] = {
        var shapes: [Shape] = []
        for rate in [1.0, 2, 5, 10, 20, 50, 100, 200] {
            for capacity in Set([1, rate / 2, rate, rate * 5]).sorted() where capacity >= 1 {
                guard capacity > 1 && capacity >= rate / 2 || rate <= 10 else { continue }
                for roundTrip in [0.005, 0.05] where rate * roundTrip < 8 * 0.8 {
                    shapes.append(Shape(rate: rate, capacity: capacity, roundTrip: roundTrip))
                }
            }
        }
        return shapes
    }()

    @Test("1,000 calls use what the limit allows and few are throttled, whatever the limit is", arguments: shapes)
    func efficiency(shape: Shape) {
        for seed in 1...3 {
            var simulation = RateSimulation(
                [.init(calls: 1000)], limit: .init(rate: shape.rate, capacity: shape.capacity),
                delays: .init(roundTrip: shape.roundTrip), seed: UInt64(seed))
            simulation.run(width: 8)
            let client = simulation.clients[0]
            let time = client.admitted.last ?? .infinity
            let ideal = max((1000 - shape.capacity) / shape.rate, 1000 * shape.roundTrip / 8)
            #expect(client.admitted.count == 1000)
            #expect(ideal / time >= 0.93)
            // The first calls, which nothing held back, are seven of these.
            #expect(client.throttledShare <= (shape.rate > 50 ? 0.045 : 0.025))
        }
    }

    @Test(
        "The scenario: one call in 100 ms, 1,000 calls, 95 % of the ideal rate, under 2 % throttled", arguments: 1...20)
    func scenario(seed: UInt64) {
        for capacity in [1.0, 10] {
            var simulation = RateSimulation(
                [.init(calls: 1000)], limit: .init(rate: 10, capacity: capacity), seed: seed)
            simulation.run(width: 8)
            let client = simulation.clients[0]
            #expect((1000 - capacity) / 10 / (client.admitted.last ?? .infinity) >= 0.95)
            #expect(client.throttledShare < 0.02)
        }
    }

    @Test("A limit known from before is kept from the first call", arguments: [1.0, 10, 100])
    func known(rate: Double) {
        var simulation = RateSimulation(
            [.init(calls: 1000, state: RateState(learned: rate * 0.97, age: 0, at: 0))],
            limit: .init(rate: rate, capacity: max(rate / 2, 1)))
        simulation.run(width: 32)
        let client = simulation.clients[0]
        #expect(1000 / rate / (client.admitted.last ?? .infinity) >= 0.95)
        #expect(client.throttledShare < 0.01)
    }

    @Test("Several clients share a limit: it is used, few calls are throttled, none is shut out", arguments: 2...4)
    func competition(count: Int) {
        var simulation = RateSimulation(
            Array(repeating: .init(calls: 2000), count: count), limit: .init(rate: 40, capacity: 40))
        simulation.run(width: 8)
        let end = simulation.clients.compactMap(\.admitted.last).min() ?? 0
        let paces = simulation.clients.map { $0.pace(from: end / 4, to: end) }
        #expect(paces.reduce(0, +) > 40 * 0.9)
        #expect((paces.min() ?? 0) > 1)
        for client in simulation.clients { #expect(client.throttledShare < 0.08) }
    }

    @Test("With a share, a limit that fell is found again", arguments: [(20.0, 4.0), (20, 2), (20, 15)])
    func fall(before: Double, after: Double) {
        var simulation = RateSimulation(
            [.init(calls: 5000, share: 0.8)], limit: .init(rate: before, capacity: 5), changes: [(60, after)])
        simulation.run(width: 8)
        let client = simulation.clients[0]
        let end = client.admitted.last ?? 0
        let pace = client.pace(from: end - 100, to: end)
        #expect(pace > after * 0.8 * 0.7 && pace < after)
        #expect(client.throttledShare < 0.03)
    }

    @Test("A limit that changes is found again", arguments: [(20.0, 4.0), (20, 2), (5, 20), (10, 40)])
    func change(before: Double, after: Double) {
        // It changes after 60 s; 5,000 calls take long enough to find the other.
        var simulation = RateSimulation(
            [.init(calls: 5000)], limit: .init(rate: before, capacity: 5), changes: [(60, after)])
        simulation.run(width: 8)
        let client = simulation.clients[0]
        let end = client.admitted.last ?? 0
        #expect(client.pace(from: end - 100, to: end) > after * 0.7)
        #expect(client.throttledShare < 0.03)
    }

    @Test(
        "With a share, that much of the limit is used, within a few hundredths, and no call throttled once it is known",
        arguments: [0.5, 0.8, 0.95], shapes.filter { $0.capacity <= 300 })
    func share(share: Double, shape: Shape) {
        for seed in 1...3 {
            var simulation = RateSimulation(
                [.init(calls: 3000, share: share)], limit: .init(rate: shape.rate, capacity: shape.capacity),
                delays: .init(roundTrip: shape.roundTrip), seed: UInt64(seed))
            simulation.run(width: 8)
            let client = simulation.clients[0]
            let end = client.admitted.last ?? 0
            let pace = client.pace(from: end / 2, to: end) / shape.rate
            #expect(pace <= share * 1.07)
            #expect(pace >= share * 0.93)
            #expect(client.throttled.count { $0 > end / 2 } == 0)
        }
    }
}
