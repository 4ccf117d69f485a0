import Testing

@testable import Refresh

/// The order in which a run's units and accounts come to their turns.
@Suite struct RunTurnsTests {
    /// A class, so that expectations can take turns.
    private final class Run {
        var turns: RunTurns<Int>

        init(width: Int) { turns = RunTurns(width: width, isShared: true) }

        /// Begins what can be begun; answers the accounts.
        func begin(stalled: Int = 0) -> [String] {
            var begun: [String] = []
            while let (_, account) = turns.next(stalled: stalled) { begun.append(account) }
            return begun
        }

        func plansNext() -> Bool { turns.plansNext(stalled: 0) }

        /// Plans an account if it may be planned.
        func plan(_ account: String, units: Int) -> Bool {
            guard plansNext() else { return false }
            turns.planned((0..<units).map { ($0, account) })
            return true
        }
    }

    @Test("the first account that is planned leaves half of the workers to those that come")
    func share() {
        let run = Run(width: 8)
        #expect(run.plan("huge", units: 100))
        #expect(run.begin() == Array(repeating: "huge", count: 4))
        #expect(run.plan("small", units: 100))
        #expect(run.begin() == Array(repeating: "small", count: 4))
    }

    @Test("units that wait for AWS's limits give their workers to others, and take them back")
    func stalled() {
        let run = Run(width: 4)
        #expect(run.plan("slow", units: 100))
        #expect(run.plan("quick", units: 100))
        #expect(run.begin().count == 4)
        // Both of the slow account's are stalled: two more may begin, and quick ones have their share already.
        #expect(run.begin(stalled: 2).isEmpty)
        #expect(run.plan("other", units: 100))
        #expect(run.begin(stalled: 2) == ["other", "other"])
        // They go on: nothing new begins before as many have ended.
        run.turns.finish(account: "other")
        run.turns.finish(account: "other")
        #expect(run.begin().isEmpty)
        run.turns.finish(account: "quick")
        #expect(run.begin() == ["other"])
    }

    @Test("accounts with more units than may be ready do not keep those after them from being planned")
    func planning() {
        let run = Run(width: 8)
        #expect(run.plan("huge", units: 3 * RunTurns<Int>.readyLimit))
        #expect(run.begin().count == 4)
        // Four workers are idle.
        #expect(run.plan("small", units: 2))
        #expect(run.begin() == ["small", "small"])
        #expect(run.plan("second", units: 10))
        #expect(run.begin() == ["second", "second"])
        // Nobody is idle now, and much is ready.
        #expect(!run.plan("third", units: 10))
        run.turns.finish(account: "small")
        #expect(run.begin() == ["second"])
        #expect(!run.plan("third", units: 10))
    }

    @Test("as many accounts are planned at a time as may be, and one when workers are idle though much is ready")
    func width() {
        let run = Run(width: 8)
        var planning = 0
        while run.plansNext() { planning += 1 }
        #expect(planning == RunTurns<Int>.planningWidth)
        for account in 0..<planning { run.turns.planned(account == 0 ? (0..<5_000).map { ($0, "huge") } : []) }
        #expect(!run.turns.isPlanning)
        #expect(run.begin().count == 4)
        #expect(run.plansNext())
        #expect(!run.plansNext())
        #expect(run.turns.isBusy)
    }
}
