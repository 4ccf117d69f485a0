import AWS
import JSON

/// `arn:{partition}:ec2:{region}:{account}:vpc/{id}` and the like, read once and filled for every resource.
struct ARNTemplate: Sendable {
    private enum Part: Sendable {
        case text(String)
        case partition, region, account, id
        /// What follows the identifier's last `/`.
        case lastSegment
        /// The identifier without the `/` it starts with: `/hostedzone/Z1` is `hostedzone/Z1` in its ARN.
        case withoutSlash
        case parentID
        case member([[UInt8]])
        /// A place that nobody can fill.
        case unknown
    }

    private let parts: [Part]

    init(_ template: String) {
        var parts: [Part] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(Self.place(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    private static func place(_ name: Substring) -> Part {
        switch name {
        case "partition": .partition
        case "region": .region
        case "account": .account
        case "id": .id
        case "id/": .lastSegment
        case "id-": .withoutSlash
        case "^id": .parentID
        default:
            name.first == "." ? .member(name.dropFirst().split(separator: ".").map { Array($0.utf8) }) : .unknown
        }
    }

    /// Appends the ARN of the resource with that identifier; `false`, with `out` as it was, when a member that the
    /// template names is missing.
    func append(
        id: Span<UInt8>, document: IndexedDocument, item: IndexedDocument, context: ItemContext,
        to out: inout ByteBuffer
    ) -> Bool {
        let start = out.count
        for part in parts where !append(part, id, document, item, context, to: &out) {
            out.truncate(to: start)
            return false
        }
        return true
    }

    private func append(
        _ part: Part, _ id: Span<UInt8>, _ document: IndexedDocument, _ item: IndexedDocument,
        _ context: ItemContext, to out: inout ByteBuffer
    ) -> Bool {
        switch part {
        case .text(let text): out.append(text)
        case .partition: out.append(context.partition)
        case .region: out.append(context.region)
        case .account: out.append(context.scope.account)
        case .id: out.append(id)
        case .lastSegment: out.append(id.extracting(Self.lastSegment(of: id)))
        case .withoutSlash:
            let start = id.count > 0 && id[0] == UInt8(ascii: "/") ? 1 : 0
            out.append(id.extracting(start..<id.count))
        case .parentID:
            guard let parent = context.parent else { return false }
            out.append(parent.id)
        case .member(let path):
            return DocumentText.append(path, of: document, to: &out) || DocumentText.append(path, of: item, to: &out)
        case .unknown: return false
        }
        return true
    }

    /// What stands between the last `/` and the end, a `/` at the very end not counted.
    private static func lastSegment(of id: Span<UInt8>) -> Range<Int> {
        var end = id.count
        while end > 0, id[end - 1] == UInt8(ascii: "/") { end -= 1 }
        guard end > 0 else { return 0..<id.count }
        var start = end
        while start > 0, id[start - 1] != UInt8(ascii: "/") { start -= 1 }
        return start..<end
    }
}
