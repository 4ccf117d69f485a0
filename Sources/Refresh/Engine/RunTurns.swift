/// What a run does next: which unit is worked on, and whether another account is planned meanwhile. Pure.
struct RunTurns<Work> {
    private let width: Int
    private let share: Int
    private var ready = FairQueue<Work>()
    private var working = 0
    private var planning = 0

    /// Accounts whose regions are asked at the same time.
    static var planningWidth: Int { 16 }
    /// Units that may wait for a worker before further accounts are planned: about 4 MB, whatever the size of the estate.
    static var readyLimit: Int { 4_096 }

    /// - Parameters:
    ///   - width: units that are worked on at a time, at least 1.
    ///   - isShared: there are several accounts, of which none takes all workers, however slow it answers.
    init(width: Int, isShared: Bool) {
        self.width = max(width, 1)
        share = isShared ? max(width / 2, 1) : max(width, 1)
    }

    var isPlanning: Bool { planning > 0 }
    /// Something is under way that will be told of.
    var isBusy: Bool { planning + working > 0 }

    /// Takes the next unit to begin; `nil` while all workers have one, or whoever is ready has its share.
    ///
    /// - Parameter stalled: units under way that only wait for AWS's limits, whose workers others use.
    mutating func next(stalled: Int) -> (work: Work, account: String)? {
        guard working < width + stalled, let (work, account) = ready.next(limit: share) else { return nil }
        working += 1
        return (work, account)
    }

    /// Whether the planning of another account is to begin now; asked when there is one, and no unit to begin.
    mutating func plansNext(stalled: Int) -> Bool {
        // Where workers are idle although much is ready, what is ready is of slow accounts: others do not wait for them.
        let isIdle = working < width + stalled && planning == 0
        guard planning < Self.planningWidth, ready.count < Self.readyLimit || isIdle else { return false }
        planning += 1
        return true
    }

    mutating func planned(_ units: [(work: Work, account: String)]) {
        planning -= 1
        for unit in units { ready.add(unit.work, group: unit.account) }
    }

    mutating func finish(account: String) {
        working -= 1
        ready.finish(group: account)
    }
}
