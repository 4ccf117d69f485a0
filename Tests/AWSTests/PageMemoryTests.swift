import JSON
import Testing

@testable import AWS

/// What a page of a list costs while it is read, whatever its length.
@Suite("Memory of a page") struct PageMemoryTests {
    /// One reply of 2,000 items and more than 5 MB.
    struct Page: Sendable, CustomTestStringConvertible {
        let service: String
        let operation: String
        let list: String
        let head: String
        let item: @Sendable (Int, String) -> String
        let separator: String
        let tail: String

        var testDescription: String { "\(service) \(operation)" }

        static let count = 2_000

        var body: [UInt8] {
            let filler = String(repeating: "0123456789abcdef", count: 162)
            let items = (0..<Self.count).map { item($0, filler) }
            return Array((head + items.joined(separator: separator) + tail).utf8)
        }
    }

    private static let pages = [
        Page(
            service: "ec2", operation: "DescribeVolumes", list: "Volumes",
            head: "<DescribeVolumesResponse><volumeSet>",
            item: { "<item><volumeId>vol-\($0)</volumeId><snapshotId>\($1)</snapshotId></item>" },
            separator: "\n", tail: "</volumeSet><nextToken>more</nextToken></DescribeVolumesResponse>"),
        Page(
            service: "lambda", operation: "ListFunctions", list: "Functions", head: #"{"Functions":["#,
            item: { #"{"FunctionName":"f-\#($0)","Description":"\#($1)"}"# },
            separator: ",", tail: #"],"NextMarker":"more"}"#),
        Page(
            service: "secretsmanager", operation: "ListSecrets", list: "SecretList", head: #"{"SecretList":["#,
            item: { #"{"Name":"s-\#($0)","Description":"\#($1)"}"# },
            separator: ",", tail: #"],"NextToken":"more"}"#),
    ]

    @Test("a page of 2,000 items and 5 MB passes through buffers of a few chunks", arguments: pages)
    func longPage(page: Page) async throws {
        let body = page.body
        #expect(body.count > 5_000_000)
        let server = try LocalServer { _, connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n")
            connection.send(body)
        }
        let transport = try HTTPTransport()
        let reply = try await transport.send(HTTPRequest(method: "GET", url: server.url))
        let service = try WireFixtures.service(page.service)
        let operation = try #require(service.model.operations[page.operation])
        var decoder = ReplyDecoder(plan: service.plan, operation: operation, items: [[page.list]])
        var document = ByteBuffer()
        var count = 0
        var largest = 0
        while let chunk = try await reply.body.next() {
            decoder.feed(chunk)
            while true {
                document.truncate(to: 0)
                guard try decoder.next(into: &document) else { break }
                count += 1
            }
            largest = max(largest, chunk.capacity + decoder.bufferSizeInBytes + document.capacity)
        }
        let envelope = try decoder.finish(status: 200, headers: HTTPHeaders([]))
        #expect(count == Page.count)
        #expect(String(decoding: envelope, as: UTF8.self).contains("more"))
        // What waits in the exchange comes on top, and is bounded by its own limit.
        #expect(largest + Exchange.unreadLimit < 512 << 10)
    }
}
