import JSON

/// An identity policy of IAM.
package struct IAMPolicy: Sendable, Equatable {
    package private(set) var statements: [IAMStatement]

    /// IAM's bound of a managed policy, in characters without white space
    /// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
    package static let managedLimit = 6_144
    /// The same page's bound of all inline policies of a role together.
    package static let inlineLimit = 10_240
    /// The same page's default of managed policies attached to a role.
    package static let attachedLimit = 10

    package init(_ statements: [IAMStatement]) { self.statements = statements }

    package var document: JSONValue {
        .object([.init("Version", "2012-10-17"), .init("Statement", .array(statements.map(\.json)))])
    }

    /// The size as IAM counts it. No value of ours holds white space, so that the compact text is what counts.
    package var characters: Int { document.text.unicodeScalars.count }

    /// Policies of at most `limit` characters that allow the same together.
    ///
    /// Actions stay in their order; a statement that does not fit is cut between two of them. One action and its
    /// statement's resources are never parted, so that a limit smaller than that is exceeded.
    package func split(limit: Int) -> [IAMPolicy] {
        guard characters > limit else { return [self] }
        let frame = IAMPolicy([]).characters
        var finished: [IAMPolicy] = []
        var current: [IAMStatement] = []
        var size = frame
        for statement in statements {
            var open = statement
            open.actions = []
            // A comma in front of each but the first is counted for all: two characters too many at most.
            let overhead = open.json.text.unicodeScalars.count + 1
            var isOpen = false
            for action in statement.actions {
                let needed = action.unicodeScalars.count + 3
                if size + needed + (isOpen ? 0 : overhead) > limit, size > frame {
                    if isOpen { current.append(open) }
                    finished.append(IAMPolicy(current))
                    (current, size, isOpen) = ([], frame, false)
                    open.actions = []
                }
                if !isOpen {
                    size += overhead
                    isOpen = true
                }
                open.actions.append(action)
                size += needed
            }
            if isOpen { current.append(open) }
        }
        if !current.isEmpty { finished.append(IAMPolicy(current)) }
        return finished
    }
}
