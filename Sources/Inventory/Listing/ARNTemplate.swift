import AWS
import JSON

/// Fills `arn:{partition}:ec2:{region}:{account}:vpc/{id}` and the like.
enum ARNTemplate {
    /// `nil` when a member that the template names is missing.
    static func fill(
        _ template: String, id: String, document: Span<UInt8>, item: Span<UInt8>, context: ItemContext
    ) -> String? {
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let place = rest[rest.index(after: open)..<close]
            switch place {
            case "partition": result += context.partition
            case "region": result += context.region
            case "account": result += context.scope.account
            case "id": result += id
            case "id/": result += id.split(separator: "/").last.map(String.init) ?? id
            case "id-": result += withoutFirstSegment(id)
            case "^id":
                guard let parent = context.parent else { return nil }
                result += parent.id
            default:
                guard place.first == ".", let value = member(place.dropFirst(), document, item) else { return nil }
                result += value
            }
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }

    private static func member(_ name: Substring, _ document: Span<UInt8>, _ item: Span<UInt8>) -> String? {
        let path = name.split(separator: ".").map { Array($0.utf8) }
        var text = ByteBuffer(capacity: 64)
        guard DocumentText.append(path, of: document, to: &text) || DocumentText.append(path, of: item, to: &text)
        else { return nil }
        return String(decoding: text.bytes(), as: UTF8.self)
    }

    /// `/hostedzone/Z1` is `hostedzone/Z1` in its ARN.
    private static func withoutFirstSegment(_ id: String) -> String {
        id.hasPrefix("/") ? String(id.dropFirst()) : id
    }
}
