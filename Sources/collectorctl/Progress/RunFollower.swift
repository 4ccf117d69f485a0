import Control

/// Follows a run to its end, and comes back to it by itself when the connection is lost.
struct RunFollower {
    enum Start {
        case refresh(RefreshParameters)
        case describe(String)
    }

    enum End {
        case finished(RunSummary)
        /// Ctrl-C: the run goes on.
        case detached(run: String)
        /// The time given is over: the run goes on.
        case timedOut(run: String)
    }

    let session: Session
    let interrupt: InterruptSignal
    /// How long to wait at most; `nil` for as long as it takes.
    let timeout: Duration?
    /// How often `onTick` is called while nothing comes.
    let tick: Duration

    /// How long a lost daemon is looked for, from the last thing it said: longer than a restart with a large store takes.
    private static let reattachLimit = Duration.seconds(90)
    /// Between two looks.
    private static let reattachPause = Duration.milliseconds(500)
    /// How long the daemon may take to say which run it is.
    private static let firstReply = Duration.seconds(60)

    /// Calls `onEvent` for each event and `onTick` now and then, both between two waits.
    func follow(
        _ start: Start, onEvent: (RunEvent) -> Void, onTick: () -> Void
    ) throws(CommandFailure) -> End {
        let begin = ContinuousClock.now
        var stream = try open(start)
        var run: String?
        var isLeaving = false
        /// When the daemon last said something; `nil` before it did.
        var heardAt: ContinuousClock.Instant?
        var last: RunEvent?
        if case .describe(let id) = start { run = id }
        while true {
            if let timeout, let run, ContinuousClock.now - begin >= timeout { return .timedOut(run: run) }
            do throws(ControlClientError) {
                guard let event = try stream.next(timeout: run == nil ? tick : wait(since: begin)) else {
                    throw .disconnected
                }
                run = event.run
                heardAt = .now
                onEvent(event)
                if event.state.isFinal { last = event }
            } catch {
                switch error {
                case .timedOut:
                    onTick()
                    if heardAt == nil, ContinuousClock.now - begin >= Self.firstReply { throw ControlFailure.of(error) }
                case .interrupted:
                    guard interrupt.isRaised else { continue }
                    if let run { return .detached(run: run) }
                    // The reply with the run's id may have come at the same time; it is read without a wait.
                    guard !isLeaving else { throw CommandFailure(.interrupted, "interrupted") }
                    isLeaving = true
                case .disconnected, .refused(.shuttingDown):
                    guard let known = run else { throw lost(error) }
                    guard let found = try reattach(to: known, begin, lostAt: heardAt ?? begin) else {
                        return interrupt.isRaised ? .detached(run: known) : .timedOut(run: known)
                    }
                    stream = found
                default: throw session.explained(error)
                }
            }
            if let last { return .finished(try summary(of: last)) }
        }
    }

    private func wait(since begin: ContinuousClock.Instant) -> Duration {
        guard let timeout else { return tick }
        return max(.zero, min(tick, timeout - (ContinuousClock.now - begin)))
    }

    private func open(_ start: Start) throws(CommandFailure) -> RunStream {
        let client = try session.connect()
        client.interruptDescriptor = interrupt.descriptor
        do throws(ControlClientError) {
            switch start {
            case .refresh(let parameters): return .refresh(try client.stream(parameters))
            case .describe(let run): return .describe(try client.stream(DescribeRunParameters(run: run)))
            }
        } catch {
            throw session.explained(error)
        }
    }

    /// A new stream of the run; `nil` when Ctrl-C or the end of the time given came first.
    private func reattach(
        to run: String, _ begin: ContinuousClock.Instant, lostAt: ContinuousClock.Instant
    ) throws(CommandFailure) -> RunStream? {
        session.note("the connection was lost; looking for run \(run) again")
        while true {
            if interrupt.wait(for: Self.reattachPause) { return nil }
            if let timeout, ContinuousClock.now - begin >= timeout { return nil }
            do throws(CommandFailure) {
                return try open(.describe(run))
            } catch {
                guard error.code == .unreachable, ContinuousClock.now - lostAt < Self.reattachLimit else {
                    throw CommandFailure(error.code, error.message, hints: error.hints + [Self.attachHint(run)])
                }
            }
        }
    }

    private func summary(of event: RunEvent) throws(CommandFailure) -> RunSummary {
        if let summary = event.summary { return summary }
        guard let summary = try session.call(DescribeRunParameters(run: event.run)).summary else {
            throw ControlFailure.of(.protocolViolation("DescribeRun: a run that has ended has no summary"))
        }
        return summary
    }

    private func lost(_ error: ControlClientError) -> CommandFailure {
        var failure = ControlFailure.of(error)
        failure.hints.append("whether a run was started is not known: collectorctl runs")
        return failure
    }

    static func attachHint(_ run: String) -> String { "to follow it again: collectorctl show --wait \(run)" }
}
