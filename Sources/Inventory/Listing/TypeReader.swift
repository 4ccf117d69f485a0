import AWS
import JSON

/// Reads a type's documents: identifier, key, ARN, name, tags. Made once per listing from the catalogue's entry.
package struct TypeReader: Sendable {
    package let type: ResourceType
    /// Which members of the type's documents are volatile, sets, or redacted.
    package let rules: MemberRules
    private let id: [[CompiledPath]]
    private let arn: [[CompiledPath]]
    private let displayName: [[CompiledPath]]
    private let arnTemplate: ARNTemplate?
    private let hasher: DigestHasher
    /// Where tags may stand, as names in bytes.
    package let tagPaths: [[[UInt8]]]

    /// A selector's path with its member names as bytes.
    struct CompiledPath: Sendable {
        var origin: ResourceType.Selector.Origin
        var members: [[UInt8]]
        var lastSegment: Bool

        init(_ path: ResourceType.Selector.Path) {
            origin = path.origin
            members = path.members.map { Array($0.utf8) }
            lastSegment = path.lastSegment
        }
    }

    package init(type: ResourceType, redacts: Bool) {
        self.type = type
        rules = MemberRules(
            volatile: type.volatile, sets: type.sets, redactions: redacts ? type.redactions : [])
        self.redacts = rules.nodes.contains { $0.isRedacted }
        id = Self.compile(type.id)
        arn = type.arn?.selector.map(Self.compile) ?? []
        switch type.arn {
        case .template(let template), .either(_, let template): arnTemplate = ARNTemplate(template)
        case .selector, nil: arnTemplate = nil
        }
        tagPaths = type.tags.map { $0.split(separator: ".").map { Array($0.utf8) } }
        displayName = type.displayName.map(Self.compile) ?? []
        hasher = DigestHasher(rules: rules)
    }

    private static func compile(_ selector: ResourceType.Selector) -> [[CompiledPath]] {
        selector.parts.map { $0.map(CompiledPath.init) }
    }

    package func digest(of document: Span<UInt8>) -> Digest { hasher.digest(of: document) }

    /// The same of an object, and where each of its members stands.
    func digest(of document: Span<UInt8>, noting places: inout [MemberPlace]) -> Digest {
        hasher.digest(of: document, noting: &places)
    }

    /// Whether some member is to be redacted.
    let redacts: Bool

    /// Appends the identifier of `item`; `false` when the item has none. `document` is the finished one.
    func appendID(
        _ item: IndexedDocument, _ document: IndexedDocument, _ context: ItemContext, to out: inout ByteBuffer
    ) -> Bool {
        let start = out.count
        for part in id {
            let mark = out.count
            if mark > start { out.append(UInt8(ascii: "|")) }
            // A part of a composite that is absent (a record set without identifier) is left out.
            if !append(part, item, document, context, to: &out) { out.truncate(to: mark) }
        }
        return out.count > start
    }

    /// The identifier of an item whose children are listed; empty when it has none.
    func id(ofItem item: [UInt8], _ context: ItemContext) -> String {
        var id = ByteBuffer(capacity: 64)
        let document = IndexedDocument(item.span)
        _ = appendID(document, document, context, to: &id)
        return id.text
    }

    /// Appends the resource's `sk` by the type's key rule; `id` is its identifier.
    func appendKey(
        id: Span<UInt8>, _ item: IndexedDocument, _ document: IndexedDocument, _ context: ItemContext,
        to out: inout ByteBuffer
    ) {
        switch type.key {
        case .id: out.append(id)
        case .arn:
            let mark = out.count
            // Some services put a word where an ARN will be (`PendingConfirmation`).
            if append(arn.first ?? [], item, document, context, to: &out), Self.isARN(out.span, mark) { return }
            out.truncate(to: mark)
            appendQualified(id, context, to: &out)
        case .qualified: appendQualified(id, context, to: &out)
        }
    }

    private static func isARN(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        bytes.count - start > 4 && bytes[start] == UInt8(ascii: "a") && bytes[start + 1] == UInt8(ascii: "r")
            && bytes[start + 2] == UInt8(ascii: "n") && bytes[start + 3] == UInt8(ascii: ":")
    }

    private func appendQualified(_ id: Span<UInt8>, _ context: ItemContext, to out: inout ByteBuffer) {
        out.append(type.kind)
        for parent in context.parentIDs {
            out.append(UInt8(ascii: "/"))
            out.append(parent)
        }
        out.append(UInt8(ascii: "/"))
        out.append(id)
    }

    /// Appends the ARN, where the catalogue knows how to tell it; `id` is the identifier.
    private func appendARN(
        id: Span<UInt8>, _ item: IndexedDocument, _ document: IndexedDocument, _ context: ItemContext,
        to out: inout ByteBuffer
    ) -> Bool {
        let mark = out.count
        if let part = arn.first {
            if append(part, item, document, context, to: &out), Self.isARN(out.span, mark) { return true }
            out.truncate(to: mark)
        }
        return arnTemplate?.append(id: id, document: document, item: item, context: context, to: &out) ?? false
    }

    /// The ARN of a resource that is still being completed.
    func arn(item: [UInt8], document: [UInt8], _ context: ItemContext) -> String? {
        let item = IndexedDocument(item.span)
        let document = IndexedDocument(document.span)
        var id = ByteBuffer(capacity: 64)
        _ = appendID(item, document, context, to: &id)
        var text = ByteBuffer(capacity: 128)
        return appendARN(id: id.span, item, document, context, to: &text) ? text.text : nil
    }

    /// Tags, as one JSON object of strings, and ARN and name, where the catalogue knows how to tell them, of a resource that
    /// is about to be written. `text` is memory to write in.
    package func facts(
        _ resource: borrowing CollectedResource, _ context: ItemContext, in text: inout ByteBuffer
    ) -> (tags: [UInt8], arn: String?, name: String?) {
        let tags = ResourceTags(of: resource.document, paths: tagPaths, in: &text)
        text.truncate(to: 0)
        let hasARN = appendARN(id: resource.id, resource.item, resource.document, context, to: &text)
        let arn = hasARN ? text.text : nil
        if let name = tags.name, !name.isEmpty { return (tags.json, arn, name) }
        text.truncate(to: 0)
        return (tags.json, arn, appendName(resource.document, context, to: &text) ? text.text : nil)
    }

    /// Appends the human name of a resource without a `Name` tag, where the catalogue knows it.
    private func appendName(_ document: IndexedDocument, _ context: ItemContext, to text: inout ByteBuffer) -> Bool {
        guard let part = displayName.first else { return false }
        return append(part, document, document, context, to: &text)
    }

    /// Appends the text of the first alternative that is present.
    private func append(
        _ part: [CompiledPath], _ item: IndexedDocument, _ document: IndexedDocument,
        _ context: ItemContext, to out: inout ByteBuffer
    ) -> Bool {
        for path in part {
            let mark = out.count
            let found: Bool
            switch path.origin {
            case .item: found = DocumentText.append(path.members, of: item, to: &out)
            case .detail: found = DocumentText.append(path.members, of: document, to: &out)
            case .ancestor(let levels):
                guard let ancestor = context.ancestor(levels) else { continue }
                let outer = ancestor.document
                found = DocumentText.append(path.members, of: IndexedDocument(outer.span), to: &out)
            case .input:
                let input = context.input.serialized
                found = DocumentText.append(path.members, of: IndexedDocument(input.span), to: &out)
            }
            guard found else { continue }
            if path.lastSegment { keepLastSegment(from: mark, &out) }
            return true
        }
        return false
    }

    private func keepLastSegment(from mark: Int, _ out: inout ByteBuffer) {
        let text = out.bytes(mark..<out.count)
        guard let slash = text.lastIndex(of: UInt8(ascii: "/")) else { return }
        out.truncate(to: mark)
        out.append(text, slash + 1..<text.count)
    }
}

extension ItemContext {
    /// The item so many levels up; 1 is the parent.
    func ancestor(_ levels: Int) -> ParentItem? {
        var item = parent
        for _ in 1..<max(levels, 1) { item = item?.parent }
        return item
    }
}

/// Values of documents as plain text.
enum DocumentText {
    /// Appends the text at `path`: a string without its escapes, a number as it is. `false` when there is none, or it is
    /// an object or a list.
    static func append(_ path: [[UInt8]], of document: IndexedDocument, to out: inout ByteBuffer) -> Bool {
        guard let range = document.value(at: path) else { return false }
        return append(document.bytes.extracting(range), to: &out)
    }

    static func append(_ value: Span<UInt8>, to out: inout ByteBuffer) -> Bool {
        switch value[0] {
        case UInt8(ascii: "{"), UInt8(ascii: "["): return false
        case UInt8(ascii: "\""):
            let isPlain = ByteScan.first(UInt8(ascii: "\\"), in: value, from: 1) == value.count
            if isPlain { out.append(value.extracting(1..<value.count - 1)) } else { out.append(text(value)) }
            return true
        default:
            out.append(value)
            return true
        }
    }

    /// A scalar as text.
    static func text(_ value: Span<UInt8>) -> String {
        guard value[0] == UInt8(ascii: "\"") else { return DocumentCopy.string(value) }
        let isPlain = ByteScan.first(UInt8(ascii: "\\"), in: value, from: 1) == value.count
        if !isPlain, let parsed = try? JSONValue.parse(DocumentCopy.bytes(value)).string { return parsed }
        return DocumentCopy.string(value.extracting(1..<value.count - 1))
    }
}
