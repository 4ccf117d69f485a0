import JSON

/// One `Allow` statement of an identity policy
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html).
package struct IAMStatement: Sendable, Equatable {
    /// Letters and digits; unique within a document.
    package var id: String
    /// Sorted, each once.
    package var actions: [String]
    /// ARNs; `*` alone for actions without resources.
    package var resources: [String]
    /// Operator, key and values as the policy has them.
    package var condition: JSONValue?

    package init(id: String, actions: some Sequence<String>, resources: [String] = ["*"], condition: JSONValue? = nil) {
        self.id = id
        self.actions = Set(actions).sorted()
        self.resources = resources
        self.condition = condition
    }

    /// The statement as a policy holds it.
    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("Sid", .string(id)), .init("Effect", "Allow"), .init("Action", .array(actions.map(JSONValue.string))),
            .init("Resource", resources.count == 1 ? .string(resources[0]) : .array(resources.map(JSONValue.string))),
        ]
        if let condition { members.append(.init("Condition", condition)) }
        return .object(members)
    }
}
