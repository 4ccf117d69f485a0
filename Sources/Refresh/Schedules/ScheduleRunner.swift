import Inventory
import Schedule
import Telemetry

/// A configured schedule, ready to be asked.
package struct PlannedSchedule: Sendable, Equatable {
    package var name: String
    package var position: SchedulePosition
    package var timeZone: String
    package var request: RefreshRequest

    package init(name: String, position: SchedulePosition, timeZone: String, request: RefreshRequest) {
        self.name = name
        self.position = position
        self.timeZone = timeZone
        self.request = request
    }
}

/// A schedule as it stands.
package struct ScheduleState: Sendable, Equatable {
    package var schedule: PlannedSchedule
    package var next: Int?
    package var last: Int?
}

/// Waiting on the wall clock.
package protocol WallClockWaiter: Sendable {
    /// Returns at `instant` (seconds since the epoch) by the wall clock, or earlier when that clock was set, when `limit`
    /// has passed, when `wake` was called, or when the task is cancelled.
    func wait(until instant: Int?, atMost limit: Duration) async

    /// Ends the wait under way.
    func wake()
}

/// Starts runs when their schedules say so. One loop; it also feeds the watchdog, so that a daemon whose schedules stand
/// still is restarted.
package actor ScheduleRunner {
    private let engine: RefreshEngine
    private let ledger: any RunLedger
    private let waiter: any WallClockWaiter
    private let logger: Logger
    private let now: @Sendable () -> Int
    private let startedAt: Int
    /// How soon a position that could not be written is tried again: a run that is due waits for it.
    private static let retryInSeconds = 30
    private var schedules: [PlannedSchedule]
    private var marks: [String: Int] = [:]
    private var next: [String: Int] = [:]

    package init(
        engine: RefreshEngine, ledger: any RunLedger, waiter: any WallClockWaiter, schedules: [PlannedSchedule],
        logger: Logger, now: @escaping @Sendable () -> Int
    ) {
        self.engine = engine
        self.ledger = ledger
        self.waiter = waiter
        self.schedules = schedules
        self.logger = logger
        self.now = now
        startedAt = now()
    }

    /// Takes other schedules; those of the same name keep their position.
    package func reload(_ schedules: [PlannedSchedule]) {
        self.schedules = schedules
        next = [:]
        let names = Set(schedules.map(\.name))
        marks = marks.filter { names.contains($0.key) }
        waiter.wake()
    }

    package var states: [ScheduleState] {
        schedules.map { ScheduleState(schedule: $0, next: next[$0.name], last: marks[$0.name]) }
    }

    /// Runs until the task is cancelled. `heartbeat` is called at least every `interval`.
    package func run(heartbeat interval: Duration, _ heartbeat: @Sendable () -> Void) async {
        while !Task.isCancelled {
            heartbeat()
            var earliest: Int?
            for schedule in schedules {
                guard let instant = await settle(schedule) else { continue }
                earliest = min(earliest ?? instant, instant)
            }
            guard !Task.isCancelled else { return }
            await waiter.wait(until: earliest, atMost: interval)
        }
    }

    /// Acts on everything that is due; answers when to ask again, `nil` for never.
    private func settle(_ schedule: PlannedSchedule) async -> Int? {
        do throws(StoreError) {
            if marks[schedule.name] == nil { marks[schedule.name] = try await ledger.schedulePosition(schedule.name) }
            while !Task.isCancelled {
                let decision = schedule.position.decide(
                    mark: marks[schedule.name].map(Instant.init), now: Instant(now()), started: Instant(startedAt))
                switch decision {
                case .wait(let instant):
                    next[schedule.name] = Int(instant)
                    return Int(instant)
                case .finished:
                    next[schedule.name] = nil
                    return nil
                case .move(let mark, let dropped):
                    try await move(schedule, to: Int(mark))
                    tell(schedule, dropped)
                case .run(let scheduled, let missed, let dropped):
                    try await start(schedule, at: Int(scheduled), missed: missed)
                    tell(schedule, dropped)
                }
            }
        } catch {
            guard error != .cancelled else { return nil }
            engine.conditions.failed(
                .ledger, "the position of schedule \(schedule.name) cannot be read or written: \(error)")
            return now() + Self.retryInSeconds
        }
        return nil
    }

    private func move(_ schedule: PlannedSchedule, to mark: Int) async throws(StoreError) {
        try await ledger.setSchedulePosition(schedule.name, to: mark)
        marks[schedule.name] = mark
        engine.conditions.succeeded(.ledger)
    }

    private func tell(_ schedule: PlannedSchedule, _ dropped: DroppedFirings?) {
        guard let dropped else { return }
        logger.warning(
            "schedule \(schedule.name): \(dropped.count) runs missed and not caught up, "
                + "\(ISO8601.format(dropped.first)) to \(ISO8601.format(dropped.last))",
            [.schedule: schedule.name], id: .schedulesMissed)
    }

    /// Starts the run and moves the schedule, both or neither.
    private func start(_ schedule: PlannedSchedule, at instant: Int, missed: Int) async throws(StoreError) {
        do throws(RequestProblem) {
            let (run, joined) = try await engine.submit(schedule.request, schedule: schedule.name, at: instant)
            marks[schedule.name] = instant
            let verb = joined ? "joins run \(run.id)" : "starts run \(run.id)"
            let fields: KeyValuePairs<LogField, String> = [.schedule: schedule.name, .run: run.id]
            if missed > 0 {
                logger.notice(
                    "schedule \(schedule.name) \(verb), for \(missed) missed before it too", fields,
                    id: .schedulesMissed)
            } else {
                // The run's own line, at its end, names the schedule.
                logger.debug("schedule \(schedule.name) \(verb)", fields)
            }
        } catch {
            switch error {
            case .ledgerUnavailable(let problem): throw problem
            // The next process catches up.
            case .stopping: throw .cancelled
            default:
                logger.error("schedule \(schedule.name) cannot start its run: \(error)", [.schedule: schedule.name])
                try await move(schedule, to: instant)
            }
        }
    }
}
