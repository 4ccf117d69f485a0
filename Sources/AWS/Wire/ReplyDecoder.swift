import JSON

/// Reads one reply as it arrives: hands out each listed resource as a JSON document the moment its end is read, and keeps
/// everything beside the list (tokens, flags) as one small document, the envelope.
///
///     while let chunk = try await body.next() {
///         decoder.feed(chunk)
///         while try decoder.next(into: &document) { … }
///     }
///     let envelope = try decoder.finish(status: …, headers: …)
///
/// Holds at most one resource and one chunk. A struct without copies, used by one task.
package struct ReplyDecoder: ~Copyable {
    private enum Body {
        /// `xml` or `json` reads it.
        case document
        /// The body is the value of one member, text as it is.
        case text(member: String)
        /// The output has no body.
        case none
    }

    private let plan: DecodingPlan
    private let operation: OperationModel
    private let body: Body
    /// One of the two where the body is a document; kept apart, so that they change in place.
    private var xml: XMLReplyDriver?
    private var json: JSONReplyDriver?
    private let listsResources: Bool
    private var envelope = ByteBuffer(capacity: 256)
    private var pending: [UInt8] = []
    private var position = 0
    /// Bytes consumed before `pending`, for error offsets.
    private var consumed = 0
    /// How many unread bytes make another attempt worthwhile.
    private var worthwhile = 0

    /// `items` leads to the list of resources, as `ResourceType.ItemPath.steps`; `nil` puts everything in the envelope.
    package init(plan: DecodingPlan, operation: OperationModel, items: [[String]]?) {
        self.plan = plan
        self.operation = operation
        listsResources = items != nil
        let root = ReplyRoot(plan: plan, operation: operation, items: items)
        switch (root.isText, root.shape, plan.model.wireProtocol) {
        case (true, _, _): body = .text(member: root.payload ?? "Body")
        case (false, nil, _): body = .none
        case (false, _, .json), (false, _, .restJSON):
            body = .document
            json = JSONReplyDriver(plan: plan, root: root)
        default:
            body = .document
            xml = XMLReplyDriver(plan: plan, root: root, operation: operation)
        }
    }

    /// Memory that the bytes not yet read and the envelope take, in bytes: does not grow with the length of the list.
    package var bufferSizeInBytes: Int { pending.capacity + envelope.capacity }

    /// Adds bytes of the body. Every document must have been taken with `next` before. Answers memory that is no longer
    /// needed.
    @discardableResult
    package mutating func feed(_ chunk: consuming [UInt8]) -> [UInt8] {
        consumed += position
        defer { position = 0 }
        guard position == pending.count else {
            pending.removeFirst(position)
            pending.append(contentsOf: copy chunk)
            return chunk
        }
        let spent = pending
        pending = chunk
        return spent
    }

    /// Appends the next resource to `document`; `false` when more bytes are needed.
    package mutating func next(into document: inout ByteBuffer) throws(WireError) -> Bool {
        guard pending.count - position >= worthwhile else { return false }
        let mark = document.count
        let envelopeMark = envelope.count
        let bytes = pending
        do throws(WireError) {
            let found = try advance(bytes.span, &document)
            worthwhile = 0
            return found
        } catch {
            document.truncate(to: mark)
            envelope.truncate(to: min(envelope.count, max(envelopeMark, envelopeStable)))
            guard error == .needMore else { throw located(error) }
            try waitForMore()
            return false
        }
    }

    /// Reads what is left after the last byte arrived and answers the envelope: a JSON object of the output's members,
    /// those in headers included, without the listed resources.
    package mutating func finish(status: Int, headers: HTTPHeaders) throws(WireError) -> [UInt8] {
        worthwhile = 0
        switch body {
        case .none: envelope.append("{}")
        case .text(let member): try finishText(member)
        default:
            guard try drained() else { throw .truncated }
        }
        HeaderMembers.append(of: operation, plan: plan, status: status, headers: headers, to: &envelope)
        return envelope.bytes()
    }

    // MARK: Private

    private var envelopeStable: Int {
        xml?.state.envelopeStable ?? json?.state.envelopeStable ?? 0
    }

    private mutating func advance(
        _ bytes: Span<UInt8>, _ document: inout ByteBuffer
    ) throws(WireError) -> Bool {
        if let found = try xml?.advance(bytes, &position, &document, &envelope) { return found }
        if let found = try json?.advance(bytes, &position, &document, &envelope) { return found }
        switch body {
        case .text:
            guard bytes.count <= WireLimits.resourceSizeInBytes else {
                throw .tooLarge(limit: WireLimits.resourceSizeInBytes)
            }
            return false
        case .document, .none:
            position = bytes.count
            return false
        }
    }

    /// Beyond this an unfinished value is tried again only when it has doubled, so that one huge resource that arrives in
    /// many chunks is not read from its start each time.
    private static let doublingThreshold = 256 << 10

    private mutating func waitForMore() throws(WireError) {
        let unread = pending.count - position
        guard unread <= WireLimits.resourceSizeInBytes else { throw .tooLarge(limit: WireLimits.resourceSizeInBytes) }
        let limit = listsResources ? WireLimits.envelopeSizeInBytes : WireLimits.resourceSizeInBytes
        guard envelope.count <= limit else { throw .tooLarge(limit: limit) }
        worthwhile =
            unread > Self.doublingThreshold ? min(unread * 2, WireLimits.resourceSizeInBytes + 1) : 0
    }

    private mutating func drained() throws(WireError) -> Bool {
        var rest = ByteBuffer(capacity: 16)
        let found = try next(into: &rest)
        guard !found else { throw .malformed(offset: consumed + position, reason: "a resource was left unread") }
        guard let isDone = xml?.state.isDone ?? json?.state.isDone else { return true }
        return isDone || isEmptyOutput()
    }

    /// Services may answer an empty output with no bytes at all. Where resources are listed this is no answer: nothing
    /// may be taken for gone on the word of an empty body.
    private mutating func isEmptyOutput() -> Bool {
        guard !listsResources, consumed == 0, pending.isEmpty else { return false }
        envelope.truncate(to: 0)
        envelope.append("{}")
        return true
    }

    private mutating func finishText(_ member: String) throws(WireError) {
        envelope.append(UInt8(ascii: "{"))
        envelope.append(JSONValue.string(member).serialized)
        envelope.append(UInt8(ascii: ":"))
        envelope.append(JSONValue.string(String(decoding: pending, as: UTF8.self)).serialized)
        envelope.append(UInt8(ascii: "}"))
        position = pending.count
    }

    private func located(_ error: WireError) -> WireError {
        guard case .malformed(let offset, let reason) = error else { return error }
        return .malformed(offset: consumed + offset, reason: reason)
    }
}
