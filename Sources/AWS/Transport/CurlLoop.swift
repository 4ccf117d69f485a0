import CCurl

#if canImport(Glibc)
    import Glibc
#endif

/// The transport's thread: takes commands, lets curl work, hands over what came, sleeps.
///
/// Every member belongs to that thread.
final class CurlLoop {
    /// How often silent and overdue exchanges are looked for, at most; timeouts are kept to this precision.
    private static let scanPause = Duration.milliseconds(50)
    /// Longest sleep; a bound for waits, nothing depends on it.
    private static let longestSleep = Duration.seconds(3600)
    /// Easy handles kept for later requests; each is about 10 KiB with its buffers.
    private static let idleLimit = 64

    private let multi: CurlMulti
    private let queue: TransportQueue
    private let options: TransportOptions
    private let meter: TransportMeter
    private var running: [CurlTransfer] = []
    private var idle: [CurlTransfer] = []
    private var touched: [CurlTransfer] = []
    private var waiting: [Exchange] = []
    private var firstWaiting = 0
    private var commands: [TransportCommand] = []
    private var nextScan: ContinuousClock.Instant
    /// The time of this turn.
    private(set) var now: ContinuousClock.Instant

    init(multi: CurlMulti, queue: TransportQueue, options: TransportOptions, meter: TransportMeter) {
        self.multi = multi
        self.queue = queue
        self.options = options
        self.meter = meter
        now = .now
        nextScan = now + Self.longestSleep
    }

    /// Works until `close` is asked for.
    func run() {
        var isOpen = true
        while isOpen {
            now = .now
            isOpen = obey()
            multi.act(now: now)
            collect()
            if now >= nextScan { scan() }
            if startWaiting() { continue }
            guard isOpen, queue.fallAsleep() else { continue }
            let rest = min(max(nextScan - now, .zero), Self.longestSleep)
            multi.wait(milliseconds: Int32(rest.milliseconds) + 1, now: now)
            queue.wakeIsOver()
        }
        failAll()
    }

    /// Notes that a transfer has something to deliver at the end of the turn.
    func touch(_ transfer: CurlTransfer) {
        guard !transfer.isTouched else { return }
        transfer.isTouched = true
        touched.append(transfer)
    }

    // MARK: a turn

    private func obey() -> Bool {
        var isOpen = true
        queue.drain(into: &commands)
        for command in commands {
            switch command {
            case .start(let exchange):
                waiting.append(exchange)
                watch(until: exchange.started + exchange.request.timeouts.total)
            case .unpause(let exchange): transfer(of: exchange)?.unpause()
            case .abort(let exchange):
                if let transfer = transfer(of: exchange) { release(transfer) }
            case .close: isOpen = false
            }
        }
        commands.removeAll(keepingCapacity: true)
        _ = startWaiting()
        return isOpen
    }

    private func collect() {
        while let (easy, result) = multi.nextEnded() {
            guard let context = collector_easy_private(easy) else { continue }
            // The pointer is to a member of `running`: set in its `configure`, and only those are in the multi handle.
            let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
            end(transfer, result)
        }
        var index = 0
        while index < touched.count {  // grows when a sender that may go on brings more at once
            let transfer = touched[index]
            index += 1
            guard transfer.isTouched else { continue }
            transfer.isTouched = false
            transfer.deliver(isComplete: false)
        }
        touched.removeAll(keepingCapacity: true)
    }

    private func end(_ transfer: CurlTransfer, _ result: CURLcode) {
        transfer.isTouched = false
        transfer.isPaused = false
        if result == CURLE_OK, transfer.hasHead {
            transfer.deliver(isComplete: true)
        } else {
            transfer.deliver(isComplete: false)
            transfer.exchange?.fail(transfer.failure(result))
        }
        release(transfer)
    }

    /// Starts what waits, as far as connections allow; true when anything was started.
    private func startWaiting() -> Bool {
        var hasStarted = false
        while firstWaiting < waiting.count, running.count < options.connections {
            let exchange = waiting[firstWaiting]
            firstWaiting += 1
            if exchange.hasEnded { continue }
            start(exchange)
            hasStarted = true
        }
        if firstWaiting == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            firstWaiting = 0
        } else if firstWaiting > 1024 {
            waiting.removeFirst(firstWaiting)
            firstWaiting = 0
        }
        return hasStarted
    }

    private func start(_ exchange: Exchange) {
        guard let transfer = idle.popLast() ?? CurlTransfer(loop: self, options: options) else {
            exchange.fail(.unreachable(host: exchange.host, reason: "out of memory"))
            return
        }
        if let failure = transfer.prepare(exchange, now: now) {
            exchange.fail(failure)
            _ = transfer.finish()
            idle.append(transfer)
            return
        }
        guard multi.add(transfer.easy) else {
            exchange.fail(.unreachable(host: exchange.host, reason: "curl takes no more transfers"))
            _ = transfer.finish()
            return
        }
        transfer.slot = running.count
        running.append(transfer)
        exchange.transfer.value = transfer
        watch(until: now + exchange.request.timeouts.idle)
    }

    /// Takes a transfer out of curl, which closes its connection when it is not over, and keeps its handle.
    private func release(_ transfer: CurlTransfer) {
        transfer.exchange?.transfer.value = nil
        multi.remove(transfer.easy)
        transfer.isTouched = false
        meter.add(transfer.finish())
        let last = running.removeLast()
        if last !== transfer {
            running[transfer.slot] = last
            last.slot = transfer.slot
        }
        if idle.count < Self.idleLimit { idle.append(transfer) }
    }

    private func transfer(of exchange: Exchange) -> CurlTransfer? { exchange.transfer.value }

    // MARK: time

    private func watch(until instant: ContinuousClock.Instant) { nextScan = min(nextScan, instant) }

    /// Ends what is silent or overdue, and works out when to look again.
    private func scan() {
        nextScan = now + Self.longestSleep
        for transfer in running.reversed() {
            guard let exchange = transfer.exchange else { continue }
            let timeouts = exchange.request.timeouts
            if transfer.isPaused { transfer.lastActivity = now }
            if now >= transfer.lastActivity + timeouts.idle { notice(uploadOf: transfer) }
            let silence = transfer.lastActivity + timeouts.idle
            let end = exchange.started + timeouts.total
            guard now >= min(silence, end) else {
                watch(until: min(silence, end))
                continue
            }
            let phase = now >= end ? "total" : (transfer.hasHead ? "body" : "reply")
            exchange.fail(.timedOut(host: exchange.host, phase: phase))
            release(transfer)
        }
        for exchange in waiting[firstWaiting...] {
            let end = exchange.started + exchange.request.timeouts.total
            if now >= end {
                exchange.fail(.timedOut(host: exchange.host, phase: "queue"))
            } else {
                watch(until: end)
            }
        }
        nextScan = max(nextScan, now + Self.scanPause)
    }

    /// A request body that is still going out is no silence.
    private func notice(uploadOf transfer: CurlTransfer) {
        let sent = transfer.sentBytes
        if sent > transfer.sentBefore { transfer.lastActivity = now }
        transfer.sentBefore = sent
    }

    // MARK: the end

    private func failAll() {
        for transfer in running {
            transfer.exchange?.fail(.closed)
            transfer.exchange?.transfer.value = nil
            multi.remove(transfer.easy)
            meter.add(transfer.finish())
        }
        for exchange in waiting[firstWaiting...] { exchange.fail(.closed) }
        running = []
        idle = []
        waiting = []
        queue.drain(into: &commands)
        for case .start(let exchange) in commands { exchange.fail(.closed) }
        commands = []
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, within what a C int holds.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        let bounded = min(max(seconds, 0), 2_000_000)
        return Int(bounded) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
