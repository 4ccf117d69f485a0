import Inventory
import JSON

/// Makes the store's calls: sends throttled ones again within bounds, and walks over paged replies.
struct DynamoDBClient: Sendable {
    let caller: any DynamoDBCaller
    let clock: any Clock<Duration>
    /// In 0..<1.
    let jitter: @Sendable () -> Double

    /// Calls and, when that may help, calls again; the error is the last attempt's.
    func call(_ operation: String, _ body: SharedBytes) async throws(DynamoDBCallError) -> [UInt8] {
        var failures = 0
        while true {
            do {
                return try await caller.call(operation, body: body)
            } catch {
                guard error.isRetryable || error.isThrottle else { throw error }
                failures += 1
                guard try await pause(afterFailures: failures) else { throw error }
            }
        }
    }

    func call(_ operation: String, _ body: JSONValue) async throws(DynamoDBCallError) -> [UInt8] {
        try await call(operation, SharedBytes(body.serialized))
    }

    /// The same for callers of a store.
    func call(_ operation: String, _ body: JSONValue, table: String) async throws(StoreError) -> [UInt8] {
        do { return try await call(operation, body) } catch {
            throw error.storeError(operation, table: table)
        }
    }

    /// Waits before the next attempt; `false` when there should be none.
    func pause(afterFailures failures: Int) async throws(DynamoDBCallError) -> Bool {
        guard let delay = RetryPolicy.delay(afterFailures: failures, jitter: jitter()) else { return false }
        do { try await clock.sleep(for: delay) } catch { throw .cancelled }
        return true
    }

    /// One page of Query or Scan: hands each item to `read` and answers where the next page starts, as JSON.
    func page(
        _ operation: String, _ request: JSONValue, table: String,
        _ read: (inout JSONScanner) throws(JSONScanner.Failure) -> Void
    ) async throws(StoreError) -> JSONValue? {
        let reply = try await call(operation, request, table: table)
        var scanner = JSONScanner(reply)
        var next: JSONValue?
        do {
            try scanner.members { (scanner, key) throws(JSONScanner.Failure) in
                if scanner.equals(key, "Items") {
                    try scanner.elements(read)
                } else {
                    let range = try scanner.skip()
                    if scanner.equals(key, "LastEvaluatedKey"), range.count > 2 {
                        next = .raw(Array(scanner.bytes[range]))
                    }
                }
            }
        } catch {
            throw .corrupt("DynamoDB table \(table): the reply to \(operation) cannot be read at byte \(error.offset)")
        }
        return next
    }

    /// Every page of Query or Scan. `request` gets the start key of the page, `nil` for the first.
    func pages(
        _ operation: String, table: String, _ request: (JSONValue?) -> JSONValue,
        _ read: (inout JSONScanner) throws(JSONScanner.Failure) -> Void
    ) async throws(StoreError) {
        var start: JSONValue?
        repeat {
            if Task.isCancelled { throw .cancelled }
            start = try await page(operation, request(start), table: table, read)
        } while start != nil
    }
}

extension JSONValue {
    /// `{"S": text}`.
    static func attribute(_ text: String) -> JSONValue { .object([.init("S", .string(text))]) }

    /// `{"N": "number"}`.
    static func attribute(_ number: Int) -> JSONValue { .object([.init("N", .string(String(number)))]) }
}
