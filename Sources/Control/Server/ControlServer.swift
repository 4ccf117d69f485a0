import Synchronization

/// Serves the control interface on local sockets.
///
/// One thread waits for all sockets; each call runs in a task of its own, so that neither a slow method nor a large
/// message holds up anybody else. Calls of one connection are answered in their order.
package final class ControlServer: Sendable {
    private let limits: ControlLimits
    private let dispatcher: CallDispatcher
    private let report: @Sendable (ControlDrop, Int?) -> Void
    private let observe: @Sendable (String, Int) -> Void
    private let handover = Mutex<(@Sendable (Int32) -> Void)?>(nil)
    private let table: Mutex<ConnectionTable>
    private let wake: WakeSignal
    private let waiterNumbers = Atomic<UInt64>(0)
    private let isStarted = Atomic<Bool>(false)

    /// `report` is told of each connection that the server ended by itself, with its user; on the loop's thread.
    /// `observe` is told of each call before it is answered: its method, in the caller's words, and its user.
    package init(
        interface: any CollectorInterface, product: ProductInfo, limits: ControlLimits = ControlLimits(),
        report: @escaping @Sendable (_ reason: ControlDrop, _ uid: Int?) -> Void = { _, _ in },
        observe: @escaping @Sendable (_ method: String, _ uid: Int) -> Void = { _, _ in }
    ) throws(ControlServerError) {
        do throws(SystemError) {
            wake = try WakeSignal()
        } catch {
            throw .system(error, path: "")
        }
        self.limits = limits
        self.report = report
        self.observe = observe
        dispatcher = CallDispatcher(interface: interface, product: product)
        table = Mutex(ConnectionTable(limits: limits))
    }

    /// Starts to serve these sockets, and `connections` that an earlier process left: descriptors that are taken over.
    /// May be called once.
    package func start(
        _ listeners: [ControlListener], connections: [Int32] = []
    ) throws(ControlServerError) {
        guard !isStarted.exchange(true, ordering: .acquiringAndReleasing) else { throw .alreadyStarted }
        table.withLock { table in
            for listener in listeners { table.add(listener) }
            for descriptor in connections {
                let socket = SocketHandle(adopting: descriptor)
                do throws(SystemError) {
                    try socket.prepareInherited()
                    table.adopt(socket)
                } catch {
                    table.drops.append((.peerUnknown, nil))
                }
            }
        }
        do throws(SystemError) {
            try LoopThread.start { self.run() }
        } catch {
            throw .system(error, path: "")
        }
    }

    /// Hands the callers over to the process that comes after this one: accepts nobody more, and gives each connection
    /// to `take` as soon as it is between two calls; what it has sent by then and was not read waits in the socket.
    /// `take` runs on the loop's thread and must have made the descriptor safe when it returns: it is closed here then.
    /// `stop` ends those whose calls go on.
    package func handOver(to take: @escaping @Sendable (Int32) -> Void) {
        handover.withLock { $0 = take }
        table.withLock { $0.beginHandover() }
        wake.raise()
    }

    /// Stops: accepts nobody, refuses new calls with `ShuttingDown`, lets those under way go on for `grace`, then
    /// cancels them, and closes what is left `ControlLimits.cancellation` later. May be called more than once.
    package func stop(grace: Duration) async {
        guard isStarted.load(ordering: .acquiring) else { return }
        await withCheckedContinuation { waiter in
            let waits = table.withLock { $0.beginStop(until: .now + grace, waiter: waiter) }
            if waits { wake.raise() } else { waiter.resume() }
        }
    }

    // MARK: The loop

    private func run() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let (wait, drops, leaving) = table.withLock { table in
                let wait = table.nextWait(now: .now, start: startCall)
                defer { (table.drops, table.handedOver) = ([], []) }
                return (wait, table.drops, table.handedOver)
            }
            for drop in drops { report(drop.reason, drop.uid) }
            if let take = handover.withLock({ $0 }) {
                for connection in leaving { take(connection.descriptor) }
            }
            guard leaving.isEmpty else { continue }
            guard let wait else { return }
            waitAndHandle(wait, &buffer)
        }
    }

    private func waitAndHandle(_ wait: ConnectionTable.Wait, _ buffer: inout [UInt8]) {
        var interests = [Poll.Interest(wake.descriptor)]
        interests += wait.listeners.map { Poll.Interest($0.socket.descriptor) }
        interests += wait.interests
        guard Poll.wait(&interests, timeout: wait.deadline.map { $0 - .now }) == .ready else { return }
        if interests[0].isReadable { wake.clear() }
        let firstConnection = 1 + wait.listeners.count
        for (index, listener) in wait.listeners.enumerated() where interests[1 + index].isReadable {
            table.withLock { $0.accept(from: listener, now: .now) }
        }
        for (index, id) in wait.ids.enumerated() {
            let interest = interests[firstConnection + index]
            guard interest.isReadable || interest.isWritable || interest.isGone else { continue }
            table.withLock { $0.handle(id, interest, &buffer, now: .now) }
        }
    }

    // MARK: Calls

    /// Unstructured, because its life is the connection's: the table cancels it when the caller goes away.
    private func startCall(_ incoming: ConnectionTable.IncomingCall) -> Task<Void, Never> {
        Task {
            await answer(incoming)
            table.withLock { $0.finishCall(incoming.connection) }
            wake.raise()
        }
    }

    private func answer(_ incoming: ConnectionTable.IncomingCall) async {
        let id = incoming.connection
        let call: VarlinkCall
        do throws(VarlinkCall.Fault) {
            call = try VarlinkCall(message: incoming.message)
        } catch {
            switch error {
            case .malformed: table.withLock { $0.drop(id, .malformedMessage) }
            case .invalid(let member): await deliver(.failure(.invalidParameter(member)), to: id)
            }
            return
        }
        observe(call.method, incoming.uid)
        if call.oneway {
            guard !incoming.isRefused else { return }
            // A task of its own: the end of the connection, which is usual right after a one-way call, must not
            // cancel it.
            await Task { _ = await dispatcher.reply(to: call, uid: incoming.uid) { _ in } }.value
        } else if incoming.isRefused {
            if let error = CollectorError.shuttingDown.wire { await deliver(.failure(error), to: id) }
        } else if !incoming.isGone {
            let reply = await dispatcher.reply(to: call, uid: incoming.uid, send: sender(to: id))
            if let reply { await deliver(reply, to: id) } else { table.withLock { $0.drop(id, .stopped) } }
        }
    }

    private func sender(to id: UInt64) -> CallDispatcher.Send {
        { reply throws(CollectorError) in
            let message = reply.message
            guard message.count <= self.limits.replyInBytes else { throw .replyTooLarge(self.limits.replyInBytes) }
            guard await self.send(message, to: id) else { throw .disconnected }
        }
    }

    private func deliver(_ reply: VarlinkReply, to id: UInt64) async {
        var message = reply.message
        if message.count > limits.replyInBytes, let error = CollectorError.replyTooLarge(limits.replyInBytes).wire {
            message = VarlinkReply.failure(error).message
        }
        // A caller who is gone misses the reply; nothing else follows from it.
        _ = await send(message, to: id)
    }

    /// Waits for room and queues a message; `false` when the caller is gone, or the task was cancelled while waiting.
    private func send(_ message: [UInt8], to id: UInt64) async -> Bool {
        while true {
            switch table.withLock({ $0.enqueue(message, to: id, now: .now) }) {
            case .done(let isQueued):
                if isQueued { wake.raise() }
                return true
            case .gone: return false
            case .full:
                guard !Task.isCancelled else { return false }
                await room(on: id)
            }
        }
    }

    private func room(on id: UInt64) async {
        let number = waiterNumbers.add(1, ordering: .relaxed).newValue
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isParked = table.withLock { table in
                    !Task.isCancelled && table.park(waiter, number: number, on: id)
                }
                if !isParked { waiter.resume() }
            }
        } onCancel: {
            table.withLock { $0.unpark(number: number, on: id) }
        }
    }
}
