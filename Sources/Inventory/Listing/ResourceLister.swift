import AWS
import JSON

/// Carries out one listing: calls the list operation page by page for every constant input and every parent, completes
/// resources with follow-up calls, and hands each to the consumer as soon as it is whole.
///
/// Holds one resource at a time, or one page of them where the type has follow-up calls.
package struct ResourceLister: Sendable {
    private let service: AWSService
    private let type: ResourceType
    private let reader: TypeReader
    private let client: AWSClient
    private let credentials: any CredentialsProvider
    private let scope: Scope
    private let region: String
    private let keeping: ParentProjection?
    private let tags: TagLookup?

    /// - Parameters:
    ///   - region: where to call; for global services the partition's home region.
    ///   - keeping: what of the items is wanted afterwards, because child types are listed; `nil` for no parent.
    ///   - tags: whom to ask about the tags of types that cannot tell them; `nil` leaves such types without.
    package init(
        service: AWSService, type: ResourceType, redacts: Bool, client: AWSClient,
        credentials: any CredentialsProvider, scope: Scope, region: String,
        keeping: ParentProjection? = nil, tags: TagLookup? = nil
    ) {
        self.service = service
        self.type = type
        reader = TypeReader(type: type, redacts: redacts)
        self.client = client
        self.credentials = credentials
        self.scope = scope
        self.region = region
        self.keeping = keeping
        self.tags = tags
    }

    /// How far a listing got.
    package struct Report: Sendable {
        /// `nil` when every page was read and every call succeeded.
        package var failure: ListingFailure?
        /// The items, where they are wanted.
        package var items: [ParentItem] { keeper?.items ?? [] }
        /// The position to go on from is no good any more: nothing was read, and the listing starts from its beginning.
        package var isStale = false
        var keeper: ItemKeeper?

        package init(isStale: Bool = false) { self.isStale = isStale }
    }

    /// A token that leads nowhere would keep a listing forever: no service needs as many pages.
    private static let pageLimit = 100_000

    /// Runs the listing. Never throws: what went wrong is in the report, together with what was found before.
    ///
    /// - Parameters:
    ///   - start: where another process left it.
    ///   - kept: the items that were found before.
    package func run(
        parents: [ParentItem]?, from start: ListingPosition? = nil, kept: [KeptItem] = [],
        into consumer: inout some ListingConsumer
    ) async -> Report {
        var inputs = type.inputs.filter { $0.onlyRegion == nil || $0.onlyRegion == region }.map(\.members)
        // Inputs that are all for other regions are an answer: there is nothing here.
        var answered = inputs.isEmpty && !type.inputs.isEmpty
        if type.inputs.isEmpty { inputs = [.object([])] }
        let callers: [ParentItem?] = parents ?? [nil]
        var walk = Walk(plan: plan(inputs, callers), callCount: inputs.count * callers.count)
        var report = begin(walk, start, kept, inputs, callers)
        answered = answered || start != nil
        var unsupported: ListingFailure?
        for number in 0..<walk.callCount where !report.isStale {
            walk.turn(to: number, of: callers.count, start)
            guard !walk.isBehind else { continue }
            let parent = callers[walk.parent]
            do throws(ListingFailure) {
                let context = ItemContext(scope: scope, region: region, parent: parent, input: inputs[walk.input])
                try await pages(context, &walk, &report, into: &consumer)
                answered = true
            } catch {
                if walk.mayBeStale(error) {
                    report.isStale = true
                } else if parent != nil, Self.isGone(error) {
                    continue
                } else if error.outcome == .unsupported, inputs.count > 1 {
                    unsupported = unsupported ?? error
                } else {
                    report.failure = report.failure ?? error
                    if parent == nil || Self.stops(error) { return report }
                }
            }
        }
        if !answered, parents?.isEmpty != true, let unsupported { report.failure = report.failure ?? unsupported }
        await end(walk, start, &report, into: &consumer)
        return report
    }

    /// What is known before the first call.
    private func begin(
        _ walk: Walk, _ start: ListingPosition?, _ kept: [KeptItem], _ inputs: [JSONValue], _ parents: [ParentItem?]
    ) -> Report {
        var report = Report()
        report.keeper = keeping.map { ItemKeeper($0) }
        guard let start else { return report }
        report.failure = start.failure
        report.isStale =
            start.plan != walk.plan || report.keeper?.restore(kept, inputs: inputs, parents: parents) == false
        return report
    }

    /// Tells the consumer that a parent's listing is through, so that no process asks for any of its items again. One
    /// that has none leaves nothing to go on with.
    private func end(
        _ walk: Walk, _ start: ListingPosition?, _ report: inout Report, into consumer: inout some ListingConsumer
    ) async {
        guard let keeper = report.keeper, keeper.isStorable, !keeper.items.isEmpty, !report.isStale else { return }
        let position = ListingPosition(
            plan: walk.plan, input: walk.input, parent: walk.parent + 1, failure: report.failure)
        guard position != start else { return }
        do throws(ListingFailure) {
            try await consumer.reach(position, keeping: report.keeper?.tell())
        } catch {
            report.failure = report.failure ?? error
        }
    }

    /// Where a listing stands among its inputs, parents and pages.
    private struct Walk {
        let plan: UInt64
        let callCount: Int
        private(set) var input = 0
        private(set) var parent = 0
        /// No further input or parent follows.
        private(set) var isLast = false
        /// Done before the position that the listing goes on from.
        private(set) var isBehind = false
        /// Of the first page for this input and parent: not empty where a listing is gone on with.
        private(set) var token: [JSONValue.Member] = []
        /// A page of this input and parent was read to its end.
        var hasRead = false

        init(plan: UInt64, callCount: Int) {
            self.plan = plan
            self.callCount = callCount
        }

        mutating func turn(to number: Int, of parents: Int, _ start: ListingPosition?) {
            input = number / parents
            parent = number % parents
            isLast = number + 1 == callCount
            isBehind = start.map { (input, parent) < ($0.input, $0.parent) } ?? false
            token = start.map { (input, parent) == ($0.input, $0.parent) ? $0.token : [] } ?? []
            hasRead = false
        }

        /// Whether the service may have refused the token: it has expired, or is of another version of the service.
        func mayBeStale(_ failure: ListingFailure) -> Bool {
            !hasRead && !token.isEmpty && (failure.outcome == .failed || failure.outcome == .unsupported)
        }
    }

    /// Stands for the calls of the listing in their order, so that a position is not taken up by another listing.
    private func plan(_ inputs: [JSONValue], _ parents: [ParentItem?]) -> UInt64 {
        var hash = StableHash()
        hash.add(type.operation)
        keeping?.add(to: &hash)
        for input in inputs { hash.add(input.serialized.span) }
        for parent in parents {
            var next = parent
            while let item = next {
                hash.add(item.id)
                next = item.parent
            }
        }
        return hash.value
    }

    /// The parent went away between its listing and this call: it has no children.
    private static func isGone(_ failure: ListingFailure) -> Bool { NotFound.matches(failure.error.code) }

    /// Whether asking for the next parent is pointless.
    private static func stops(_ failure: ListingFailure) -> Bool {
        switch failure.outcome {
        case .denied, .deniedByPolicy, .failed: false
        default: true
        }
    }

    private func pages(
        _ context: ItemContext, _ walk: inout Walk, _ report: inout Report, into consumer: inout some ListingConsumer
    ) async throws(ListingFailure) {
        guard let operation = service.model.operations[type.operation] else {
            throw failure(.failed, "CatalogueError", "the service has no operation \(type.operation)")
        }
        let first = try firstInput(context)
        var call = AWSCall(
            service: service, operation: operation, input: first.replacing(walk.token), region: region,
            account: scope.account, credentials: credentials)
        // Brent's way to find a cycle of any length: an earlier input to compare with, replaced at page 1, 2, 4, 8, …
        var landmark = call.input
        for number in 1...Self.pageLimit {
            let envelope = try await page(call, context, walk, &report, into: &consumer)
            walk.hasRead = true
            guard let next = try nextInput(call.input, envelope) else {
                return try await reach(walk, [], &report, &consumer)
            }
            guard next != landmark else {
                throw failure(.failed, "PaginationLoop", "the service answered a token that it answered before")
            }
            if number & (number - 1) == 0 { landmark = next }
            call.input = next
            let token = (next.members ?? []).filter { member in first.members?.contains(member) != true }
            try await reach(walk, token, &report, &consumer)
        }
        throw failure(.failed, "PaginationLimit", "no end after \(Self.pageLimit) pages")
    }

    /// Tells the consumer where the listing goes on: at `token`, or at the next parent or input where it is empty. Items
    /// that cannot be written down are no good to go on from.
    private func reach(
        _ walk: Walk, _ token: [JSONValue.Member], _ report: inout Report, _ consumer: inout some ListingConsumer
    ) async throws(ListingFailure) {
        guard !token.isEmpty || !walk.isLast, report.keeper?.isStorable != false else { return }
        var position = ListingPosition(
            plan: walk.plan, input: walk.input, parent: walk.parent, token: token, failure: report.failure)
        // The next parent; behind the last one of an input every index of the next input is ahead.
        if token.isEmpty { position.parent += 1 }
        try await consumer.reach(position, keeping: report.keeper?.tell())
    }

    private func firstInput(_ context: ItemContext) throws(ListingFailure) -> JSONValue {
        var members = AccountPlaceholder.fill(context.input, account: scope.account).members ?? []
        for (member, selector) in type.parent?.inputs ?? [] {
            let parent = context.parent
            // In a child's parameters the item is the parent's.
            let inner = ItemContext(
                scope: scope, region: region, parent: parent?.parent, input: parent?.input ?? .object([]))
            guard let parent, let value = SelectorValue.of(selector, item: parent.document, detail: nil, inner) else {
                continue
            }
            members.append(.init(member, value))
        }
        return .object(members)
    }

    /// The input of the next page; `nil` after the last.
    private func nextInput(_ input: JSONValue, _ envelope: [UInt8]) throws(ListingFailure) -> JSONValue? {
        guard let pagination = type.pagination else { return nil }
        if let more = pagination.more {
            let flag = DocumentScanner.value(at: more.map { Array($0.utf8) }, of: envelope.span)
            guard let flag, envelope[flag.lowerBound] == UInt8(ascii: "t") else { return nil }
        }
        var members = input.members ?? []
        var hasToken = false
        for (name, path) in zip(pagination.inputs, pagination.outputs) {
            let previous = members.firstIndex { $0.key == name }
            let range = DocumentScanner.value(at: path.map { Array($0.utf8) }, of: envelope.span)
            let token = range.map { DocumentText.text(envelope.span.extracting($0)) } ?? ""
            guard !token.isEmpty else {
                if let previous { members.remove(at: previous) }
                continue
            }
            hasToken = true
            if let previous {
                members[previous].value = .string(token)
            } else {
                members.append(.init(name, .string(token)))
            }
        }
        guard hasToken else {
            guard pagination.more == nil else {
                throw failure(.failed, "MissingToken", "the reply says there is more and has no token")
            }
            return nil
        }
        return .object(members)
    }

    private func page(
        _ call: AWSCall, _ context: ItemContext, _ walk: Walk, _ report: inout Report,
        into consumer: inout some ListingConsumer
    ) async throws(ListingFailure) -> [UInt8] {
        let collects = type.detail != nil || !type.enrichments.isEmpty || type.tagging != nil
        var reading = PageReading(reader: reader, context: context, keepsItems: keeping != nil || collects)
        let envelope: [UInt8]
        do throws(AWSCallError) {
            envelope = try await client.call(call) { reply throws(AWSCallError) in
                try await reading.read(reply, call, items: type.items.steps, handsOut: !collects, into: &consumer)
            }
        } catch {
            throw reading.consumerFailure ?? ListingFailure(error, operation: call.operation.name)
        }
        if collects {
            let completer = ItemCompleter(
                service: service, type: type, reader: reader, client: client, credentials: credentials,
                context: context, tags: tags)
            try await completer.complete(reading.items, &report, into: &consumer)
        }
        report.keeper?.add(reading.items, reader: reader, context: context, input: walk.input, parent: walk.parent)
        return envelope
    }

    private func failure(_ outcome: Outcome, _ code: String, _ message: String) -> ListingFailure {
        ListingFailure(outcome: outcome, error: ListingError(operation: type.operation, code: code, message: message))
    }
}

extension JSONValue {
    /// The object with these members instead of its own of the same names.
    fileprivate func replacing(_ members: [Member]) -> JSONValue {
        let kept = (self.members ?? []).filter { own in !members.contains { $0.key == own.key } }
        return .object(kept + members)
    }
}
