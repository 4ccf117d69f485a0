import AWS
import Inventory
import Telemetry

/// Everything the engine works with.
package struct EngineDependencies: Sendable {
    package var catalogue: Catalogue
    package var client: AWSClient
    package var accounts: AccountDirectory
    package var store: any InventoryStore
    package var ledger: any RunLedger
    package var logger: Logger
    /// Seconds since the epoch.
    package var now: @Sendable () -> Int
    /// Anything; distinguishes the ids of runs that start in the same second.
    package var random: @Sendable () -> UInt64
    /// Called when no run is under way any more, and what the last one needed has been let go.
    package var whenIdle: @Sendable () -> Void

    package init(
        catalogue: Catalogue, client: AWSClient, accounts: AccountDirectory, store: any InventoryStore,
        ledger: any RunLedger, logger: Logger, now: @escaping @Sendable () -> Int,
        random: @escaping @Sendable () -> UInt64, whenIdle: @escaping @Sendable () -> Void = {}
    ) {
        self.catalogue = catalogue
        self.client = client
        self.accounts = accounts
        self.store = store
        self.ledger = ledger
        self.logger = logger
        self.now = now
        self.random = random
        self.whenIdle = whenIdle
    }
}

/// Starts, joins, cancels and finishes runs.
package actor RefreshEngine {
    private struct Active {
        var handle: RunHandle
        var request: RefreshRequest
        /// Ends when the run stands in the ledger, or cannot.
        var recorded: Task<StoreError?, Never>
        var task: Task<Void, Never>
        var isCancelled = false
    }

    let dependencies: EngineDependencies
    let locks = UnitLocks()
    /// What troubles all runs at once.
    package nonisolated let conditions: Conditions
    private(set) var settings: RefreshSettings
    private var active: [String: Active] = [:]
    private var isStopping = false

    package init(_ dependencies: EngineDependencies, settings: RefreshSettings) {
        self.dependencies = dependencies
        conditions = Conditions(logger: dependencies.logger, now: dependencies.now)
        self.settings = settings
    }

    /// Runs under way keep the settings they started with.
    package func reload(_ settings: RefreshSettings) async {
        self.settings = settings
        await dependencies.accounts.reload(settings)
    }

    /// Runs under way, oldest first.
    package var running: [RunHandle] { active.values.map(\.handle).sorted { $0.id < $1.id } }

    package func handle(_ run: String) -> RunHandle? { active[run]?.handle }

    /// Starts a run, or joins the one under way that was asked for the same.
    package func submit(
        _ request: RefreshRequest, trigger: RunTrigger
    ) async throws(RequestProblem) -> (run: RunHandle, joined: Bool) {
        guard !isStopping else { throw .stopping }
        let request = request.normalized
        try check(request)
        try await checkAccounts(request.accounts)
        if let same = active.values.first(where: { $0.request == request && !$0.isCancelled }) {
            _ = await same.recorded.value
            return (same.handle, true)
        }
        guard !isStopping else { throw .stopping }
        let record = RunRecord(
            id: newID(), trigger: trigger, request: request, state: .running, startedAt: dependencies.now())
        let run = start(record, schedule: nil)
        // Whoever is told of a run finds it again, whatever happens to this process.
        _ = await run.recorded.value
        return (run.handle, false)
    }

    /// Starts a schedule's run for an instant, or joins the one under way that was asked for the same, and moves the
    /// schedule there: a run that was started stands in the ledger together with its schedule's move, so that neither is
    /// lost or done twice. Where the ledger takes neither, nothing is started and the problem is thrown.
    package func submit(
        _ request: RefreshRequest, schedule: String, at instant: Int
    ) async throws(RequestProblem) -> (run: RunHandle, joined: Bool) {
        guard !isStopping else { throw .stopping }
        let request = request.normalized
        // A schedule was checked when it was configured, and its loop must not wait for AWS.
        try check(request)
        let id = RunID.scheduled(schedule, at: instant)
        let same = active[id] ?? active.values.first { $0.request == request && !$0.isCancelled }
        if let same {
            do throws(StoreError) {
                try await dependencies.ledger.setSchedulePosition(schedule, to: instant)
            } catch {
                throw .ledgerUnavailable(error)
            }
            return (same.handle, true)
        }
        let record = RunRecord(
            id: id, trigger: .schedule(name: schedule), request: request, state: .running,
            startedAt: dependencies.now())
        let run = start(record, schedule: (schedule, instant))
        if let problem = await run.recorded.value { throw .ledgerUnavailable(problem) }
        return (run.handle, false)
    }

    /// Goes on with the runs that an earlier process left; those that have had their time end as interrupted.
    ///
    /// - Returns: the runs that go on and the ones that ended.
    package func resume() async throws(StoreError) -> (resumed: [RunHandle], interrupted: [RunRecord]) {
        var resumed: [RunHandle] = []
        var interrupted: [RunRecord] = []
        for open in try await dependencies.ledger.openRuns() {
            // A run in the foreground ends with its process.
            let isOver = open.record.trigger == .once || timeLeft(open.record) <= .zero
            if isOver {
                interrupted.append(try await dependencies.ledger.interrupt(open.record.id, now: dependencies.now()))
            } else if active[open.record.id] == nil {
                resumed.append(start(open.record, resumed: open, recorded: Task { nil }).handle)
            }
        }
        return (resumed, interrupted)
    }

    /// Cancels a run; what it has stored stays. `false` when there is no such run under way.
    package func cancel(_ run: String) -> Bool {
        guard active[run] != nil else { return false }
        active[run]?.isCancelled = true
        active[run]?.task.cancel()
        return true
    }

    /// Refuses new runs and waits for those under way; after `grace` they are left as they stand, open in the ledger, and
    /// the next process goes on with them. Those that were cancelled before end as cancelled.
    package func stop(within grace: Duration) async {
        isStopping = true
        let runs = Array(active.values)
        guard !runs.isEmpty else { return }
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for run in runs { await run.task.value }
                return true
            }
            group.addTask {
                do { try await Task.sleep(for: grace) } catch { return true }
                return false
            }
            if await group.next() == false {
                for run in runs where active[run.handle.id]?.isCancelled == false { run.handle.suspend() }
                for run in runs { run.task.cancel() }
            }
            group.cancelAll()
        }
    }

    // MARK: Private

    /// Sorts by time: `20260131T120000Z-3f9a2c1b`.
    private func newID() -> String {
        let suffix = String(UInt32(truncatingIfNeeded: dependencies.random()), radix: 16)
        return RunID.stamp(dependencies.now()) + "-" + String(repeating: "0", count: 8 - suffix.count) + suffix
    }

    private func start(_ record: RunRecord, schedule: (name: String, instant: Int)?) -> Active {
        let ledger = dependencies.ledger
        let conditions = conditions
        // Unstructured: a run outlives the request that started it and ends in `ended`, or in `stop`.
        let recorded = Task { () -> StoreError? in
            do throws(StoreError) {
                if let schedule {
                    try await ledger.begin(record, schedule: schedule.name, at: schedule.instant)
                } else {
                    try await ledger.begin(record, plan: [])
                }
                return nil
            } catch {
                conditions.failed(.ledger, "\(error)")
                return error
            }
        }
        return start(record, isScheduled: schedule != nil, recorded: recorded)
    }

    private func start(
        _ record: RunRecord, isScheduled: Bool = false, resumed: OpenRun? = nil,
        recorded: Task<StoreError?, Never>
    ) -> Active {
        let handle = RunHandle(record, services: resumed?.services ?? [:])
        // As above.
        let task = Task {
            let problem = await recorded.value
            // A schedule that could not be moved starts its run again.
            if isScheduled, problem != nil { return self.withdraw(handle) }
            await self.carryOut(handle, record.request, resumed, isRecorded: problem == nil)
            if self.active.isEmpty { self.dependencies.whenIdle() }
        }
        let run = Active(handle: handle, request: record.request, recorded: recorded, task: task)
        active[record.id] = run
        return run
    }

    private func withdraw(_ handle: RunHandle) {
        active[handle.id] = nil
        handle.finish { $0.record.state = .failed }
    }

    /// How long the run may still take: its time counts from its start, whatever processes it has had.
    private func timeLeft(_ record: RunRecord) -> Duration {
        settings.runTimeout - .seconds(max(dependencies.now() - record.startedAt, 0))
    }

    private func carryOut(
        _ handle: RunHandle, _ request: RefreshRequest, _ resumed: OpenRun?, isRecorded: Bool
    ) async {
        let settings = settings
        let index = dependencies.catalogue.index
        dependencies.logger.debug(
            resumed == nil ? "run \(handle.id) started" : "run \(handle.id) goes on where it stood", [.run: handle.id])
        let journal = RunJournal(
            ledger: dependencies.ledger, run: handle.id, conditions: conditions, logger: dependencies.logger)
        let tally = CallTally()
        let failures = conditions.failures(of: .store)
        let execution = RunExecution(
            handle: handle, request: request,
            selection: { target throws(CatalogueError) in try Self.types(target, request, settings, index) },
            settings: settings, catalogue: dependencies.catalogue,
            services: ServiceShelf(dependencies.catalogue), accounts: dependencies.accounts,
            refusals: RefusalJudge(accounts: dependencies.accounts),
            client: dependencies.client.calling(handle.progress.record.trigger.priority, tally: tally),
            store: dependencies.store, ledger: dependencies.ledger, journal: journal, resumed: resumed, locks: locks,
            conditions: conditions,
            logger: dependencies.logger, now: dependencies.now)
        let limit = resumed.map { timeLeft($0.record) } ?? settings.runTimeout
        _ = await Deadline.run(within: limit, onLate: { handle.markLate() }) { await execution.run() }
        if tally.throttled > 0 {
            dependencies.logger.info(
                "run \(handle.id): AWS throttled \(tally.throttled) of \(tally.calls) calls", [.run: handle.id])
        }
        await ended(handle, journal, isRecorded: isRecorded, storeFailures: failures)
    }

    /// - Parameter storeFailures: how often the store had failed when the run began.
    private func ended(
        _ handle: RunHandle, _ journal: RunJournal, isRecorded: Bool, storeFailures: Int
    ) async {
        // Unstructured: a cancelled run is recorded too, so the writes, which are short, must not inherit the cancellation.
        await Task {
            if handle.isSuspended, !handle.isLate {
                await journal.flush()
                await suspended(handle)
            } else {
                await flushStore(handle, failures: storeFailures)
                await record(handle, journal, isRecorded)
            }
        }.value
    }

    /// Whoever follows the run sees that it has not ended; the next process tells them how it does.
    private func suspended(_ handle: RunHandle) async {
        active[handle.id] = nil
        handle.finish { _ in }
        dependencies.logger.notice("run \(handle.id) goes on at the next start", [.run: handle.id])
    }

    /// The rows before the end of the run: one that the ledger calls ended is not gone on with.
    private func flushStore(_ handle: RunHandle, failures: Int) async {
        do throws(StoreError) {
            try await dependencies.store.flush()
            conditions.succeeded(.store, unlessFailedSince: failures)
        } catch {
            guard !conditions.note(error) else { return }
            dependencies.logger.warning(
                "what the run wrote last may be lost with the machine's power: \(error)", [.run: handle.id],
                id: .storeUnavailable)
        }
    }

    private func record(_ handle: RunHandle, _ journal: RunJournal, _ isRecorded: Bool) async {
        var record = handle.progress.record
        record.finishedAt = dependencies.now()
        record.state = RunState.of(
            record.outcomes, isCancelled: active[handle.id]?.isCancelled ?? false, heldBack: handle.progress.heldBack)
        do throws(StoreError) {
            // What the ledger would not take at first it may take now.
            if !isRecorded { try await dependencies.ledger.begin(record, plan: []) }
            await journal.flush()
            record = try await dependencies.ledger.finish(record)
            conditions.succeeded(.ledger)
        } catch {
            conditions.failed(.ledger, "\(error)")
        }
        let final = record
        active[handle.id] = nil
        handle.finish { $0.record = final }
        log(final)
    }

    private func log(_ record: RunRecord) {
        let seconds = (record.finishedAt ?? record.startedAt) - record.startedAt
        let outcomes = record.outcomes.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
        let changes = record.changes
        let text =
            "run \(record.id)\(record.trigger.remark) \(record.state.rawValue) after \(seconds) s: \(record.resources) resources "
            + "(\(changes.created) created, \(changes.updated) updated, \(changes.deleted) deleted), "
            + "\(record.planned) listings: \(outcomes)"
        var (schedule, uid, name) = ("", "", "")
        switch record.trigger {
        case .schedule(let its): schedule = its
        case .request(let its, let known): (uid, name) = ("\(its)", known ?? "")
        case .once: break
        }
        let fields: KeyValuePairs<LogField, String> = [
            .run: record.id, .count: "\(record.resources)", .schedule: schedule, .callerUID: uid, .callerName: name,
        ]
        if record.state == .succeeded {
            dependencies.logger.info(text, fields, id: .runFinished)
        } else {
            dependencies.logger.warning(text, fields, id: .runPartial)
        }
    }
}
