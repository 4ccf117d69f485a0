#if canImport(Glibc)
    import Glibc
#endif

/// Everything the server knows, and what to do next: the loop asks for its next wait, and tells what came of it.
///
/// Kept under one lock by `ControlServer`. Nothing here waits.
struct ConnectionTable {
    /// A message that was taken in, to be answered by a task.
    struct IncomingCall: Sendable {
        var connection: UInt64
        var uid: Int
        var message: [UInt8]
        /// Nobody will read a reply.
        var isGone: Bool
        /// The server is stopping.
        var isRefused: Bool
    }

    /// What the loop waits for. `interests` belong to the connections `ids`, one each, in that order.
    struct Wait {
        var listeners: [ControlListener]
        var ids: [UInt64]
        var interests: [Poll.Interest]
        var deadline: ContinuousClock.Instant?
    }

    enum Stop {
        /// Calls may go on until then.
        case draining(until: ContinuousClock.Instant)
        /// Calls were cancelled and may wind up until then.
        case cancelling(until: ContinuousClock.Instant)
    }

    let limits: ControlLimits
    private(set) var listeners: [ControlListener] = []
    private(set) var connections: [UInt64: Connection] = [:]
    private(set) var stop: Stop?
    private(set) var isEnded = false
    /// Nobody is accepted any more, and connections between two calls go to `handedOver`.
    private(set) var isHandingOver = false
    /// Connections that another process goes on with, since the loop last took them.
    var handedOver: [SocketHandle] = []
    /// Connections that the server ended since the loop last reported them.
    var drops: [(reason: ControlDrop, uid: Int?)] = []
    private var stopWaiters: [CheckedContinuation<Void, Never>] = []
    /// Calls whose task has not ended, of dropped connections too.
    private var runningCalls = 0
    private var lastID: UInt64 = 0
    private var acceptAfter: ContinuousClock.Instant?

    init(limits: ControlLimits) { self.limits = limits }

    // MARK: The loop's two halves

    /// Does what can be done and answers what to wait for; `nil` when everything has ended.
    mutating func nextWait(now: ContinuousClock.Instant, start: (IncomingCall) -> Task<Void, Never>) -> Wait? {
        advanceStop(now)
        for id in Array(connections.keys) { advance(id, now: now, start: start) }
        if stop != nil, connections.isEmpty, handedOver.isEmpty, runningCalls == 0 || isStopOver(now) {
            end()
            return nil
        }
        return wait(now)
    }

    /// Takes in what one connection's descriptor offers.
    mutating func handle(_ id: UInt64, _ interest: Poll.Interest, _ buffer: inout [UInt8], now: ContinuousClock.Instant)
    {
        let limits = limits
        guard connections[id] != nil else { return }
        if interest.isReadable || interest.isGone { connections[id]?.receive(into: &buffer) }
        if interest.isWritable { connections[id]?.flush(limits: limits, now: now) }
        // A caller may close right after a one-way call: what it sent is read to the end first.
        if interest.isGone, connections[id]?.inputEnded == true, connections[id]?.isGone == false {
            connections[id]?.isGone = true
            connections[id]?.abandon()
        }
    }

    /// Takes every connection that waits on a listener, as far as the bounds allow.
    mutating func accept(from listener: ControlListener, now: ContinuousClock.Instant) {
        for _ in 0..<limits.connections {
            switch listener.socket.acceptConnection() {
            case .connection(let socket): admit(socket)
            case .none: return
            case .exhausted, .broken:
                acceptAfter = now + limits.acceptPause
                return
            }
        }
    }

    // MARK: Called by the tasks of calls

    enum Enqueued {
        /// Sent, or queued: then the loop must wait until more can be sent.
        case done(isQueued: Bool)
        case full
        case gone
    }

    /// Puts a message into the connection's queue, and sends it at once where that is possible.
    mutating func enqueue(_ message: [UInt8], to id: UInt64, now: ContinuousClock.Instant) -> Enqueued {
        guard var connection = connections[id], connection.takesReplies else { return .gone }
        guard connection.output.count < limits.outputQueueInBytes else { return .full }
        connection.output.append(message)
        connection.flush(limits: limits, now: now)
        connections[id] = connection
        return connection.takesReplies ? .done(isQueued: !connection.output.isEmpty) : .gone
    }

    /// Keeps a sender until there is room; answers `false` when there is no reason to wait.
    mutating func park(_ waiter: CheckedContinuation<Void, Never>, number: UInt64, on id: UInt64) -> Bool {
        guard let connection = connections[id], connection.takesReplies,
            connection.output.count >= limits.outputQueueInBytes
        else { return false }
        connections[id]?.waiters[number] = waiter
        return true
    }

    mutating func unpark(number: UInt64, on id: UInt64) {
        connections[id]?.waiters.removeValue(forKey: number)?.resume()
    }

    /// Notes the end of a call.
    mutating func finishCall(_ id: UInt64) {
        runningCalls -= 1
        connections[id]?.call = nil
    }

    /// Ends a connection, unless its caller did so already.
    mutating func drop(_ id: UInt64, _ reason: ControlDrop) {
        guard var connection = connections[id], !connection.isGone else { return }
        connections[id] = nil
        connection.abandon()
        drops.append((reason, connection.uid))
    }

    // MARK: Start and stop

    mutating func add(_ listener: ControlListener) { listeners.append(listener) }

    /// Takes over a connection that an earlier process left.
    mutating func adopt(_ socket: SocketHandle) { admit(socket) }

    /// From now on every connection leaves at the end of its call. What its caller sends meanwhile is not read here.
    mutating func beginHandover() { isHandingOver = true }

    /// Begins to stop; `waiter` is resumed at the end. Answers `false` when it is over already.
    mutating func beginStop(until deadline: ContinuousClock.Instant, waiter: CheckedContinuation<Void, Never>) -> Bool {
        guard !isEnded else { return false }
        stopWaiters.append(waiter)
        if stop == nil { stop = .draining(until: deadline) }
        return true
    }

    // MARK: Steps

    private mutating func advance(
        _ id: UInt64, now: ContinuousClock.Instant, start: (IncomingCall) -> Task<Void, Never>
    ) {
        guard var connection = connections[id] else { return }
        if connection.call == nil {
            switch connection.input.next() {
            case .message(let message):
                connection.partialSince = nil
                runningCalls += 1
                connection.call = start(
                    IncomingCall(
                        connection: id, uid: connection.uid, message: message, isGone: connection.isGone,
                        isRefused: stop != nil && !isHandingOver))
            case .tooLong:
                drop(id, .messageTooLong)
                return
            case .incomplete:
                if isHandingOver, connection.isBetweenCalls {
                    handedOver.append(connection.socket)
                    connections[id] = nil
                    return
                }
                let isOver = connection.inputEnded || stop != nil
                if isOver, connection.output.isEmpty || connection.isGone {
                    connections[id] = nil
                    return
                }
                connection.partialSince = connection.input.count > 0 ? connection.partialSince ?? now : nil
            }
        }
        connections[id] = connection
        if let since = connection.partialSince, now >= since + limits.partialMessage {
            drop(id, .messageUnfinished)
        } else if let since = connection.unreadSince, now >= since + limits.unreadReplies {
            drop(id, .repliesUnread)
        }
    }

    private func wait(_ now: ContinuousClock.Instant) -> Wait {
        let isOpen = stop == nil && !isHandingOver
        let accepts = isOpen && acceptAfter.map { now >= $0 } ?? true
        var wait = Wait(listeners: accepts ? listeners : [], ids: [], interests: [], deadline: nil)
        var deadlines: [ContinuousClock.Instant?] = [isOpen && !accepts ? acceptAfter : nil]
        for (id, connection) in connections {
            deadlines.append(connection.partialSince.map { $0 + limits.partialMessage })
            deadlines.append(connection.unreadSince.map { $0 + limits.unreadReplies })
            // A closed socket is always ready: it would keep the loop awake until its call ends.
            guard !connection.isGone else { continue }
            // While handing over, only a message that was begun is read on.
            let isWanted = !isHandingOver || connection.input.count > 0
            let hasRoom = isWanted && connection.input.count <= limits.messageInBytes
            wait.ids.append(id)
            wait.interests.append(
                Poll.Interest(
                    connection.socket.descriptor, reads: hasRoom && !connection.inputEnded,
                    writes: !connection.output.isEmpty))
        }
        switch stop {
        case .draining(let until), .cancelling(let until): deadlines.append(until)
        case nil: break
        }
        wait.deadline = deadlines.compactMap(\.self).min()
        return wait
    }

    private mutating func admit(_ socket: SocketHandle) {
        do throws(SystemError) {
            let uid = try socket.peerUID()
            let ofUser = connections.values.count { $0.uid == uid }
            guard connections.count < limits.connections, ofUser < limits.connectionsPerUser else {
                drops.append((.tooManyConnections, uid))
                return
            }
            lastID += 1
            connections[lastID] = Connection(socket: socket, uid: uid, limits: limits)
        } catch {
            drops.append((.peerUnknown, nil))
        }
    }

    private mutating func advanceStop(_ now: ContinuousClock.Instant) {
        guard let stop else { return }
        for listener in listeners { listener.release() }
        listeners = []
        switch stop {
        case .draining(let until) where now >= until:
            self.stop = .cancelling(until: now + limits.cancellation)
            for connection in connections.values { connection.call?.cancel() }
        case .cancelling(let until) where now >= until:
            for id in Array(connections.keys) { drop(id, .stopped) }
            connections = [:]
        default: break
        }
    }

    private func isStopOver(_ now: ContinuousClock.Instant) -> Bool {
        if case .cancelling(let until) = stop { now >= until } else { false }
    }

    private mutating func end() {
        isEnded = true
        for waiter in stopWaiters { waiter.resume() }
        stopWaiters = []
    }
}
