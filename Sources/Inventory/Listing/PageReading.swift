import AWS
import JSON

/// Reads the body of one page: resources to the consumer, or into memory where follow-up calls must complete them.
///
/// A page that breaks in the middle is asked for again and read from its start; what is handed out twice has the same key,
/// and the consumer is told that the page starts again.
struct PageReading {
    private let reader: TypeReader
    private let context: ItemContext
    private let keepsItems: Bool
    private(set) var items: [[UInt8]] = []
    private var isRestart = false
    /// Set when the consumer, not the reply, ended the page.
    private(set) var consumerFailure: ListingFailure?

    init(reader: TypeReader, context: ItemContext, keepsItems: Bool) {
        self.reader = reader
        self.context = context
        self.keepsItems = keepsItems
    }

    /// Answers the envelope.
    mutating func read(
        _ reply: HTTPReply, _ call: AWSCall, items steps: [[String]], handsOut: Bool,
        into consumer: inout some ListingConsumer
    ) async throws(AWSCallError) -> [UInt8] {
        var decoder = ReplyDecoder(plan: call.service.plan, operation: call.operation, items: steps)
        var document = ByteBuffer(capacity: 8192)
        var finisher = Finisher(reader: reader, context: context)
        items = []
        if handsOut { consumer.beginPage(isRestart: isRestart) }
        isRestart = true
        do {
            var spent: [UInt8] = []
            while let chunk = try await reply.body.next(after: spent) {
                spent = decoder.feed(chunk)
                while true {
                    document.truncate(to: 0)
                    guard try decoder.next(into: &document) else { break }
                    if keepsItems { items.append(document.bytes()) }
                    guard handsOut else { continue }
                    guard document.span[0] != UInt8(ascii: "\"") else {
                        let item = document.bytes()
                        let whole = BareItem.document(item, type: reader.type)
                        try finisher.handOut(
                            item: item.span, document: whole.span, isIncomplete: false, to: &consumer)
                        continue
                    }
                    try finisher.handOut(document.span, to: &consumer)
                }
                if handsOut { try await consumer.flush() }
            }
            return try decoder.finish(status: reply.status, headers: reply.headers)
        } catch let error as HTTPError {
            throw .transport(error)
        } catch let error as WireError {
            throw .reply(error)
        } catch let error as ListingFailure {
            consumerFailure = error
            throw .cancelled
        } catch {
            throw .cancelled
        }
    }
}

/// The last step of every resource: name, redact, digest, hand out. Keeps its buffers from one resource to the next.
struct Finisher: ~Copyable {
    private let reader: TypeReader
    private let context: ItemContext
    private var id = ByteBuffer(capacity: 128)
    private var key = ByteBuffer(capacity: 256)
    private var finished = ByteBuffer(capacity: 16)
    /// Where the members of the document at hand stand.
    private var places: [MemberPlace] = []

    init(reader: TypeReader, context: ItemContext) {
        self.reader = reader
        self.context = context
    }

    /// Hands out a resource whose document is the reply's item as it came.
    mutating func handOut(
        _ document: Span<UInt8>, to consumer: inout some ListingConsumer
    ) throws(ListingFailure) {
        guard !reader.redacts else {
            return try handOut(item: document, document: document, isIncomplete: false, to: &consumer)
        }
        let digest = reader.digest(of: document, noting: &places)
        try Self.name(&id, &key, document, document, places, reader, context)
        try consumer.accept(
            CollectedResource(
                key: key.span, id: id.span, document: IndexedDocument(document, places: places.span),
                item: IndexedDocument(document, places: places.span), digest: digest, isIncomplete: false),
            reader: reader, context: context)
    }

    /// Hands out a resource made from `item`; its values that must not be stored are replaced here.
    mutating func handOut(
        item: Span<UInt8>, document: Span<UInt8>, isIncomplete: Bool, to consumer: inout some ListingConsumer
    ) throws(ListingFailure) {
        try Self.name(&id, &key, item, document, [], reader, context)
        finished.truncate(to: 0)
        if reader.redacts {
            DocumentEditor.redact(document, rules: reader.rules, into: &finished)
        } else {
            finished.append(document)
        }
        let digest = Self.digest(finished, noting: &places, reader)
        try consumer.accept(
            CollectedResource(
                key: key.span, id: id.span, document: IndexedDocument(finished.span, places: places.span),
                item: IndexedDocument(item), digest: digest, isIncomplete: isIncomplete),
            reader: reader, context: context)
    }

    private static func digest(
        _ document: borrowing ByteBuffer, noting places: inout [MemberPlace], _ reader: TypeReader
    ) -> Digest {
        reader.digest(of: document.span, noting: &places)
    }

    /// Tells the resource's identifier and key; `places` are those of both documents, or none.
    private static func name(
        _ id: inout ByteBuffer, _ key: inout ByteBuffer, _ item: Span<UInt8>, _ document: Span<UInt8>,
        _ places: [MemberPlace], _ reader: TypeReader, _ context: ItemContext
    ) throws(ListingFailure) {
        let item = IndexedDocument(item, places: places.span)
        let document = IndexedDocument(document, places: places.span)
        id.truncate(to: 0)
        guard reader.appendID(item, document, context, to: &id) else {
            throw ListingFailure(
                outcome: .failed,
                error: ListingError(
                    operation: reader.type.operation, code: "MissingIdentifier",
                    message: "a resource of \(reader.type.name) came without its identifier"))
        }
        key.truncate(to: 0)
        reader.appendKey(id: id.span, item, document, context, to: &key)
    }
}
