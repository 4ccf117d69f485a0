import Control

/// Follows the change log, and comes back to it by itself when the connection is lost.
struct ChangeFollower {
    let session: Session
    let interrupt: InterruptSignal

    /// How long a lost daemon is looked for: longer than a restart with a large store takes.
    private static let reattachLimit = Duration.seconds(90)
    /// Between two looks.
    private static let reattachPause = Duration.milliseconds(500)

    /// Hands over changes as they come until `take` answers `false`. Ctrl-C is thrown as `interrupted`.
    func follow(
        _ start: MonitorParameters, _ take: ([Change]) throws(CommandFailure) -> Bool
    ) throws(CommandFailure) {
        var parameters = start
        var replies = try open(parameters)
        var isKnown = false
        while true {
            let reply: MonitorReply?
            do throws(ControlClientError) {
                reply = try replies.next()
                guard reply != nil else { throw .disconnected }
            } catch {
                switch error {
                case .interrupted:
                    if interrupt.isRaised { throw interrupted(parameters) }
                    continue
                case .disconnected, .refused(.shuttingDown):
                    guard isKnown else { throw session.explained(error) }
                    replies = try reattach(parameters)
                    continue
                default: throw session.explained(error)
                }
            }
            guard let reply else { continue }
            isKnown = true
            parameters.since = reply.sequence
            guard try take(reply.changes) else { return }
        }
    }

    private func open(_ parameters: MonitorParameters) throws(CommandFailure) -> ControlReplies<MonitorParameters> {
        let client = try session.connect()
        client.interruptDescriptor = interrupt.descriptor
        do throws(ControlClientError) {
            return try client.stream(parameters)
        } catch {
            throw session.explained(error)
        }
    }

    private func reattach(
        _ parameters: MonitorParameters
    ) throws(CommandFailure) -> ControlReplies<MonitorParameters> {
        session.note("the connection was lost; looking for the daemon again")
        let lostAt = ContinuousClock.now
        while true {
            if interrupt.wait(for: Self.reattachPause) { throw interrupted(parameters) }
            do throws(CommandFailure) {
                return try open(parameters)
            } catch {
                guard error.code == .unreachable, ContinuousClock.now - lostAt < Self.reattachLimit else {
                    throw CommandFailure(error.code, error.message, hints: error.hints + hints(parameters))
                }
            }
        }
    }

    private func interrupted(_ parameters: MonitorParameters) -> CommandFailure {
        CommandFailure(.interrupted, "interrupted", hints: hints(parameters))
    }

    private func hints(_ parameters: MonitorParameters) -> [String] {
        parameters.since.map { ["to go on without a gap: collectorctl monitor --since \($0)"] } ?? []
    }
}
