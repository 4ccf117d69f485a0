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

    /// `nil` when a member that the template names is missing.
    func fill(id: String, document: Span<UInt8>, item: Span<UInt8>, context: ItemContext) -> String? {
        var result = ""
        for part in parts {
            switch part {
            case .text(let text): result += text
            case .partition: result += context.partition
            case .region: result += context.region
            case .account: result += context.scope.account
            case .id: result += id
            case .lastSegment: result += id.split(separator: "/").last.map(String.init) ?? id
            case .withoutSlash: result += id.hasPrefix("/") ? String(id.dropFirst()) : id
            case .parentID:
                guard let parent = context.parent else { return nil }
                result += parent.id
            case .member(let path):
                var text = ByteBuffer(capacity: 64)
                guard
                    DocumentText.append(path, of: document, to: &text)
                        || DocumentText.append(path, of: item, to: &text)
                else { return nil }
                result += String(decoding: text.bytes(), as: UTF8.self)
            case .unknown: return nil
            }
        }
        return result
    }
}
