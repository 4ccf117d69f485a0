import AWS

/// A type's rules as the catalogue's files write them, for people.
extension ResourceType.Selector {
    /// `VpcId`, `^ClusterName`, `Arn || Id`; parts of a composite are joined by ` | `.
    package var text: String {
        parts.map { $0.map(\.text).joined(separator: " || ") }.joined(separator: " | ")
    }
}

extension ResourceType.Selector.Path {
    fileprivate var text: String {
        let place = members.isEmpty ? "@" : ResourceType.text(of: members)
        let origin =
            switch self.origin {
            case .item: ""
            case .ancestor(let levels): String(repeating: "^", count: levels)
            case .detail: "%"
            case .input: "$"
            }
        return origin + place + (lastSegment ? "~" : "")
    }
}

extension ResourceType.ARNRule {
    /// The path of the ARN in the reply, or the template it is made by.
    package var text: String {
        switch self {
        case .selector(let selector): selector.text
        case .template(let template): template
        case .either(let selector, let template): "\(selector.text), else \(template)"
        }
    }
}

extension ResourceType {
    /// The path behind the `!` of a member that is excepted from a redaction; `nil` for a redaction.
    static func kept(_ path: MemberPath) -> MemberPath? {
        guard let first = path.first, first.hasPrefix("!") else { return nil }
        return [String(first.dropFirst())] + path.dropFirst()
    }

    /// `Environment.Variables[]`.
    package static func text(of path: MemberPath) -> String {
        path.reduce(into: "") { text, name in
            if !text.isEmpty, name != "[]" { text += "." }
            text += name
        }
    }
}

extension CatalogueService {
    /// The operation whose reply holds the type's tags; `nil` for a type without.
    package func tagOperation(of type: ResourceType) -> String? {
        guard let member = type.tags.first else { return nil }
        if let call = type.followUps.last(where: { $0.into == member }) { return call.operation }
        let walk = ShapeWalk(shapes: model.shapes)
        let item = model.operations[type.operation]?.output.flatMap { walk.items(type.items, in: $0) }
        let isInItem = item.map { walk.members(of: $0)[member] != nil } ?? false
        return isInItem ? type.operation : type.followUps.first { $0.into == nil }?.operation ?? type.operation
    }
}
