import Inventory

/// Sends the writes of one unit in requests of BatchWriteItem, one after another: a partition takes 1,000 small writes a
/// second, less than one connection can send, so that parallel requests for one unit would only be throttled.
struct BatchWriter {
    /// DynamoDB's limit for one request.
    private static let requestLimit = 25
    /// A quarter of DynamoDB's 16 MB, to keep memory small; the biggest item is far below.
    private static let bodyLimitInBytes = 4 << 20

    let client: DynamoDBClient
    let gate: Gate
    let table: String

    /// One put or delete.
    struct Write {
        /// The resource, for messages.
        var id: String
        /// As it stands in a request.
        var bytes: [UInt8]
    }

    /// Sends all writes, which are for different keys; answers why when DynamoDB found one invalid and took the others.
    func send(_ writes: [Write]) async throws(StoreError) -> StoreError? {
        var invalid: StoreError?
        var chunk: [Write] = []
        var size = 0
        for write in writes {
            if chunk.count == Self.requestLimit || (size + write.bytes.count > Self.bodyLimitInBytes && !chunk.isEmpty)
            {
                invalid = try await sendChunk(chunk) ?? invalid
                chunk = []
                size = 0
            }
            chunk.append(write)
            size += write.bytes.count
        }
        if !chunk.isEmpty { invalid = try await sendChunk(chunk) ?? invalid }
        return invalid
    }

    /// Answers why a write is invalid; one such fails its whole request, so the others are sent again without it.
    private func sendChunk(_ chunk: [Write]) async throws(StoreError) -> StoreError? {
        if Task.isCancelled { throw .cancelled }
        let invalid = try await gate.pass { () async throws(StoreError) in try await sendUntilProcessed(chunk) }
        guard let invalid else { return nil }
        guard chunk.count > 1 else {
            return .refused(
                "DynamoDB table \(table): \(chunk[0].id.prefix(200)) was not stored: \(invalid.message.prefix(300))")
        }
        let middle = chunk.count / 2
        let first = try await sendChunk(Array(chunk[..<middle]))
        let second = try await sendChunk(Array(chunk[middle...]))
        return first ?? second
    }

    /// Sends writes, then what DynamoDB left over of them, until nothing is left; answers the error when it finds one
    /// invalid. Gives up when it gets nowhere for `RetryPolicy.attemptLimit` attempts.
    private func sendUntilProcessed(_ chunk: [Write]) async throws(StoreError) -> DynamoDBCallError? {
        var body = wrap(list(chunk)[...])
        var count = chunk.count
        var failures = 0
        while true {
            let reply: [UInt8]
            do { reply = try await client.call("BatchWriteItem", body) } catch {
                if error.code == "ValidationException" { return error }
                throw error.storeError("BatchWriteItem", table: table)
            }
            let left = try unprocessed(reply)
            if left.count == 0 { return nil }
            failures = left.count < count ? 1 : failures + 1
            body = wrap(left.list)
            count = left.count
            let again: Bool
            do { again = try await client.pause(afterFailures: failures) } catch { throw .cancelled }
            guard again else {
                throw .exhausted(
                    "DynamoDB table \(table): it keeps leaving writes unprocessed; raise its throughput or try again later"
                )
            }
        }
    }

    private func list(_ chunk: [Write]) -> [UInt8] {
        var list: [UInt8] = [UInt8(ascii: "[")]
        list.reserveCapacity(chunk.reduce(2) { $0 + $1.bytes.count + 1 })
        for (index, write) in chunk.enumerated() {
            if index > 0 { list.append(UInt8(ascii: ",")) }
            list += write.bytes
        }
        list.append(UInt8(ascii: "]"))
        return list
    }

    private func wrap(_ list: ArraySlice<UInt8>) -> [UInt8] {
        var body = Array("{\"RequestItems\":{\"\(table)\":".utf8)
        body.reserveCapacity(body.count + list.count + 2)
        body += list
        body.append(literal: "}}")
        return body
    }

    /// What a reply says was not processed: a list of writes as it stood in the request, and how many they are.
    private func unprocessed(_ reply: [UInt8]) throws(StoreError) -> (list: ArraySlice<UInt8>, count: Int) {
        var scanner = JSONScanner(reply)
        var list: ArraySlice<UInt8> = []
        var count = 0
        do {
            try scanner.members { (scanner, key) throws(JSONScanner.Failure) in
                guard scanner.equals(key, "UnprocessedItems") else {
                    _ = try scanner.skip()
                    return
                }
                try scanner.members { (scanner, _) throws(JSONScanner.Failure) in
                    let start = scanner.index
                    try scanner.elements { (scanner) throws(JSONScanner.Failure) in
                        _ = try scanner.skip()
                        count += 1
                    }
                    list = scanner.bytes[start..<scanner.index]
                }
            }
        } catch {
            throw .corrupt("DynamoDB table \(table): the reply to BatchWriteItem cannot be read")
        }
        return (list, count)
    }
}
