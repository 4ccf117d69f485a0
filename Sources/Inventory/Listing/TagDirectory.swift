import AWS
import JSON

/// The tags of resources whose own service does not tell them: the Resource Groups Tagging API, asked once for each
/// account and region, whoever wants to know, and only when a resource is there that wants them.
///
/// One per run. Tables are kept while they fit into ``limitInBytes``, the least recently wanted goes first and is asked
/// for anew if it is wanted again. A failure is kept like a table, so that a region that denies is asked once.
package actor TagDirectory {
    private struct Scope: Hashable {
        var account: String
        var region: String
    }

    typealias Answer = Result<TagTable, ListingFailure>

    private struct Entry {
        var answer: Answer
        var lastUse: Int
    }

    private struct Flight {
        var number: Int
        var task: Task<Void, Never>
        var waiters: [Int: CheckedContinuation<Answer, Never>] = [:]
    }

    private var entries: [Scope: Entry] = [:]
    private var flights: [Scope: Flight] = [:]
    private var clock = 0

    /// Twice the largest table: the region at work and the one before it.
    static let limitInBytes = 2 * TagTable.limitInBytes
    /// Empty tables and failures are small, but an organisation has many scopes.
    private static let limitInEntries = 1_024

    package init() {}

    /// The tags of everything that `source` can tell. A cancelled caller gets a failure at once; the call ends when
    /// nobody waits for it any more.
    func table(_ source: TagSource) async -> Answer {
        let scope = Scope(account: source.account, region: source.region)
        clock += 1
        if let known = entries[scope] {
            entries[scope]?.lastUse = clock
            return known.answer
        }
        if flights[scope] == nil { start(source, scope, number: clock) }
        let waiter = clock
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                flights[scope]?.waiters[waiter] = continuation
                if Task.isCancelled { abandon(waiter, scope) }
            }
        } onCancel: {
            // The handler is synchronous and on no actor; the hop is short and always ends.
            Task { await self.abandon(waiter, scope) }
        }
    }

    private func start(_ source: TagSource, _ scope: Scope, number: Int) {
        // Unstructured on purpose: the calls belong to all listings that wait, and end with the last of them.
        let task = Task {
            let answer: Answer
            do throws(ListingFailure) { answer = .success(try await source.read()) } catch { answer = .failure(error) }
            finish(answer, scope, number)
        }
        flights[scope] = Flight(number: number, task: task)
    }

    private func finish(_ answer: Answer, _ scope: Scope, _ number: Int) {
        guard let flight = flights[scope], flight.number == number else { return }
        flights[scope] = nil
        keep(answer, scope)
        for waiter in flight.waiters.values { waiter.resume(returning: answer) }
    }

    private func abandon(_ waiter: Int, _ scope: Scope) {
        guard let continuation = flights[scope]?.waiters.removeValue(forKey: waiter) else { return }
        continuation.resume(returning: .failure(ListingFailure(AWSCallError.cancelled, operation: TagSource.operation)))
        guard let flight = flights[scope], flight.waiters.isEmpty else { return }
        flight.task.cancel()
        flights[scope] = nil
    }

    private func keep(_ answer: Answer, _ scope: Scope) {
        entries[scope] = Entry(answer: answer, lastUse: clock)
        while entries.count > 1, entries.count > Self.limitInEntries || size > Self.limitInBytes,
            let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            entries[oldest.key] = nil
        }
    }

    private var size: Int {
        entries.values.reduce(0) { sum, entry in sum + ((try? entry.answer.get().size) ?? 0) }
    }
}
