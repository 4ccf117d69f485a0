import Glibc
import JSON
import Store

/// Calls DynamoDB on the emulator: one HTTP/1.1 exchange a call over a real socket, with a signature nobody checks.
struct MotoCaller: DynamoDBCaller {
    let server: MotoServer

    func call(_ operation: String, body: SharedBytes) async throws(DynamoDBCallError) -> [UInt8] {
        if Task.isCancelled { throw .cancelled }
        guard let reply = exchange(operation, body.array), let end = Self.find("\r\n\r\n", in: reply) else {
            throw DynamoDBCallError(code: "Unreachable", message: "no reply", status: 0, isRetryable: true)
        }
        let head = String(decoding: reply[..<end], as: UTF8.self)
        let content = Array(reply[(end + 4)...])
        let status = Int(head.dropFirst(9).prefix(3)) ?? 0
        guard status != 200 else { return content }
        let document = (try? JSONValue.parse(content)) ?? .null
        let type = document["__type"]?.string ?? "Unknown"
        throw DynamoDBCallError(
            code: type.lastIndex(of: "#").map { String(type[type.index(after: $0)...]) } ?? type,
            message: document["message"]?.string ?? document["Message"]?.string ?? "", status: status,
            isRetryable: status >= 500)
    }

    private func exchange(_ operation: String, _ body: [UInt8]) -> [UInt8]? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = server.port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { return nil }
        let head = """
            POST / HTTP/1.1\r
            Host: 127.0.0.1:\(server.port)\r
            Content-Type: application/x-amz-json-1.0\r
            X-Amz-Target: DynamoDB_20120810.\(operation)\r
            Authorization: AWS4-HMAC-SHA256 Credential=TEST/20260101/us-east-1/dynamodb/aws4_request, \
            SignedHeaders=host, Signature=0\r
            Content-Length: \(body.count)\r
            Connection: close\r
            \r

            """
        var request = Array(head.utf8) + body
        while !request.isEmpty {
            let count = send(descriptor, request, request.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { return nil }
            request.removeFirst(count)
        }
        var reply: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 { return nil }
            if count == 0 { return reply }
            reply += buffer[..<count]
        }
    }

    private static func find(_ text: StaticString, in bytes: [UInt8]) -> Int? {
        let pattern = Array(text.withUTF8Buffer(Array.init))
        guard bytes.count >= pattern.count else { return nil }
        return (0...bytes.count - pattern.count).first { bytes[$0..<$0 + pattern.count].elementsEqual(pattern) }
    }
}
