import Inventory
import Schedule
import Store
import Synchronization
import Telemetry
import Testing

@testable import Refresh

/// The loop that starts runs, on a clock of the test's. The clock starts at 2027-01-15T08:00:00Z.
@Suite struct ScheduleRunnerTests {
    private static let hour = 3600
    private static let start = 1_800_000_000

    private static func schedule(_ expression: String = "cron(0 * * * ? *)") throws -> PlannedSchedule {
        PlannedSchedule(
            name: "hourly",
            position: SchedulePosition(expression: try ScheduleExpression(expression), zone: .utc), timeZone: "UTC",
            request: RefreshRequest())
    }

    private struct Bench {
        let world: World
        let runner: ScheduleRunner
        let waiter: ManualWaiter
        let ledger: RecordingLedger

        /// Lets the loop go on and answers what it waits for next.
        func step(advancing seconds: Int = 0) async -> Int? {
            world.clock.advance(seconds)
            return await waiter.step()
        }

        var runs: [String] {
            ledger.events.compactMap { if case .began(let id) = $0 { id } else { nil } }
        }
    }

    private static func with(_ body: (Bench) async throws -> Void) async throws {
        let box = Box<RecordingLedger>()
        var options = World.Options()
        options.wrapLedger = { box.fill(RecordingLedger($0)) }
        try await World.with(options) { world in
            world.aws.answer(Dialect.ec2.estate([[("a", 1)]]))
            let ledger = try #require(box.value)
            let waiter = ManualWaiter()
            let runner = ScheduleRunner(
                engine: world.engine, ledger: ledger, waiter: waiter, schedules: [try schedule()],
                logger: Logger(sink: world.log), now: { world.clock.now })
            let loop = Task { await runner.run(heartbeat: .seconds(10)) {} }
            let bench = Bench(world: world, runner: runner, waiter: waiter, ledger: ledger)
            do {
                try await body(bench)
            } catch {
                loop.cancel()
                waiter.wake()
                throw error
            }
            loop.cancel()
            waiter.wake()
            await loop.value
            for run in await world.engine.running { _ = await run.finished() }
        }
    }

    /// Waits until every run that was started has ended.
    private static func settle(_ bench: Bench) async {
        for run in await bench.world.engine.running { _ = await run.finished() }
    }

    @Test("a schedule fires once at its instant, and its mark is stored together with the run")
    func fires() async throws {
        try await Self.with { bench in
            #expect(await bench.waiter.current() == Self.start + Self.hour)
            #expect(await bench.step(advancing: Self.hour - 1) == Self.start + Self.hour)
            #expect(await bench.step(advancing: 1) == Self.start + 2 * Self.hour)
            #expect(await bench.step() == Self.start + 2 * Self.hour)
            await Self.settle(bench)
            #expect(
                bench.ledger.events == [
                    .position("hourly", Self.start), .began("hourly-20270115T090000Z"),
                    .position("hourly", Self.start + Self.hour),
                ])
            let state = await bench.runner.states.first
            #expect(state?.last == Self.start + Self.hour)
            #expect(state?.next == Self.start + 2 * Self.hour)
            let run = try await bench.ledger.run("hourly-20270115T090000Z")
            #expect(run?.state == .succeeded)
        }
    }

    @Test("runs that were missed while asleep are one run")
    func coalesces() async throws {
        try await Self.with { bench in
            _ = await bench.waiter.current()
            #expect(await bench.step(advancing: 5 * Self.hour + 30) == Self.start + 6 * Self.hour)
            await Self.settle(bench)
            #expect(bench.runs == ["hourly-20270115T130000Z"])
        }
    }

    @Test("a clock that is set back never repeats a run")
    func backward() async throws {
        try await Self.with { bench in
            _ = await bench.waiter.current()
            _ = await bench.step(advancing: Self.hour)
            await Self.settle(bench)
            #expect(await bench.step(advancing: -2 * Self.hour) == Self.start + 2 * Self.hour)
            #expect(await bench.step(advancing: 2 * Self.hour + 10) == Self.start + 2 * Self.hour)
            await Self.settle(bench)
            #expect(bench.runs == ["hourly-20270115T090000Z"])
            #expect(await bench.step(advancing: Self.hour) == Self.start + 3 * Self.hour)
            await Self.settle(bench)
            #expect(bench.runs.count == 2)
        }
    }

    @Test("other schedules of the same name go on where the old ones stood")
    func reload() async throws {
        try await Self.with { bench in
            _ = await bench.waiter.current()
            _ = await bench.step(advancing: Self.hour)
            await Self.settle(bench)
            await bench.runner.reload([try Self.schedule("cron(30 * * * ? *)")])
            #expect(await bench.waiter.next() == Self.start + Self.hour + 1800)
            #expect(await bench.runner.states.first?.last == Self.start + Self.hour)
            #expect(await bench.step(advancing: 1800) == Self.start + 2 * Self.hour + 1800)
            await Self.settle(bench)
            #expect(bench.runs == ["hourly-20270115T090000Z", "hourly-20270115T093000Z"])
        }
    }

    @Test("a mark that cannot be stored starts no run; the next try does")
    func storeFails() async throws {
        try await Self.with { bench in
            _ = await bench.waiter.current()
            bench.ledger.refuse(1)
            #expect(await bench.step(advancing: Self.hour) == Self.start + Self.hour + 30)
            #expect(bench.runs.isEmpty)
            #expect(bench.world.log.all.contains { $0.id == .conditionBegan })
            #expect(await bench.step(advancing: 30) == Self.start + 2 * Self.hour)
            await Self.settle(bench)
            #expect(bench.runs == ["hourly-20270115T090000Z"])
        }
    }
}

/// A wait that ends when the test says so, and tells the test what is waited for.
private final class ManualWaiter: WallClockWaiter {
    private struct State {
        var waits = 0
        var instant: Int?
        var sleeper: CheckedContinuation<Void, Never>?
        var isWoken = false
        var watcher: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func wait(until instant: Int?, atMost limit: Duration) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                typealias Pair = (CheckedContinuation<Void, Never>?, CheckedContinuation<Void, Never>?)
                let (sleeper, watcher) = state.withLock { state -> Pair in
                    state.instant = instant
                    state.waits += 1
                    let watcher = state.watcher
                    state.watcher = nil
                    guard !state.isWoken else {
                        state.isWoken = false
                        return (continuation, watcher)
                    }
                    state.sleeper = continuation
                    return (nil, watcher)
                }
                watcher?.resume()
                sleeper?.resume()
            }
        } onCancel: {
            wake()
        }
    }

    func wake() {
        let sleeper = state.withLock { state in
            let sleeper = state.sleeper
            state.sleeper = nil
            if sleeper == nil { state.isWoken = true }
            return sleeper
        }
        sleeper?.resume()
    }

    /// What is waited for, once something is.
    func current() async -> Int? { await reached(1) }

    /// Ends the wait; answers what the next one is for.
    func step() async -> Int? {
        let waits = state.withLock { $0.waits }
        wake()
        return await reached(waits + 1)
    }

    /// What the wait after the one that `wake` ended is for, whoever called it.
    func next() async -> Int? {
        let waits = state.withLock { $0.sleeper == nil ? $0.waits + 1 : $0.waits }
        return await reached(waits)
    }

    private func reached(_ waits: Int) async -> Int? {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.waits < waits else { return true }
                state.watcher = continuation
                return false
            }
            if isThere { continuation.resume() }
        }
        return state.withLock { $0.instant }
    }
}
