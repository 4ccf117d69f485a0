import JSON

/// Which IAM actions a service's operations need.
package struct ServicePermissions: Sendable, Equatable {
    /// The service's name in IAM: `elasticloadbalancing` for `elbv2`.
    package var prefix: String
    /// Operations whose action is not `prefix:Operation`: `ListBuckets` needs `s3:ListAllMyBuckets`.
    package var exceptions: [String: String]
    /// Operations whose action no reference of IAM has: it is named after the operation on trust.
    package var guessed: Set<String>

    package init(prefix: String, exceptions: [String: String] = [:], guessed: Set<String> = []) {
        self.prefix = prefix
        self.exceptions = exceptions
        self.guessed = guessed
    }

    /// The action that a call of the operation needs.
    package func action(_ operation: String) -> String { exceptions[operation] ?? "\(prefix):\(operation)" }
}

extension ServicePermissions {
    /// Reads the member `iam` of a service file; without one, actions carry the signing name and are all guesses.
    init(json: JSONValue?, signingName: String, operations: some Sequence<String>) {
        guard let json else {
            self.init(prefix: signingName, guessed: Set(operations))
            return
        }
        var exceptions: [String: String] = [:]
        for member in json["actions"]?.members ?? [] { exceptions[member.key] = member.value.string }
        self.init(
            prefix: json["prefix"]?.string ?? signingName, exceptions: exceptions,
            guessed: Set(json["guessed"]?.strings ?? []))
    }
}

extension CatalogueService {
    /// The actions of one of the type's calls. Where an operator's entry does not name the known one among its actions,
    /// all that it names.
    package func actions(of operation: String, in type: ResourceType) -> [String] {
        let known = permissions.action(operation)
        return type.actions.isEmpty || type.actions.contains(known) ? [known] : type.actions
    }

    /// The type's actions that are guesses, sorted.
    package func guessedActions(of type: ResourceType) -> [String] {
        let calls = [type.operation] + type.followUps.map(\.operation)
        let guessed = calls.filter(permissions.guessed.contains).map(permissions.action)
        return Set(guessed).intersection(type.actions).sorted()
    }
}

extension ResourceType {
    /// The calls made for each resource or batch of them: the detail's, then the enrichments'.
    package var followUps: [FollowUp] { (detail.map { [$0] } ?? []) + enrichments }
}
