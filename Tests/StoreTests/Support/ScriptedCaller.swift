import JSON
import Store
import Synchronization

/// Answers calls from a function and remembers them.
final class ScriptedCaller: DynamoDBCaller {
    private let answer: @Sendable (Int, String, JSONValue) throws(DynamoDBCallError) -> JSONValue
    private let made = Mutex<[(operation: String, body: JSONValue)]>([])

    /// `answer` gets the call's number from 1 on, its operation and its body.
    init(_ answer: @escaping @Sendable (Int, String, JSONValue) throws(DynamoDBCallError) -> JSONValue) {
        self.answer = answer
    }

    var calls: [(operation: String, body: JSONValue)] { made.withLock { $0 } }

    func call(_ operation: String, body: SharedBytes) async throws(DynamoDBCallError) -> [UInt8] {
        if Task.isCancelled { throw .cancelled }
        guard let document = try? JSONValue.parse(body.array, limits: JSONLimits(sizeInBytes: 16 << 20, depth: 100))
        else {
            throw DynamoDBCallError(code: "SerializationException", message: "", status: 400, isRetryable: false)
        }
        let number = made.withLock { made in
            made.append((operation, document))
            return made.count
        }
        return try answer(number, operation, document).serialized
    }
}

/// A clock whose waits are over at once; remembers how long they were.
final class InstantClock: Clock {
    typealias Instant = ContinuousClock.Instant

    private let slept = Mutex<[Duration]>([])
    private let start = ContinuousClock.now

    var sleeps: [Duration] { slept.withLock { $0 } }
    var now: Instant { start + sleeps.reduce(.zero, +) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let now = now
        slept.withLock { $0.append(deadline - now) }
    }
}
