/// One caller's connection: what came, what waits to go out, and the call under way.
///
/// Lives in the `ConnectionTable`, under its lock.
struct Connection {
    let socket: SocketHandle
    let uid: Int
    var input: MessageFramer
    var output = OutputQueue()
    /// The call under way; the next message is looked at only when it is done, so that replies keep the calls' order.
    var call: Task<Void, Never>?
    /// The caller sends no more.
    var inputEnded = false
    /// The caller has closed both directions: nobody reads replies.
    var isGone = false
    /// The caller reads no more, although it may still send.
    var outputEnded = false
    /// Since when the message at the front is incomplete.
    var partialSince: ContinuousClock.Instant?
    /// Since when waiting replies were not read from.
    var unreadSince: ContinuousClock.Instant?
    /// Senders that wait for room in `output`, by a number of their own.
    var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]

    init(socket: SocketHandle, uid: Int, limits: ControlLimits) {
        self.socket = socket
        self.uid = uid
        input = MessageFramer(limitInBytes: limits.messageInBytes)
    }

    /// Between two calls, with nothing read and nothing left to send: another process could go on with it.
    var isBetweenCalls: Bool { call == nil && input.count == 0 && output.isEmpty && !inputEnded && takesReplies }

    /// A reply could still be read by somebody.
    var takesReplies: Bool { !isGone && !outputEnded }

    /// Reads what has come, one buffer at most: nobody may keep the loop busy.
    mutating func receive(into buffer: inout [UInt8]) {
        switch socket.receive(into: &buffer) {
        case .moved(let count): input.append(buffer[..<count])
        case .wouldBlock: break
        case .ended: inputEnded = true
        }
    }

    /// Sends as much as the caller takes, and lets senders go on once there is room again.
    mutating func flush(limits: ControlLimits, now: ContinuousClock.Instant) {
        var moved = false
        sending: while !output.isEmpty {
            switch socket.send(output.next) {
            case .moved(let count):
                output.advance(count)
                moved = true
            case .wouldBlock: break sending
            case .ended:
                outputEnded = true
                output = OutputQueue()
            }
        }
        if output.isEmpty {
            unreadSince = nil
        } else if moved || unreadSince == nil {
            unreadSince = now
        }
        if output.count < limits.outputQueueInBytes { wakeSenders() }
    }

    mutating func wakeSenders() {
        for waiter in waiters.values { waiter.resume() }
        waiters.removeAll()
    }

    /// Cancels and forgets everything that would end in a reply.
    mutating func abandon() {
        call?.cancel()
        output = OutputQueue()
        unreadSince = nil
        wakeSenders()
    }
}
