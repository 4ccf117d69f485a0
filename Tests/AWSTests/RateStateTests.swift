import Testing

@testable import AWS

@Suite("A learned rate")
struct RateStateTests {
    @Test("The first guess is below what was measured, and never too low to learn from")
    func first() {
        #expect(RateState(measured: 100, at: 0).rate == 70)
        #expect(RateState(measured: 0, at: 0).rate == RateState.leastGuess)
    }

    @Test("Calls take turns at the rate; one may make up for a late one, two may not")
    func turns() {
        var state = RateState(learned: 10, age: 0, at: 0)
        _ = state.begin(share: 1, at: 0)
        #expect(abs(state.delay(at: 0) - 0.1) < 1e-9)
        // A second late: the next may begin at once, the one after has its turn.
        let isFirstHurried = state.begin(share: 1, at: 1.1)
        #expect(!isFirstHurried && state.delay(at: 1.1) == 0)
        let isSecondHurried = state.begin(share: 1, at: 1.1)
        #expect(isSecondHurried)
        #expect(abs(state.delay(at: 1.1) - 0.1) < 1e-9)
    }

    @Test("Half a share takes turns half as often")
    func share() {
        var state = RateState(learned: 10, age: 0, at: 0)
        _ = state.begin(share: 0.5, at: 0)
        #expect(abs(state.delay(at: 0) - 0.2) < 1e-9)
    }

    @Test("Of calls that were under way together only the first throttle counts")
    func together() {
        var state = RateState(learned: 100, age: 0, at: 0)
        state.throttle(begunAt: 1, isHurried: false, retryAfter: nil, at: 2)
        let rate = state.rate
        #expect(rate < 100)
        for _ in 0..<50 { state.throttle(begunAt: 1.9, isHurried: false, retryAfter: nil, at: 2.1) }
        #expect(state.rate == rate)
        state.throttle(begunAt: 2.5, isHurried: false, retryAfter: nil, at: 3)
        #expect(state.rate < rate)
    }

    @Test("The rate never falls below the floor, however often a call is throttled")
    func floor() {
        var state = RateState(measured: 50, at: 0)
        for second in 1...100 {
            state.throttle(begunAt: Double(second), isHurried: false, retryAfter: nil, at: Double(second))
        }
        #expect(state.rate == RateState.floor)
    }

    @Test("AWS's wish for silence is honoured, up to a minute")
    func silence() {
        var state = RateState(measured: 10, at: 0)
        state.throttle(begunAt: 0, isHurried: false, retryAfter: 5, at: 10)
        #expect(state.delay(at: 10) == 5)
        state.throttle(begunAt: 0, isHurried: false, retryAfter: 3600, at: 10)
        #expect(state.delay(at: 10) == RateState.maximumPause)
    }

    @Test("Calls that nothing held back do not raise the rate")
    func idle() {
        var state = RateState(learned: 10, age: 0, at: 0)
        for _ in 0..<1000 { state.admit(hasWaited: false, share: 1) }
        #expect(state.rate == 10)
        for _ in 0..<100 { state.admit(hasWaited: true, share: 1) }
        #expect(state.rate > 10 && state.rate < 10.2)
        // Whoever leaves room learns nothing from a success.
        let rate = state.rate
        for _ in 0..<1000 { state.admit(hasWaited: true, share: 0.8) }
        #expect(state.rate == rate)
    }

    @Test("A rate learned yesterday is tried with a little more today")
    func relaxation() {
        var state = RateState(learned: 10, age: 86_400, at: 0)
        _ = state.begin(share: 1, at: 0)
        #expect(state.rate > 11 && state.rate < 11.5)
        _ = state.begin(share: 1, at: 10)
        #expect(state.rate < 11.5)
    }

    @Test("With a share a known rate stays what it is, however many hours nothing corrects it")
    func politeness() {
        var state = RateState(learned: 10, age: 0, at: 0)
        for hour in 1...500 {
            _ = state.begin(share: 0.8, at: Double(hour) * 3600)
            state.admit(hasWaited: true, share: 0.8)
        }
        #expect(state.rate == 10)
    }

    @Test("Operations that AWS counts together have one key, the others their own")
    func groups() {
        func key(_ service: String, _ operation: String) -> RateKey {
            RateKey(account: "1", region: "r", service: service, operation: operation)
        }
        #expect(key("elbv2", "DescribeLoadBalancers") == key("elbv2", "DescribeTags"))
        #expect(key("elbv2", "DescribeTags") != key("elb", "DescribeTags"))
        #expect(key("route53", "ListHostedZones") == key("route53", "ListResourceRecordSets"))
        #expect(key("ec2", "DescribeInstances") != key("ec2", "DescribeVpcs"))
    }
}
