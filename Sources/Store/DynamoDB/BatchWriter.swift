import Inventory
import JSON

/// Sends the writes of one unit in requests of BatchWriteItem, to be called one after another: a partition takes 1,000 small writes a
/// second, less than one connection can send, so that parallel requests for one unit would only be throttled.
struct BatchWriter {
    let client: DynamoDBClient
    let gate: Gate
    let table: String

    /// Sends a request, whose writes are for different keys; answers which writes DynamoDB found invalid while it took the
    /// others: one such fails its whole request, so the others are sent again without it.
    func send(_ request: WriteRequest) async throws(StoreError) -> [UnstorableResource] {
        if Task.isCancelled { throw .cancelled }
        let invalid = try await gate.pass { () async throws(StoreError) in try await sendUntilProcessed(request) }
        guard let invalid else { return [] }
        let count = request.writes.count
        guard count > 1 else {
            let id = request.writes.first?.id ?? ""
            return [
                UnstorableResource(
                    id: id,
                    reason: "DynamoDB table \(table): \(id.prefix(200)) was not stored: \(invalid.message.prefix(300))")
            ]
        }
        let first = try await send(request.part(0..<count / 2))
        let second = try await send(request.part(count / 2..<count))
        return first + second
    }

    /// Sends writes, then what DynamoDB left over of them, until nothing is left; answers the error when it finds one
    /// invalid. Gives up when it gets nowhere for `RetryPolicy.attemptLimit` attempts.
    private func sendUntilProcessed(_ request: WriteRequest) async throws(StoreError) -> DynamoDBCallError? {
        var body = request.body
        var count = request.writes.count
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
            body = SharedBytes(Array("{\"RequestItems\":{\"\(table)\":".utf8) + left.list + Array("}}".utf8))
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
