import JSON

#if canImport(Glibc)
    import Glibc
#endif

/// A connection to the daemon, used by one thread: calls wait for their replies.
///
/// One call at a time. After any error but `refused`, `timedOut` and `interrupted` the connection is of no more use.
package final class ControlClient {
    /// When it can be read from, a wait for replies ends with `interrupted`: a program's signals or terminal.
    package var interruptDescriptor: Int32?

    let socket: SocketHandle
    private var framer = MessageFramer(limitInBytes: ControlClient.replyLimits.sizeInBytes)
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// Replies may be larger than calls, because a page of resources is one; the same bound as systemd's clients have.
    static let replyLimits = JSONLimits(sizeInBytes: 16 << 20, depth: 256)

    private init(socket: SocketHandle) { self.socket = socket }

    /// Connects within `timeout`, which matters only while the daemon's queue of new connections is full.
    package static func connect(
        path: String, timeout: Duration = .seconds(5)
    ) throws(ControlClientError) -> ControlClient {
        guard let address = LocalAddress(path: path) else { throw .unreachable(.notASocket, path: path) }
        let deadline = ContinuousClock.now + timeout
        while true {
            do throws(SystemError) {
                let socket = try SocketHandle.unixStream()
                try address.connect(socket)
                return ControlClient(socket: socket)
            } catch {
                guard error.code == EAGAIN || error.code == EINTR, ContinuousClock.now < deadline else {
                    throw .unreachable(reason(error), path: path)
                }
                // A full queue cannot be waited for on a local socket, only tried again.
                var none: [Poll.Interest] = []
                _ = Poll.wait(&none, timeout: .milliseconds(10))
            }
        }
    }

    /// Uses a stream socket that is connected already, through which something else reaches the daemon; takes it over.
    package static func adopt(_ descriptor: Int32) throws(ControlClientError) -> ControlClient {
        let socket = SocketHandle(adopting: descriptor)
        do throws(SystemError) {
            try socket.prepareInherited()
        } catch {
            throw .unreachable(reason(error), path: "descriptor \(descriptor)")
        }
        return ControlClient(socket: socket)
    }

    /// Calls a method and waits for its one reply.
    package func call<Parameters: CallParameters>(
        _ parameters: Parameters, timeout: Duration = .seconds(30)
    ) throws(ControlClientError) -> Parameters.Reply {
        let deadline = ContinuousClock.now + timeout
        try send(VarlinkCall(method: Parameters.method.fullName, parameters: parameters.wire), before: deadline)
        let (reply, continues) = try nextReply(before: deadline)
        guard !continues else { throw .protocolViolation("\(Parameters.method.rawValue): more than one reply") }
        return try Self.decode(reply, of: Parameters.method)
    }

    /// Calls a method and hands out its replies one by one.
    package func stream<Parameters: CallParameters>(
        _ parameters: Parameters, timeout: Duration = .seconds(30)
    ) throws(ControlClientError) -> ControlReplies<Parameters> {
        let call = VarlinkCall(method: Parameters.method.fullName, parameters: parameters.wire, more: true)
        try send(call, before: .now + timeout)
        return ControlReplies(client: self)
    }

    /// The next reply to the call under way, and whether another one follows.
    func nextReply(
        before deadline: ContinuousClock.Instant?
    ) throws(ControlClientError) -> (parameters: JSONValue, continues: Bool) {
        let message = try nextMessage(before: deadline)
        let reply: VarlinkReply
        do throws(WireFault) {
            reply = try VarlinkReply(message: message, limits: Self.replyLimits)
        } catch {
            throw .protocolViolation(error.description)
        }
        switch reply {
        case .success(let parameters, let continues): return (parameters, continues)
        case .failure(let error):
            guard let known = CollectorError(error) else { throw .unknownError(error) }
            throw .refused(known)
        }
    }

    static func decode<Reply: WireRecord>(
        _ parameters: JSONValue, of method: CollectorMethod
    ) throws(ControlClientError) -> Reply {
        do throws(WireFault) {
            return try Reply(wire: parameters)
        } catch {
            throw .protocolViolation("\(method.rawValue): \(error)")
        }
    }

    private func nextMessage(before deadline: ContinuousClock.Instant?) throws(ControlClientError) -> [UInt8] {
        while true {
            switch framer.next() {
            case .message(let message): return message
            case .tooLong: throw .protocolViolation("a reply larger than \(Self.replyLimits.sizeInBytes) bytes")
            case .incomplete: break
            }
            switch socket.receive(into: &buffer) {
            case .moved(let count): framer.append(buffer[..<count])
            case .ended: throw .disconnected
            case .wouldBlock: try wait(Poll.Interest(socket.descriptor), before: deadline)
            }
        }
    }

    private func send(_ call: VarlinkCall, before deadline: ContinuousClock.Instant) throws(ControlClientError) {
        let message = call.message
        var rest = message[...]
        while !rest.isEmpty {
            switch socket.send(rest) {
            case .moved(let count): rest = rest.dropFirst(count)
            case .ended: throw .disconnected
            case .wouldBlock: try wait(Poll.Interest(socket.descriptor, reads: false, writes: true), before: deadline)
            }
        }
    }

    private func wait(
        _ interest: Poll.Interest, before deadline: ContinuousClock.Instant?
    ) throws(ControlClientError) {
        var interests = [interest]
        if let interruptDescriptor { interests.append(Poll.Interest(interruptDescriptor)) }
        switch Poll.wait(&interests, timeout: deadline.map { $0 - .now }) {
        case .timedOut: throw .timedOut
        case .interrupted: throw .interrupted
        case .ready:
            let isInterrupted = interests.count > 1 && (interests[1].isReadable || interests[1].isGone)
            if isInterrupted { throw .interrupted }
        }
    }

    private static func reason(_ error: SystemError) -> ControlClientError.Unreachable {
        switch error.code {
        case ENOENT, ENOTDIR: .noSuchFile
        case ECONNREFUSED: .notRunning
        case EACCES, EPERM: .permissionDenied
        case ENOTSOCK, EPROTOTYPE: .notASocket
        case EAGAIN: .busy
        default: .other(error.description)
        }
    }
}
