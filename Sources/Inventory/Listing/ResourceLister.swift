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
    private let keepsItems: Bool
    private let tags: TagLookup?

    /// - Parameters:
    ///   - region: where to call; for global services the partition's home region.
    ///   - keepsItems: the items are wanted afterwards, because child types are listed.
    ///   - tags: whom to ask about the tags of types that cannot tell them; `nil` leaves such types without.
    package init(
        service: AWSService, type: ResourceType, redacts: Bool, client: AWSClient,
        credentials: any CredentialsProvider, scope: Scope, region: String, keepsItems: Bool,
        tags: TagLookup? = nil
    ) {
        self.service = service
        self.type = type
        reader = TypeReader(type: type, redacts: redacts)
        self.client = client
        self.credentials = credentials
        self.scope = scope
        self.region = region
        self.keepsItems = keepsItems
        self.tags = tags
    }

    /// How far a listing got.
    package struct Report: Sendable {
        /// `nil` when every page was read and every call succeeded.
        package var failure: ListingFailure?
        /// The items, where they are wanted.
        package var items: [ParentItem] = []
    }

    /// A token that leads nowhere would keep a listing forever: no service needs as many pages.
    private static let pageLimit = 100_000

    /// Runs the listing. Never throws: what went wrong is in the report, together with what was found before.
    package func run(
        parents: [ParentItem]?, into consumer: inout some ListingConsumer
    ) async -> Report {
        var report = Report()
        let inputs = type.inputs.filter { $0.onlyRegion == nil || $0.onlyRegion == region }
        var unsupported: ListingFailure?
        var answered = inputs.isEmpty && !type.inputs.isEmpty
        for input in inputs.isEmpty && type.inputs.isEmpty ? [.init(members: .object([]), onlyRegion: nil)] : inputs {
            for parent in parents.map({ $0.map(Optional.some) }) ?? [nil] {
                do throws(ListingFailure) {
                    let context = ItemContext(scope: scope, region: region, parent: parent, input: input.members)
                    try await pages(context, &report, into: &consumer)
                    answered = true
                } catch {
                    if parent != nil, Self.isGone(error) { continue }
                    if error.outcome == .unsupported, inputs.count > 1 {
                        unsupported = unsupported ?? error
                        continue
                    }
                    report.failure = report.failure ?? error
                    if parent == nil || Self.stops(error) { return report }
                }
            }
        }
        if !answered, parents?.isEmpty != true, let unsupported { report.failure = report.failure ?? unsupported }
        return report
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
        _ context: ItemContext, _ report: inout Report, into consumer: inout some ListingConsumer
    ) async throws(ListingFailure) {
        guard let operation = service.model.operations[type.operation] else {
            throw failure(.failed, "CatalogueError", "the service has no operation \(type.operation)")
        }
        var call = AWSCall(
            service: service, operation: operation, input: try firstInput(context), region: region,
            account: scope.account, credentials: credentials)
        // Brent's way to find a cycle of any length: an earlier input to compare with, replaced at page 1, 2, 4, 8, …
        var landmark = call.input
        for number in 1...Self.pageLimit {
            let envelope = try await page(call, context, &report, into: &consumer)
            guard let next = try nextInput(call.input, envelope) else { return }
            guard next != landmark else {
                throw failure(.failed, "PaginationLoop", "the service answered a token that it answered before")
            }
            if number & (number - 1) == 0 { landmark = next }
            call.input = next
        }
        throw failure(.failed, "PaginationLimit", "no end after \(Self.pageLimit) pages")
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
        _ call: AWSCall, _ context: ItemContext, _ report: inout Report, into consumer: inout some ListingConsumer
    ) async throws(ListingFailure) -> [UInt8] {
        let collects = type.detail != nil || !type.enrichments.isEmpty || type.tagging != nil
        var reading = PageReading(reader: reader, context: context, keepsItems: keepsItems || collects)
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
        if keepsItems { report.items += reading.parentItems() }
        return envelope
    }

    private func failure(_ outcome: Outcome, _ code: String, _ message: String) -> ListingFailure {
        ListingFailure(outcome: outcome, error: ListingError(operation: type.operation, code: code, message: message))
    }
}
