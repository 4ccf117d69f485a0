import JSON

/// What a selector picks, as an input for a call.
enum SelectorValue {
    /// The first part's first alternative that is present; `item` and `detail` are documents.
    static func of(
        _ selector: ResourceType.Selector, item: [UInt8], detail: [UInt8]?, _ context: ItemContext
    ) -> JSONValue? {
        for path in selector.parts.first ?? [] {
            let document: [UInt8]?
            switch path.origin {
            case .item: document = item
            case .detail: document = detail
            case .ancestor(let levels): document = context.ancestor(levels)?.document
            case .input: document = context.input.serialized
            }
            guard let document,
                let range = DocumentScanner.value(at: path.members.map { Array($0.utf8) }, of: document.span),
                let value = try? JSONValue.parse(document[range])
            else { continue }
            guard path.lastSegment, let text = value.string, let slash = text.lastIndex(of: "/") else { return value }
            return .string(String(text[text.index(after: slash)...]))
        }
        return nil
    }
}

/// `{account}` in constant inputs.
enum AccountPlaceholder {
    static func fill(_ value: JSONValue, account: String) -> JSONValue {
        switch value {
        case .string(let text): .string(text.substituting("{account}", with: account))
        case .array(let elements): .array(elements.map { fill($0, account: account) })
        case .object(let members): .object(members.map { .init($0.key, fill($0.value, account: account)) })
        default: value
        }
    }
}

/// Error codes that say that the thing asked about is not there (any more).
enum NotFound {
    static func matches(_ code: String) -> Bool {
        code.hasPrefix("NoSuch") || code.hasSuffix("NotFound") || code.hasSuffix("NotFoundException")
            || code.hasSuffix("NotFoundFault") || code.hasSuffix("NonExistentQueue")
            || code.hasSuffix("QueueDoesNotExist")
    }
}

extension ResourceType.ConstantInput {
    /// The members to send in an account.
    package func filled(account: String) -> JSONValue { AccountPlaceholder.fill(members, account: account) }
}
