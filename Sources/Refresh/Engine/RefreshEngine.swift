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

    package init(
        catalogue: Catalogue, client: AWSClient, accounts: AccountDirectory, store: any InventoryStore,
        ledger: any RunLedger, logger: Logger, now: @escaping @Sendable () -> Int,
        random: @escaping @Sendable () -> UInt64
    ) {
        self.catalogue = catalogue
        self.client = client
        self.accounts = accounts
        self.store = store
        self.ledger = ledger
        self.logger = logger
        self.now = now
        self.random = random
    }
}

/// Starts, joins, cancels and finishes runs.
package actor RefreshEngine {
    private struct Active {
        var handle: RunHandle
        var request: RefreshRequest
        /// Ends when the run stands in the ledger.
        var recorded: Task<Void, Never>
        var task: Task<Void, Never>
        var isCancelled = false
    }

    private let dependencies: EngineDependencies
    private let locks = UnitLocks()
    private var settings: RefreshSettings
    private var active: [String: Active] = [:]
    private var isStopping = false

    package init(_ dependencies: EngineDependencies, settings: RefreshSettings) {
        self.dependencies = dependencies
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
    ///
    /// - Parameter id: of a scheduled run, which has the same id however often it is started.
    package func submit(
        _ request: RefreshRequest, trigger: RunTrigger, id: String? = nil
    ) async throws(RequestProblem) -> (run: RunHandle, joined: Bool) {
        guard !isStopping else { throw .stopping }
        let request = request.normalized
        try check(request)
        // A schedule was checked when it was configured, and its loop must not wait for AWS.
        if case .schedule = trigger {} else { try await checkAccounts(request.accounts) }
        let same =
            id.flatMap { active[$0] } ?? active.values.first { $0.request == request && !$0.isCancelled }
        if let same {
            await same.recorded.value
            return (same.handle, true)
        }
        guard !isStopping else { throw .stopping }
        let record = RunRecord(
            id: id ?? newID(), trigger: trigger, request: request, state: .running, startedAt: dependencies.now())
        let handle = RunHandle(record)
        // Unstructured: a run outlives the request that started it and ends in `ended`, or in `stop`.
        let recorded = Task { await self.begin(record) }
        let task = Task {
            await recorded.value
            await self.carryOut(handle, request)
        }
        active[record.id] = Active(handle: handle, request: request, recorded: recorded, task: task)
        // Whoever is told of a run finds it again, whatever happens to this process.
        await recorded.value
        return (handle, false)
    }

    /// Cancels a run; what it has stored stays. `false` when there is no such run under way.
    package func cancel(_ run: String) -> Bool {
        guard active[run] != nil else { return false }
        active[run]?.isCancelled = true
        active[run]?.task.cancel()
        return true
    }

    /// Refuses new runs and waits for those under way; after `grace` they are cancelled and waited for.
    package func stop(within grace: Duration) async {
        isStopping = true
        let tasks = active.values.map(\.task)
        guard !tasks.isEmpty else { return }
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for task in tasks { await task.value }
                return true
            }
            group.addTask {
                do { try await Task.sleep(for: grace) } catch { return true }
                return false
            }
            if await group.next() == false { for task in tasks { task.cancel() } }
            group.cancelAll()
        }
    }

    // MARK: Private

    private static func types(
        _ target: AccountTarget, _ request: RefreshRequest, _ settings: RefreshSettings, _ index: CatalogueIndex
    ) throws(CatalogueError) -> [String] {
        var names = Set(try TypeSelection(words: target.types ?? settings.types, in: index).types)
        if !request.services.isEmpty {
            names = names.filter { request.services.contains(String($0.prefix { $0 != "/" })) }
        }
        // A type that is named outright is collected even where the configuration does not select it.
        if !request.types.isEmpty {
            names = Set(try TypeSelection(words: request.types, in: index).types)
        }
        return names.sorted()
    }

    private func check(_ request: RefreshRequest) throws(RequestProblem) {
        let index = dependencies.catalogue.index
        for service in request.services where index.services[service] == nil {
            throw .noSuchService(service, suggestion: Suggestion.nearest(to: service, in: index.services.keys.sorted()))
        }
        do throws(CatalogueError) {
            if !request.types.isEmpty { _ = try TypeSelection(words: request.types, in: index) }
        } catch {
            guard case .unknownWord(let word, let suggestion) = error else {
                throw .noSuchType("\(error)", suggestion: nil)
            }
            throw .noSuchType(word, suggestion: suggestion)
        }
        for region in request.regions where region != "global" && region != Scope.global {
            let isListed: Bool
            if case .listed(let regions) = settings.regions {
                isListed = regions.contains(region)
            } else {
                isListed = false
            }
            guard isListed || index.partition(of: region) != nil else { throw .noSuchRegion(region) }
        }
        try checkSelection(request)
    }

    /// A request for what no account collects would end as if all were well.
    private func checkSelection(_ request: RefreshRequest) throws(RequestProblem) {
        var targets = settings.accounts
        // Accounts that are discovered have no choices of their own.
        if settings.organization != nil { targets.append(AccountTarget(id: nil, sessionName: "")) }
        if !request.accounts.isEmpty {
            targets.removeAll { target in target.id.map { !request.accounts.contains($0) } ?? false }
        }
        let index = dependencies.catalogue.index
        for target in targets {
            // Words that are unknown are told by the run.
            guard let types = try? Self.types(target, request, settings, index), types.isEmpty else { return }
        }
        if !targets.isEmpty { throw .nothingSelected }
    }

    private func checkAccounts(_ wanted: [String]) async throws(RequestProblem) {
        guard !wanted.isEmpty else { return }
        let configured = Set(settings.accounts.compactMap(\.id))
        guard wanted.contains(where: { !configured.contains($0) }) else { return }
        // Accounts that cannot be asked for now are told by the run itself.
        let (known, failure) = await dependencies.accounts.accounts(wanted)
        guard failure == nil else { return }
        let ids = Set(known.map(\.id))
        for account in wanted where !ids.contains(account) { throw .noSuchAccount(account) }
    }

    /// Sorts by time: `20260131T120000Z-3f9a2c1b`.
    private func newID() -> String {
        let suffix = String(UInt32(truncatingIfNeeded: dependencies.random()), radix: 16)
        return RunID.stamp(dependencies.now()) + "-" + String(repeating: "0", count: 8 - suffix.count) + suffix
    }

    private func begin(_ record: RunRecord) async {
        await note { [ledger = dependencies.ledger] () async throws(StoreError) in
            try await ledger.begin(record, plan: [])
        }
    }

    private func carryOut(_ handle: RunHandle, _ request: RefreshRequest) async {
        let settings = settings
        let index = dependencies.catalogue.index
        dependencies.logger.debug("run \(handle.id) started", [.run: handle.id])
        let tally = CallTally()
        let execution = RunExecution(
            handle: handle, request: request,
            selection: { target throws(CatalogueError) in try Self.types(target, request, settings, index) },
            settings: settings, catalogue: dependencies.catalogue, accounts: dependencies.accounts,
            client: dependencies.client.calling(handle.progress.record.trigger.priority, tally: tally),
            store: dependencies.store, ledger: dependencies.ledger, locks: locks,
            logger: dependencies.logger, now: dependencies.now)
        _ = await Deadline.run(within: settings.runTimeout, onLate: { handle.markLate() }) { await execution.run() }
        if tally.throttled > 0 {
            dependencies.logger.info(
                "run \(handle.id): AWS throttled \(tally.throttled) of \(tally.calls) calls", [.run: handle.id])
        }
        await ended(handle)
    }

    private func ended(_ handle: RunHandle) async {
        let wasCancelled = active[handle.id]?.isCancelled ?? false
        let finishedAt = dependencies.now()
        var record = handle.progress.record
        record.finishedAt = finishedAt
        record.state = RunState.of(record.outcomes, isCancelled: wasCancelled || isStopping && Task.isCancelled)
        let final = record
        await note { [ledger = dependencies.ledger] () async throws(StoreError) in try await ledger.finish(final) }
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

    private func note(_ write: @escaping @Sendable () async throws(StoreError) -> Void) async {
        let logger = dependencies.logger
        // Unstructured: a cancelled run is recorded too, so the write, which is short, must not inherit the cancellation.
        await Task {
            do throws(StoreError) {
                try await write()
            } catch {
                logger.error("the run ledger cannot be written: \(error)", id: .storeUnavailable)
            }
        }.value
    }
}

extension RunTrigger {
    /// For the line that tells a run's end: ` (schedule nightly)`, ` (asked for by alice, uid 1000)`.
    fileprivate var remark: String {
        switch self {
        case .schedule(let name): " (schedule \(name))"
        case .request(let uid, let name): " (asked for by " + (name.map { "\($0), uid \(uid))" } ?? "uid \(uid))")
        case .once: ""
        }
    }
}

extension RunState {
    /// Partial success is not success, and a run that planned nothing has refreshed nothing. A run that was cancelled when
    /// all its listings had ended ends as they did.
    package static func of(_ outcomes: [Outcome: Int], isCancelled: Bool) -> RunState {
        if isCancelled, outcomes.isEmpty || outcomes[.cancelled] != nil { return .cancelled }
        guard !outcomes.isEmpty else { return .failed }
        let bad = outcomes.filter { !$0.key.isGood }.values.reduce(0, +)
        if bad == 0 { return .succeeded }
        return outcomes.contains { $0.key.isProof } ? .partial : .failed
    }
}

extension RunTrigger {
    /// Whoever asks for a run waits for it; a schedule does not.
    fileprivate var priority: CallPriority {
        switch self {
        case .schedule: .scheduled
        case .request, .once: .onDemand
        }
    }
}

extension RefreshRequest {
    /// The same request however it was worded.
    var normalized: RefreshRequest {
        var copy = self
        copy.services = Set(services).sorted()
        copy.types = Set(types).sorted()
        copy.accounts = Set(accounts).sorted()
        copy.regions = Set(regions).sorted()
        return copy
    }
}
