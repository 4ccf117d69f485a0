#if canImport(Glibc)
    import Glibc
#endif

/// Joins two descriptors with the control socket: what a client far away needs at the daemon's end of its connection.
package struct ControlBridge {
    private let socket: SocketHandle
    private let input: Int32
    private let output: Int32
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

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

    /// Passes bytes on in both directions until one side has ended. Blocks while a side does not take what is for it, so
    /// that never more than a buffer is held.
    package mutating func run() {
        while true {
            var interests = [Poll.Interest(input), Poll.Interest(socket.descriptor)]
            guard Poll.wait(&interests, timeout: nil) == .ready else { continue }
            if interests[1].isReadable || interests[1].isGone {
                switch socket.receive(into: &buffer) {
                case .moved(let count): guard Self.write(buffer[..<count], to: output) else { return }
                case .ended: return
                case .wouldBlock: break
                }
            }
            if interests[0].isReadable || interests[0].isGone {
                let count = buffer.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                guard count > 0, send(buffer[..<count]) else { return }
            }
        }
    }

    private func send(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            switch socket.send(rest) {
            case .moved(let count): rest = rest.dropFirst(count)
            case .ended: return false
            case .wouldBlock:
                var interests = [Poll.Interest(socket.descriptor, reads: false, writes: true)]
                _ = Poll.wait(&interests, timeout: nil)
            }
        }
        return true
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
