import Inventory
import Synchronization

/// Changes that wait for a writing connection and are made in one transaction: one begin and one commit for all, and each
/// page that several of them touch is written once.
final class SharedTransactions: Sendable {
    /// One caller's change.
    struct Member: Sendable {
        /// Makes the change; answers how to tell the caller, once it is committed.
        fileprivate let run: @Sendable (SQLiteDatabase) throws(SQLiteError) -> @Sendable () -> Void
        let fail: @Sendable (StoreError) -> Void

        /// `end` is called once, with what became of `body`.
        init<Answer: Sendable>(
            _ body: @escaping @Sendable (SQLiteDatabase) throws(SQLiteError) -> Answer,
            end: @escaping @Sendable (Result<Answer, StoreError>) -> Void
        ) {
            run = { (database) throws(SQLiteError) in
                let answer = try body(database)
                return { end(.success(answer)) }
            }
            fail = { end(.failure($0)) }
        }
    }

    private struct Queue {
        var urgent: [Member] = []
        /// Nobody waits for these.
        var posted: [Member] = []
        /// Somebody will `take` them.
        var isExpected = false

        var isDue: Bool { !urgent.isEmpty || posted.count >= SharedTransactions.limit }

        mutating func expect() -> Bool {
            defer { isExpected = isExpected || isDue }
            return isDue && !isExpected
        }
    }

    private let queue = Mutex(Queue())

    /// Members of one transaction: with the largest batches of rows 6 MB. What a connection's cache does not hold of them
    /// goes to the write-ahead log before the commit.
    private static let limit = 32

    /// Queues a change that somebody waits for; `true` when the caller has to see to it that `take` is called.
    ///
    /// - Parameter bringsPosted: everything that was posted before is made before it.
    func add(_ member: Member, bringsPosted: Bool) -> Bool {
        queue.withLock { queue in
            if bringsPosted {
                queue.urgent += queue.posted
                queue.posted = []
            }
            queue.urgent.append(member)
            return queue.expect()
        }
    }

    /// Queues a change that nobody waits for: it is made when there are enough of its kind, in their order.
    func post(_ member: Member) -> Bool {
        queue.withLock { queue in
            queue.posted.append(member)
            return queue.expect()
        }
    }

    /// The next transaction's members, in the order they are to be made.
    func take() -> [Member] {
        queue.withLock { queue in
            if queue.posted.count >= Self.limit {
                queue.urgent += queue.posted
                queue.posted = []
            }
            let members = Array(queue.urgent.prefix(Self.limit))
            queue.urgent.removeFirst(members.count)
            return members
        }
    }

    /// Whether `take` has to be called once more.
    func isLeft() -> Bool {
        queue.withLock { queue in
            queue.isExpected = queue.isDue
            return queue.isExpected
        }
    }

    /// Commits what all the members do, or, when that fails, what each of them does by itself; tells each what became of
    /// it. `path` is for messages.
    func run(_ members: [Member], in database: SQLiteDatabase, path: String) {
        if members.count > 1, let answers = try? Self.commit(members, in: database) {
            for answer in answers { answer() }
            return
        }
        for member in members {
            do throws(SQLiteError) {
                for answer in try Self.commit([member], in: database) { answer() }
            } catch {
                member.fail(error.storeError(path: path))
            }
        }
    }

    private static func commit(
        _ members: [Member], in database: SQLiteDatabase
    ) throws(SQLiteError) -> [@Sendable () -> Void] {
        try database.transaction { () throws(SQLiteError) in
            var answers: [@Sendable () -> Void] = []
            for member in members { answers.append(try member.run(database)) }
            return answers
        }
    }
}
