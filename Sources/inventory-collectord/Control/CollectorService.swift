import Control
import Inventory
import JSON
import Refresh
import Telemetry

/// Answers the control interface out of the engine, the stores and the configuration.
actor CollectorService: CollectorInterface {
    let loader: ConfigurationLoader
    private(set) var loaded: LoadedConfiguration
    let components: Components
    private let runner: ScheduleRunner
    private let callers = CallerNames()
    private let startedAt: Int
    private let apply: @Sendable (ConfigurationLoader) async throws(ConfigurationErrors) -> LoadedConfiguration

    init(
        loader: ConfigurationLoader, loaded: LoadedConfiguration, components: Components, runner: ScheduleRunner,
        startedAt: Int,
        reload: @escaping @Sendable (ConfigurationLoader) async throws(ConfigurationErrors) -> LoadedConfiguration
    ) {
        self.loader = loader
        self.loaded = loaded
        self.components = components
        self.runner = runner
        self.startedAt = startedAt
        apply = reload
    }

    // MARK: Runs

    nonisolated func refresh(
        _ parameters: RefreshParameters, _ context: CallContext, _ replies: ReplyStream<RefreshReply>
    ) async throws(CollectorError) -> RefreshReply {
        var request = RefreshRequest()
        request.services = parameters.services ?? []
        request.types = parameters.types ?? []
        request.accounts = parameters.accounts ?? []
        request.regions = parameters.regions ?? []
        request.force = parameters.force ?? false
        let run: RunHandle
        let joined: Bool
        let name = await callers.name(of: context.uid)
        do throws(RequestProblem) {
            (run, joined) = try await components.engine.submit(request, trigger: .request(uid: context.uid, name: name))
        } catch {
            throw CollectorError(error)
        }
        components.logger.debug(
            "run \(run.id) asked for by \(name ?? "a user"), uid \(context.uid)"
                + (joined ? ", joining the one under way" : ""),
            [.run: run.id, .callerUID: "\(context.uid)", .callerName: name ?? ""])
        guard context.wantsMore else {
            return RefreshReply(run: run.id, joined: joined, state: .running)
        }
        try await replies.send(RefreshReply(run: run.id, joined: joined, state: .running))
        let last = try await follow(run) { (progress) async throws(CollectorError) in
            try await replies.send(
                RefreshReply(run: run.id, joined: joined, state: .running, progress: Progress(progress)))
        }
        return RefreshReply(
            run: run.id, joined: joined, state: Control.RunState(last.state), summary: RunSummary(last))
    }

    /// Progress is told at most so often; people cannot read faster.
    private static let progressInterval = Duration.milliseconds(200)

    /// Tells each step of a run until it ends; answers the record.
    private nonisolated func follow(
        _ run: RunHandle, _ tell: (RunProgress) async throws(CollectorError) -> Void
    ) async throws(CollectorError) -> RunRecord {
        var last = ContinuousClock.now - Self.progressInterval
        for await progress in run.follow() {
            guard progress.record.state == .running else { continue }
            let now = ContinuousClock.now
            guard now - last >= Self.progressInterval else { continue }
            last = now
            try await tell(progress)
        }
        guard !Task.isCancelled else { throw .disconnected }
        let record = run.progress.record
        // The daemon stops before the run ends; whoever waits finds the run again after the restart.
        guard record.state != .running else { throw .shuttingDown }
        return record
    }

    nonisolated func cancel(
        _ parameters: CancelParameters, _ context: CallContext
    ) async throws(CollectorError) -> CancelReply {
        if await components.engine.cancel(parameters.run) {
            let name = await callers.name(of: context.uid)
            components.logger.notice(
                "run \(parameters.run) cancelled by \(name ?? "a user"), uid \(context.uid)",
                [.run: parameters.run, .callerUID: "\(context.uid)", .callerName: name ?? ""], id: .runCancelled)
            return CancelReply(run: parameters.run, state: .running)
        }
        let known = try await store { () async throws(StoreError) in
            try await self.components.ledger.run(parameters.run)
        }
        guard known != nil else { throw .noSuchRun(parameters.run) }
        throw .runFinished(parameters.run)
    }

    nonisolated func runs(
        _ parameters: RunsParameters, _ context: CallContext
    ) async throws(CollectorError) -> RunsReply {
        let limit = parameters.limit ?? 20
        let records = try await store { () async throws(StoreError) in
            try await self.components.ledger.runs(limit: limit)
        }
        let running = await components.engine.running
        let summaries = records.map { record in
            RunSummary(running.first { $0.id == record.id }?.progress.record ?? record)
        }
        return RunsReply(runs: summaries)
    }

    nonisolated func describeRun(
        _ parameters: DescribeRunParameters, _ context: CallContext, _ replies: ReplyStream<DescribeRunReply>
    ) async throws(CollectorError) -> DescribeRunReply {
        guard let run = await components.engine.handle(parameters.run) else {
            let record = try await self.record(parameters.run)
            // Under way and not here: this daemon is stopping, and the next one goes on with it.
            guard record.state != .running || !context.wantsMore else { throw .shuttingDown }
            return DescribeRunReply(run: record.id, state: Control.RunState(record.state), summary: RunSummary(record))
        }
        let now = run.progress
        let first = DescribeRunReply(
            run: run.id, state: .running, progress: Progress(now), summary: RunSummary(now.record))
        guard context.wantsMore else { return first }
        try await replies.send(first)
        let last = try await follow(run) { (progress) async throws(CollectorError) in
            try await replies.send(DescribeRunReply(run: run.id, state: .running, progress: Progress(progress)))
        }
        return DescribeRunReply(run: run.id, state: Control.RunState(last.state), summary: RunSummary(last))
    }

    /// A run's record: the newest run when `id` is `nil`.
    private nonisolated func record(_ id: String?) async throws(CollectorError) -> RunRecord {
        let found: RunRecord?
        if let id {
            found = try await store { () async throws(StoreError) in try await self.components.ledger.run(id) }
        } else {
            found = try await store { () async throws(StoreError) in try await self.components.ledger.runs(limit: 1) }
                .first
        }
        guard let found else { throw .noSuchRun(id ?? "") }
        return found
    }

    nonisolated func coverage(
        _ parameters: CoverageParameters, _ context: CallContext, _ replies: ReplyStream<CoverageReply>
    ) async throws(CollectorError) -> CoverageReply {
        var record = try await self.record(parameters.run)
        if let running = await components.engine.handle(record.id) { record = running.progress.record }
        let limit = parameters.limit ?? 1000
        var next = try parameters.cursor.map { (text) throws(CollectorError) in
            guard let cursor = CoverageCursor(text) else { throw .invalidParameter("cursor") }
            return cursor.listing
        }
        while true {
            let (id, last) = (record.id, next)
            // One more than is asked for tells whether there is more.
            let listings = try await store { () async throws(StoreError) in
                try await self.components.ledger.results(run: id, after: last, limit: limit + 1)
            }
            next = listings.count > limit ? listings[limit - 1].listing : nil
            let reply = CoverageReply(
                run: id, state: Control.RunState(record.state), planned: record.planned,
                outcomes: Dictionary(uniqueKeysWithValues: record.outcomes.map { ($0.key.rawValue, $0.value) }),
                listings: listings.prefix(limit).map { ListingReport($0) },
                cursor: next.map { CoverageCursor($0).text })
            guard context.wantsMore, next != nil else { return reply }
            try await replies.send(reply)
        }
    }

    // MARK: Daemon

    func status(_ parameters: StatusParameters, _ context: CallContext) async throws(CollectorError) -> StatusReply {
        let running = await components.engine.running.map { RunSummary($0.progress.record) }
        let states = await runner.states
        let next = states.compactMap { state in state.next.map { (state.schedule.name, $0) } }.min { $0.1 < $1.1 }
        // A ledger that cannot be read is among the problems.
        let recent = (try? await components.ledger.runs(limit: 20)) ?? []
        let problems = components.engine.conditions.active
        let accounts = await components.accounts.knownCount
        return StatusReply(
            version: Program.version, startedAt: Timestamp(secondsSinceEpoch: startedAt),
            state: problems.isEmpty ? "ready" : "degraded",
            activeRuns: running,
            store: StoreInfo(type: components.storeLocation.type, location: components.storeLocation.location),
            nextRun: next.map { Timestamp(secondsSinceEpoch: $0.1) }, nextSchedule: next?.0, accounts: accounts,
            lastRun: recent.first { $0.state != .running }.map { RunSummary($0) },
            problems: problems.isEmpty ? nil : problems)
    }

    func schedules(
        _ parameters: SchedulesParameters, _ context: CallContext
    ) async throws(CollectorError) -> SchedulesReply {
        let states = await runner.states
        return SchedulesReply(
            schedules: states.map { state in
                ScheduleInfo(
                    name: state.schedule.name, expression: state.schedule.position.expression.text,
                    timeZone: state.schedule.timeZone, next: state.next.map(Timestamp.init(secondsSinceEpoch:)),
                    last: state.last.map(Timestamp.init(secondsSinceEpoch:)), services: state.schedule.request.services,
                    accounts: state.schedule.request.accounts)
            }.sorted { $0.name < $1.name })
    }

    func services(
        _ parameters: ServicesParameters, _ context: CallContext
    ) async throws(CollectorError) -> ServicesReply {
        let index = components.catalogue.index
        let selected = selectedTypes
        return ServicesReply(
            services: index.services.sorted { $0.key < $1.key }.map { name, entry in
                ServiceInfo(
                    service: name, isGlobal: entry.homes != nil,
                    types: entry.types.keys.sorted().map { kind in
                        ResourceTypeInfo(type: "\(name)/\(kind)", selected: selected.contains("\(name)/\(kind)"))
                    })
            })
    }

    func accounts(
        _ parameters: AccountsParameters, _ context: CallContext
    ) async throws(CollectorError) -> AccountsReply {
        let (known, failure) = await components.accounts.accounts([])
        if let failure {
            throw .busy("the accounts cannot be told: \(failure.error.code): \(failure.error.message)")
        }
        let configured = Set(loaded.configuration.accounts.map(\.id))
        return AccountsReply(
            accounts: known.map { account in
                let origin =
                    account.target.id == nil
                    ? "caller" : configured.contains(account.id) ? "configuration" : "organization"
                var regions: [String] = []
                if case .listed(let names) = account.target.regions { regions = names }
                return AccountInfo(
                    id: account.id, name: account.target.name, origin: origin, roleARN: account.target.roleARN,
                    regions: regions)
            }.sorted { $0.id < $1.id })
    }

    func reload(_ parameters: ReloadParameters, _ context: CallContext) async throws(CollectorError) -> ReloadReply {
        do throws(ConfigurationErrors) {
            try await reload()
        } catch {
            throw .reloadFailed(error.errors.map(\.description))
        }
        return ReloadReply(warnings: [])
    }

    func reloadBySignal() async {
        // Told by `reload` already.
        try? await reload()
    }

    private func reload() async throws(ConfigurationErrors) {
        do throws(ConfigurationErrors) {
            loaded = try await apply(loader)
            components.logger.notice("the configuration was read again", id: .reloaded)
        } catch {
            components.logger.error(
                "the configuration is wrong, the old one stays in force: \(error)", id: .reloadFailed)
            throw error
        }
    }

    func configuration(
        _ parameters: ConfigurationParameters, _ context: CallContext
    ) async throws(CollectorError) -> ConfigurationReply {
        ConfigurationReply(text: ConfigurationText.show(loaded))
    }

    /// A store's answer, or its error as callers know it.
    nonisolated func store<Answer: Sendable>(
        _ ask: @Sendable () async throws(StoreError) -> Answer
    ) async throws(CollectorError) -> Answer {
        do throws(StoreError) {
            return try await ask()
        } catch {
            throw .storeUnavailable(StoreProblem.text(error))
        }
    }
}
