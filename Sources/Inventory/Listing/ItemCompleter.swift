import AWS
import JSON

/// Completes the items of one page with the type's follow-up calls, several at a time, and hands the resources out in
/// the page's order.
struct ItemCompleter: Sendable {
    let service: AWSService
    let type: ResourceType
    let reader: TypeReader
    let client: AWSClient
    let credentials: any CredentialsProvider
    let context: ItemContext
    let tags: TagLookup?

    /// Follow-up calls of one listing under way at a time: enough to hide latency, few enough that one listing does not
    /// fill the collector's own limit on calls.
    private static let width = 8
    /// Items that are completed together before they are handed out, which bounds what is held.
    private static let groupSize = 100

    func complete(
        _ items: [[UInt8]], _ report: inout ResourceLister.Report, into consumer: inout some ListingConsumer
    ) async throws(ListingFailure) {
        var start = 0
        var finisher = Finisher(reader: reader, context: context)
        consumer.beginPage(isRestart: false)
        while start < items.count {
            let group = Array(items[start..<min(start + Self.groupSize, items.count)])
            start += group.count
            for draft in try await drafts(group) {
                if let failure = draft.failure { report.failure = report.failure ?? failure }
                guard !draft.isGone else { continue }
                try finisher.handOut(
                    item: draft.item.span, document: draft.document.span, isIncomplete: draft.failure != nil,
                    to: &consumer)
            }
            try await consumer.flush()
        }
    }

    /// A resource on its way.
    struct Draft: Sendable {
        var item: [UInt8]
        var document: [UInt8]
        var detail: [UInt8]?
        var failure: ListingFailure?
        /// It was deleted after it was listed.
        var isGone = false
    }

    private func drafts(_ items: [[UInt8]]) async throws(ListingFailure) -> [Draft] {
        var drafts = items.map { Draft(item: $0, document: base($0)) }
        if let detail = type.detail { drafts = try await apply(detail, isDetail: true, to: drafts) }
        for enrichment in type.enrichments where enrichment.batchSize > 1 {
            drafts = try await apply(enrichment, isDetail: false, to: drafts)
        }
        let single = type.enrichments.filter { $0.batchSize <= 1 }
        if !single.isEmpty {
            drafts = try await concurrently(drafts.map { [$0] }) { group in
                var draft = group[0]
                for enrichment in single where !draft.isGone { await call(enrichment, isDetail: false, &draft) }
                return [draft]
            }
        }
        return await tagged(drafts)
    }

    /// An item that is an object starts its document; a bare string is a member of it.
    private func base(_ item: [UInt8]) -> [UInt8] { BareItem.document(item, type: type) }

    private func apply(
        _ followUp: ResourceType.FollowUp, isDetail: Bool, to drafts: [Draft]
    ) async throws(ListingFailure) -> [Draft] {
        let size = max(followUp.batchSize, 1)
        var groups: [[Draft]] = []
        for start in stride(from: 0, to: drafts.count, by: size) {
            groups.append(Array(drafts[start..<min(start + size, drafts.count)]))
        }
        return try await concurrently(groups) { group in
            if size > 1 { return await callBatch(followUp, isDetail: isDetail, group) }
            var draft = group[0]
            await call(followUp, isDetail: isDetail, &draft)
            return [draft]
        }
    }

    /// Runs `body` for each group, at most `width` at a time, and answers the drafts in order.
    private func concurrently(
        _ groups: [[Draft]], _ body: @Sendable @escaping ([Draft]) async -> [Draft]
    ) async throws(ListingFailure) -> [Draft] {
        let results = await withTaskGroup(of: (Int, [Draft]).self) { tasks in
            var results = groups
            var next = 0
            while next < min(Self.width, groups.count) {
                let (index, group) = (next, groups[next])
                tasks.addTask { (index, await body(group)) }
                next += 1
            }
            for await (index, drafts) in tasks {
                results[index] = drafts
                if next < groups.count {
                    let (index, group) = (next, groups[next])
                    tasks.addTask { (index, await body(group)) }
                    next += 1
                }
            }
            return results
        }
        guard !Task.isCancelled else {
            // What waited for AWS's limit says why there was not enough time.
            let failures = results.lazy.joined().compactMap(\.failure)
            if let waiting = failures.first(where: { $0.error.code == ListingFailure.waitingCode }) { throw waiting }
            throw ListingFailure(
                outcome: .cancelled,
                error: ListingError(operation: type.operation, code: "Cancelled", message: "cancelled"))
        }
        return results.flatMap { $0 }
    }

    // MARK: One resource

    private func call(_ followUp: ResourceType.FollowUp, isDetail: Bool, _ draft: inout Draft) async {
        do throws(ListingFailure) {
            let input = input(followUp, draft)
            let envelope = try await reply(followUp, input, region: region(followUp, draft))
            guard let range = DocumentScanner.value(at: followUp.path.map { Array($0.utf8) }, of: envelope.span) else {
                // Tags and the like may be absent; what describes the resource may not.
                if isDetail { throw failure(followUp, "MalformedReply", "the reply does not describe the resource") }
                return
            }
            merge(Array(envelope[range]), followUp, isDetail: isDetail, &draft)
        } catch {
            fail(error, followUp, isDetail: isDetail, &draft)
        }
    }

    private func fail(
        _ failure: ListingFailure, _ followUp: ResourceType.FollowUp, isDetail: Bool, _ draft: inout Draft
    ) {
        if followUp.ignoredErrors.contains(failure.error.code) { return }
        if isDetail, NotFound.matches(failure.error.code) {
            draft.isGone = true
        } else {
            draft.failure = draft.failure ?? failure
        }
    }

    private func merge(
        _ value: [UInt8], _ followUp: ResourceType.FollowUp, isDetail: Bool, _ draft: inout Draft
    ) {
        if isDetail { draft.detail = value }
        var merged = ByteBuffer(capacity: draft.document.count + value.count)
        if let into = followUp.into {
            // An empty answer says nothing: the member is left out, as it is where there never was one.
            guard value != Array("{}".utf8), value != Array("[]".utf8) else { return }
            merged.append(draft.document)
            DocumentEditor.add(into, value.span, to: &merged)
        } else {
            guard value.first == UInt8(ascii: "{") else { return }
            DocumentEditor.merge(draft.document.span, value.span, into: &merged)
        }
        draft.document = merged.bytes()
    }

    private func input(_ followUp: ResourceType.FollowUp, _ draft: Draft) -> JSONValue {
        var members = AccountPlaceholder.fill(followUp.constants, account: context.scope.account).members ?? []
        for (member, selector) in followUp.inputs {
            guard let value = SelectorValue.of(selector, item: draft.item, detail: draft.detail, context) else {
                continue
            }
            members.append(.init(member, value))
        }
        return .object(members)
    }

    private func region(_ followUp: ResourceType.FollowUp, _ draft: Draft) -> String {
        guard let selector = followUp.region,
            let region = SelectorValue.of(selector, item: draft.item, detail: draft.document, context)?.string
        else { return context.region }
        // S3's own words for two of its regions.
        switch region {
        case "": return "us-east-1"
        case "EU": return "eu-west-1"
        default: return region
        }
    }

    private func reply(
        _ followUp: ResourceType.FollowUp, _ input: JSONValue, region: String
    ) async throws(ListingFailure) -> [UInt8] {
        guard let operation = service.model.operations[followUp.operation] else {
            throw failure(followUp, "CatalogueError", "the service has no such operation")
        }
        let call = AWSCall(
            service: service, operation: operation, input: input, region: region, account: context.scope.account,
            credentials: credentials)
        do throws(AWSCallError) {
            return try await client.document(call)
        } catch {
            throw ListingFailure(error, operation: operation.name)
        }
    }

    // MARK: Several resources in one call

    private func callBatch(
        _ followUp: ResourceType.FollowUp, isDetail: Bool, _ group: [Draft]
    ) async -> [Draft] {
        var drafts = group
        guard let batched = followUp.inputs.first(where: { isList($0.member, followUp) }) else {
            let failure = failure(followUp, "CatalogueError", "no input takes the resources of a batch")
            for index in drafts.indices { drafts[index].failure = drafts[index].failure ?? failure }
            return drafts
        }
        let values = drafts.map { SelectorValue.of(batched.from, item: $0.item, detail: $0.detail, context) }
        var members = AccountPlaceholder.fill(followUp.constants, account: context.scope.account).members ?? []
        members.append(.init(batched.member, .array(values.compactMap { $0 })))
        for (member, selector) in followUp.inputs where member != batched.member {
            guard let value = SelectorValue.of(selector, item: drafts[0].item, detail: nil, context) else { continue }
            members.append(.init(member, value))
        }
        do throws(ListingFailure) {
            let envelope = try await reply(followUp, .object(members), region: context.region)
            assign(envelope, followUp, isDetail: isDetail, values, &drafts)
        } catch {
            for index in drafts.indices { fail(error, followUp, isDetail: isDetail, &drafts[index]) }
        }
        return drafts
    }

    /// Whether the input takes the values of all resources of a batch.
    private func isList(_ member: String, _ followUp: ResourceType.FollowUp) -> Bool {
        guard let input = service.model.operations[followUp.operation]?.input,
            case .structure(let structure) = service.model.shapes[input],
            let shape = structure.members.first(where: { $0.name == member })?.shape,
            case .list = service.model.shapes[shape]
        else { return false }
        return true
    }

    /// Gives each document of the reply to the resource that it says it belongs to.
    private func assign(
        _ envelope: [UInt8], _ followUp: ResourceType.FollowUp, isDetail: Bool, _ values: [JSONValue?],
        _ drafts: inout [Draft]
    ) {
        var positions: [[UInt8]: Int] = [:]
        for (index, value) in values.enumerated() { if let value { positions[value.serialized] = index } }
        let match = followUp.match.map { Array($0.utf8) }
        var answered: Set<Int> = []
        var isReadable = true
        for document in documents(envelope, followUp) {
            guard let owner = DocumentScanner.value(at: match, of: document.span),
                let position = positions[Array(document[owner])],
                let range = DocumentScanner.value(at: followUp.path.map { Array($0.utf8) }, of: document.span)
            else {
                isReadable = false
                continue
            }
            guard answered.insert(position).inserted else { continue }
            merge(Array(document[range]), followUp, isDetail: isDetail, &drafts[position])
        }
        guard isDetail else { return }
        for index in drafts.indices where !answered.contains(index) {
            // Asked for and not in the answer: gone, unless the answer holds something that belongs to nobody.
            // The same resource twice in a batch is answered once, so that it is handed out once.
            if values[index] != nil, isReadable {
                drafts[index].isGone = true
            } else {
                let failure = failure(followUp, "UnmatchedReply", "the reply cannot be matched with its resources")
                drafts[index].failure = drafts[index].failure ?? failure
            }
        }
    }

    private func failure(_ followUp: ResourceType.FollowUp, _ code: String, _ message: String) -> ListingFailure {
        ListingFailure(
            outcome: .failed, error: ListingError(operation: followUp.operation, code: code, message: message))
    }

    private func documents(_ envelope: [UInt8], _ followUp: ResourceType.FollowUp) -> [[UInt8]] {
        var current = [envelope]
        for step in followUp.items?.steps ?? [] {
            let path = step.map { Array($0.utf8) }
            current = current.flatMap { document -> [[UInt8]] in
                guard let range = DocumentScanner.value(at: path, of: document.span) else { return [] }
                var elements = DocumentElements(of: document.span, at: range.lowerBound)
                var found: [[UInt8]] = []
                while let element = elements.next(of: document.span) { found.append(Array(document[element])) }
                return found
            }
        }
        return current
    }
}

/// Items that are strings: queue URLs, cluster ARNs.
enum BareItem {
    /// The member that an item becomes where the catalogue names none.
    static let member = "Id"

    /// The document that an item starts with.
    static func document(_ item: [UInt8], type: ResourceType) -> [UInt8] {
        guard item.first == UInt8(ascii: "\"") else { return item }
        let name = JSONValue.string(type.itemMember ?? member).serialized
        return Array("{".utf8) + name + Array(":".utf8) + item + Array("}".utf8)
    }
}
