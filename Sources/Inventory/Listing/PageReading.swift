import AWS
import JSON

/// Reads the body of one page: resources to the consumer, or into memory where follow-up calls must complete them.
///
/// A page that breaks in the middle is asked for again and read from its start; what was handed out twice is the same
/// resource with the same key.
struct PageReading {
    private let reader: TypeReader
    private let context: ItemContext
    private let keepsItems: Bool
    private(set) var items: [[UInt8]] = []
    private(set) var count = 0
    /// Set when the consumer, not the reply, ended the page.
    private(set) var consumerFailure: ListingFailure?

    init(reader: TypeReader, context: ItemContext, keepsItems: Bool) {
        self.reader = reader
        self.context = context
        self.keepsItems = keepsItems
    }

    mutating func restart() {
        items = []
        count = 0
    }

    /// Answers the envelope.
    mutating func read(
        _ reply: HTTPReply, _ call: AWSCall, items steps: [[String]], handsOut: Bool,
        into consumer: inout some ListingConsumer
    ) async throws(AWSCallError) -> [UInt8] {
        var decoder = ReplyDecoder(plan: call.service.plan, operation: call.operation, items: steps)
        var document = ByteBuffer(capacity: 8192)
        var key = ByteBuffer(capacity: 256)
        do {
            while let chunk = try await reply.body.next() {
                decoder.feed(chunk)
                while true {
                    document.truncate(to: 0)
                    guard try decoder.next(into: &document) else { break }
                    if keepsItems { items.append(document.bytes()) }
                    count += 1
                    guard handsOut else { continue }
                    guard document.span[0] != UInt8(ascii: "\"") else {
                        let item = document.bytes()
                        let whole = BareItem.document(item, type: reader.type)
                        try Finisher.handOut(
                            item: item.span, document: whole.span, isIncomplete: false, reader, context, &key,
                            &consumer)
                        continue
                    }
                    try Finisher.handOut(
                        item: document.span, document: document.span, isIncomplete: false, reader, context, &key,
                        &consumer)
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

    func parentItems() -> [ParentItem] {
        items.map { item in
            var id = ByteBuffer(capacity: 64)
            _ = reader.appendID(item.span, item.span, context, to: &id)
            return ParentItem(
                document: item, id: String(decoding: id.bytes(), as: UTF8.self), input: context.input,
                parent: context.parent)
        }
    }
}

/// The last step of every resource: redact, digest, name, hand out.
enum Finisher {
    static func handOut(
        item: Span<UInt8>, document: Span<UInt8>, isIncomplete: Bool, _ reader: TypeReader, _ context: ItemContext,
        _ key: inout ByteBuffer, _ consumer: inout some ListingConsumer
    ) throws(ListingFailure) {
        var id = ByteBuffer(capacity: 128)
        guard reader.appendID(item, document, context, to: &id) else {
            throw ListingFailure(
                outcome: .failed,
                error: ListingError(
                    operation: reader.type.operation, code: "MissingIdentifier",
                    message: "a resource of \(reader.type.name) came without its identifier"))
        }
        key.truncate(to: 0)
        reader.appendKey(id: id.span, item, document, context, to: &key)
        guard reader.redacts else {
            try consumer.accept(
                CollectedResource(
                    key: key.span, document: document, item: item, digest: reader.digest(of: document),
                    isIncomplete: isIncomplete), reader: reader, context: context)
            return
        }
        var redacted = ByteBuffer(capacity: document.count + 64)
        DocumentEditor.redact(document, rules: reader.rules, into: &redacted)
        try consumer.accept(
            CollectedResource(
                key: key.span, document: redacted.span, item: item, digest: reader.digest(of: redacted.span),
                isIncomplete: isIncomplete), reader: reader, context: context)
    }
}
