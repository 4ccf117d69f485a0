import Control
import Inventory

/// Reading the change log, and waiting for more of it.
extension CollectorService {
    nonisolated func changes(
        _ parameters: ChangesParameters, _ context: CallContext, _ replies: ReplyStream<ChangesReply>
    ) async throws(CollectorError) -> ChangesReply {
        let filter = try filter(parameters.filter)
        var position = ChangePosition.oldest
        switch (parameters.since, parameters.sinceTime) {
        case (.some, .some): throw .invalidParameter("sinceTime")
        case (let sequence?, nil): position = .after(sequence)
        case (nil, let time?): position = .time(time.secondsSinceEpoch)
        case (nil, nil): break
        }
        while true {
            let page = try await page(filter, position, limit: parameters.limit ?? Self.pageSize)
            let reply = ChangesReply(
                changes: page.changes.map { Control.Change($0) }, sequence: page.position, newest: page.newest,
                keptSince: Timestamp(secondsSinceEpoch: page.keptSince))
            guard context.wantsMore, page.position < page.newest else { return reply }
            try await replies.send(reply)
            position = .after(page.position)
        }
    }

    nonisolated func monitor(
        _ parameters: MonitorParameters, _ context: CallContext, _ replies: ReplyStream<MonitorReply>
    ) async throws(CollectorError) -> MonitorReply {
        let filter = try filter(parameters.filter)
        // Listens before it reads: what is added in between wakes it.
        var wakes = components.store.changeSignal.listen().makeAsyncIterator()
        var position = parameters.since.map { ChangePosition.after($0) } ?? .newest
        var isFirst = true
        while true {
            let page = try await page(filter, position, limit: Self.pageSize)
            if isFirst || !page.changes.isEmpty {
                // Waits while the caller is slow; meanwhile nothing is kept for it, the log is.
                try await replies.send(
                    MonitorReply(changes: page.changes.map { Control.Change($0) }, sequence: page.position))
            }
            isFirst = false
            position = .after(page.position)
            if page.position < page.newest { continue }
            guard await wakes.next() != nil else { throw Task.isCancelled ? .disconnected : .shuttingDown }
        }
    }

    private nonisolated func page(
        _ filter: ChangeFilter, _ position: ChangePosition, limit: Int
    ) async throws(CollectorError) -> ChangePage {
        try await log { () async throws(ChangeLogError) in
            try await self.components.store.changes(filter, from: position, limit: limit)
        }
    }

    private nonisolated func filter(_ selection: ChangeSelection) throws(CollectorError) -> ChangeFilter {
        try check(service: selection.service, type: selection.type)
        var filter = ChangeFilter()
        filter.service = selection.service
        filter.type = selection.type
        filter.account = selection.account
        filter.region = selection.region == Scope.global ? "global" : selection.region
        filter.id = selection.id
        filter.kind = selection.kind.flatMap { Inventory.ChangeKind(rawValue: $0.rawValue) }
        return filter
    }

    /// A time that has come, in seconds since the epoch: nobody knows the inventory of tomorrow.
    nonisolated func time(_ at: Timestamp?) throws(CollectorError) -> Int? {
        guard let at else { return nil }
        guard at.secondsSinceEpoch <= Components.now() else { throw .invalidParameter("at") }
        return at.secondsSinceEpoch
    }

    /// The log's answer, or its error as callers know it.
    nonisolated func log<Answer: Sendable>(
        _ ask: @Sendable () async throws(ChangeLogError) -> Answer
    ) async throws(CollectorError) -> Answer {
        do throws(ChangeLogError) {
            return try await ask()
        } catch {
            switch error {
            case .store(let error): throw .storeUnavailable(StoreProblem.text(error))
            case .gone(let oldest): throw .changesGone(oldest: oldest)
            case .unknown(let newest): throw .noSuchChange(newest: newest)
            case .before(let since): throw .noHistory(since: Timestamp(secondsSinceEpoch: since))
            case .unsupported(let reason): throw .notSupported(reason)
            }
        }
    }
}
