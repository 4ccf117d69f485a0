import CProcess
import Control
import Glibc
import Inventory
import Refresh
import Schedule
import Systemd
import Telemetry

extension WallClockTimer: WallClockWaiter {}

/// The daemon from start to stop. Start-up is the list in `serve`, read from the top; stopping is the list backwards.
struct Daemon: Sendable {
    let loader: ConfigurationLoader
    let loaded: LoadedConfiguration
    let environment: [String: String]

    /// How long runs may go on when the daemon is asked to stop, so that what is nearly done is done; the others go on at
    /// the next start. The unit's TimeoutStopSec= is longer.
    private static let grace = Duration.seconds(5)
    /// How long callers of the control socket may go on.
    private static let callGrace = Duration.seconds(5)
    /// The loop's own pulse where no watchdog asks for another.
    private static let heartbeat = Duration.seconds(3600)
    /// Expired rows are looked for so often.
    private static let housekeepingInterval = Duration.seconds(3600)
    /// Runs are kept as long as resources.
    private static let runLifetimeInSeconds = ResourceRecord.lifetimeInSeconds

    // MARK: Serving

    /// Serves until a signal ends it; answers the exit code.
    func serve() async -> Int32 {
        let signals = SignalStream.events()
        let manager = ServiceManager()
        let logger = makeLogger()
        do {
            let inherited = try InheritedSockets.take()
            let components = try await Components(
                loaded.configuration, environment: environment, logger: logger, waitsForStore: true,
                // The C library keeps what a run has freed, several times what waits for the next one.
                whenIdle: { _ = malloc_trim(0) })
            Self.warnOfSecrets(loaded.configuration, logger)
            let isWhole = !components.missing.ledger && !components.missing.store
            if isWhole { await settle(components) }
            let runner = ScheduleRunner(
                engine: components.engine, ledger: components.ledger, waiter: try WallClockTimer(),
                schedules: schedules(loaded.configuration), logger: logger, now: Components.now)
            let service = CollectorService(
                loader: loader, loaded: loaded, components: components, runner: runner, startedAt: Components.now(),
                reload: { loader async throws(ConfigurationErrors) in
                    try await reload(loader, components, runner, manager)
                })
            let server = try startServer(service, inherited, manager, logger)
            manager.notify(.ready, .status(isWhole ? "ready" : "not ready yet: see collectorctl status"))
            logger.info("inventory-collectord \(Program.version) is ready", id: .started)
            await work(signals, runner, components, service, manager)
            manager.notify(.stopping, .status("stopping"))
            logger.info("stopping", id: .stopping)
            if manager.isPresent {
                // Callers wait for the next process, if one comes: those between two calls with their connections.
                server.handOver { _ = manager.store($0, named: Self.keptConnections) }
            }
            await components.engine.stop(within: Self.grace)
            // Callers that watch for changes would else stay until the end of the grace.
            components.store.changeSignal.close()
            await server.stop(grace: Self.callGrace)
            await components.close()
            return Program.Exit.ok
        } catch let failure as Components.Failure {
            logger.error("cannot start: \(failure)", id: .cannotStart)
            return failure.exit
        } catch {
            logger.error("cannot start: \(error)", id: .cannotStart)
            return Program.Exit.failure
        }
    }

    /// Runs the loops until a signal asks to stop.
    private func work(
        _ signals: AsyncStream<SignalStream.Event>, _ runner: ScheduleRunner, _ components: Components,
        _ service: CollectorService, _ manager: ServiceManager
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                let interval = manager.watchdogInterval ?? Self.heartbeat
                await openLate(components, manager, interval)
                await runner.run(heartbeat: interval) { manager.notify(.watchdog) }
            }
            group.addTask { await housekeeping(components) }
            group.addTask { await components.rates.run() }
            for await event in signals {
                switch event {
                case .stop:
                    group.cancelAll()
                    return
                case .reload: await service.reloadBySignal()
                }
            }
        }
    }

    /// Opens what could not be opened at the start, and then goes on with what was under way. No schedule starts a run
    /// before: it would fail, and one that is missed meanwhile is caught up.
    private func openLate(_ components: Components, _ manager: ServiceManager, _ interval: Duration) async {
        let missing = components.missing
        guard missing.ledger || missing.store else { return }
        let start = LateStart(conditions: components.engine.conditions)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    manager.notify(.watchdog)
                    // Ends early only when the wait is over.
                    try? await Task.sleep(for: interval)
                }
            }
            if missing.ledger {
                await start.finish(.ledger) { () async throws(StoreError) in try await components.ledger.prepare() }
                await components.rates.load()
            }
            if missing.store {
                await start.finish(.store) { () async throws(StoreError) in try await components.store.prepare() }
            }
            group.cancelAll()
        }
        guard !Task.isCancelled else { return }
        await settle(components)
        manager.notify(.status("ready"))
    }

    /// Goes on with the runs that an earlier process left under way; what has had its time is told as interrupted.
    private func settle(_ components: Components) async {
        let logger = components.logger
        do throws(StoreError) {
            let (resumed, interrupted) = try await components.engine.resume()
            for run in resumed {
                let record = run.progress.record
                logger.notice(
                    "run \(run.id) was under way when the process ended and goes on: \(run.progress.finished) of "
                        + "\(record.planned) listings have ended", [.run: run.id])
            }
            for run in interrupted {
                logger.warning(
                    "run \(run.id) was interrupted by the end of the process; what it stored is kept",
                    [.run: run.id], id: .runPartial)
            }
        } catch {
            logger.error("the run ledger cannot be read: \(StoreProblem.text(error))", id: .storeUnavailable)
        }
    }

    private func housekeeping(_ components: Components) async {
        while !Task.isCancelled {
            do throws(StoreError) {
                let purged = try await components.store.purgeExpired(now: Components.now())
                if purged > 0 { components.logger.info("\(purged) expired resources removed", [.count: "\(purged)"]) }
                _ = try await components.store.pruneChanges(before: Components.now() - Change.lifetimeInSeconds)
            } catch {
                guard error != .cancelled else { return }
                if !components.engine.conditions.note(error) { tellLater(error, components.logger) }
            }
            do throws(StoreError) {
                try await components.ledger.prune(before: Components.now() - Self.runLifetimeInSeconds)
            } catch {
                guard error != .cancelled else { return }
                if !components.engine.conditions.isActive(.ledger) { tellLater(error, components.logger) }
            }
            // Ends early only when the daemon stops.
            try? await Task.sleep(for: Self.housekeepingInterval)
        }
    }

    private func tellLater(_ error: StoreError, _ logger: Logger) {
        logger.warning("housekeeping is tried again later: \(StoreProblem.text(error))", id: .storeUnavailable)
    }

    /// The name under which the service manager keeps connections over a restart.
    private static let keptConnections = "caller"

    private func startServer(
        _ service: CollectorService, _ inherited: InheritedSockets, _ manager: ServiceManager, _ logger: Logger
    ) throws -> ControlServer {
        let server = try ControlServer(
            interface: service,
            product: ProductInfo(
                vendor: "inventory-collector", product: "inventory-collectord", version: Program.version, url: ""),
            report: { reason, uid in
                logger.warning(
                    "a caller of the control socket was dropped: \(reason)", [.callerUID: uid.map { "\($0)" } ?? ""],
                    id: .callerDropped)
            },
            observe: { method, uid in
                logger.debug("\(method.prefix(100)) called by uid \(uid)", [.callerUID: "\(uid)"])
            })
        let descriptors = try inherited.descriptors(named: "control", .local)
        let listeners =
            descriptors.isEmpty
            ? [try ControlListener.bind(path: loaded.configuration.collector.socket)]
            : try descriptors.map { try ControlListener.adopt($0) }
        try server.start(listeners, connections: inherited.connections(named: Self.keptConnections))
        // They are served here now, and end here.
        manager.forget(named: Self.keptConnections)
        return server
    }

    // MARK: Reload

    /// Reads the configuration again and swaps it in as a whole; throws the errors and keeps the old one.
    private func reload(
        _ loader: ConfigurationLoader, _ components: Components, _ runner: ScheduleRunner, _ manager: ServiceManager
    ) async throws(ConfigurationErrors) -> LoadedConfiguration {
        manager.notify(.reloading)
        defer { manager.notify(.ready) }
        let fresh = try loader.load()
        components.logger.level = fresh.configuration.collector.logLevel
        components.rates.use(share: fresh.configuration.collector.apiShare)
        Self.warnOfSecrets(fresh.configuration, components.logger)
        await components.engine.reload(
            RefreshSettings(
                fresh.configuration, homeRegion: components.homeRegion, index: components.catalogue.index))
        await runner.reload(schedules(fresh.configuration))
        return fresh
    }

    private func schedules(_ configuration: CollectorConfiguration) -> [PlannedSchedule] {
        let host = HostName.current
        return configuration.schedules.compactMap { PlannedSchedule($0, host: host) }
    }

    /// Who reads the journal learns that the store holds secrets, and by which setting.
    private static func warnOfSecrets(_ configuration: CollectorConfiguration, _ logger: Logger) {
        let words = configuration.collector.unredacted
        guard !words.isEmpty else { return }
        logger.warning(
            "secrets of these resource types are stored as they are, for every reader of the store: "
                + "\(words.joined(separator: " ")) (Unredacted= in [Collector])")
    }

    private func makeLogger() -> Logger {
        let sink: any LogSink =
            JournalStream.isStandardError ? JournalSink(identifier: "inventory-collectord") : StandardErrorSink()
        return Logger(sink: sink, level: loaded.configuration.collector.logLevel)
    }

    // MARK: Once

    /// One full refresh in the foreground; the exit code tells how it went.
    func runOnce() async -> Int32 {
        let signals = SignalStream.events()
        let logger = makeLogger()
        do {
            let components = try await Components(loaded.configuration, environment: environment, logger: logger)
            Self.warnOfSecrets(loaded.configuration, logger)
            let (run, _) = try await components.engine.submit(RefreshRequest(), trigger: .once)
            let watch = Task {
                for await event in signals where event == .stop { _ = await components.engine.cancel(run.id) }
            }
            let record = await run.finished()
            watch.cancel()
            await components.engine.stop(within: Self.grace)
            await components.close()
            return ExitCode.of(record)
        } catch let failure as Components.Failure {
            logger.error("\(failure)")
            return failure.exit
        } catch {
            logger.error("cannot start: \(error)")
            return Program.Exit.failure
        }
    }
}

/// How a run ended, as an exit code.
enum ExitCode {
    static func of(_ record: RunRecord) -> Int32 {
        switch record.state {
        case .succeeded: return Program.Exit.ok
        case .partial: return Program.Exit.partial
        case .cancelled: return 10
        case .failed, .interrupted, .running:
            let access: Set<Outcome> = [.credentials, .denied, .deniedByPolicy, .notEnabled]
            let isAccess = !record.outcomes.isEmpty && record.outcomes.keys.allSatisfy(access.contains)
            return isAccess ? Program.Exit.credentials : Program.Exit.failure
        }
    }
}

enum HostName {
    static var current: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
