#if canImport(Glibc)
    import Glibc
#endif

/// Joins two descriptors with the control socket: what a client far away needs at the daemon's end of its connection.
package struct ControlBridge {
    private let socket: SocketHandle
    private let input: Int32
    private let output: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    /// What the client said and the daemon has not taken yet: a buffer at most.
    private var pending: ArraySlice<UInt8> = []
    private var inputEnded = false

    /// Connects within a few seconds.
    ///
    /// - Parameters:
    ///   - input: what the client says; read until its end.
    ///   - output: where the daemon's replies go.
    package init(path: String, input: Int32, output: Int32) throws(ControlClientError) {
        socket = try ControlClient.connect(path: path).socket
        self.input = input
        self.output = output
    }

    /// Passes bytes on in both directions until the daemon has ended or nobody takes its replies. The end of the input is
    /// passed on too: the daemon answers what it was asked and then ends by itself. Holds no more than a buffer for each
    /// direction, and reads replies while the daemon takes no calls.
    package mutating func run() {
        while true {
            // A negative descriptor is waited for by nobody. What is gone of the output only an error of it tells.
            let isReading = pending.isEmpty && !inputEnded
            var interests = [
                Poll.Interest(socket.descriptor, writes: !pending.isEmpty), Poll.Interest(isReading ? input : -1),
                Poll.Interest(output, reads: false),
            ]
            guard Poll.wait(&interests, timeout: nil) == .ready else { continue }
            if interests[0].isReadable || interests[0].isGone, !passReplies() { return }
            if interests[2].isGone { return }
            if interests[1].isReadable || interests[1].isGone { readInput() }
            if !pending.isEmpty { sendPending() }
        }
    }

    /// `false` when there is nothing more, or nobody to take it.
    private mutating func passReplies() -> Bool {
        switch socket.receive(into: &buffer) {
        case .moved(let count): Self.write(buffer[..<count], to: output)
        case .ended: false
        case .wouldBlock: true
        }
    }

    private mutating func readInput() {
        let count = buffer.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
        if count > 0 {
            pending = buffer[..<count]
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            inputEnded = true
            socket.endOutput()
        }
    }

    private mutating func sendPending() {
        switch socket.send(pending) {
        case .moved(let count): pending = pending.dropFirst(count)
        case .wouldBlock: break
        case .ended:
            // What it said before is still to be passed on.
            pending = []
            inputEnded = true
        }
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var interests = [Poll.Interest(descriptor, reads: false, writes: true)]
                _ = Poll.wait(&interests, timeout: nil)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
