/// The external id of a role. AWS does not call it a secret, but it has no place in logs: its description is `****`.
struct ExternalID: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let value: String

    var description: String { "****" }
    var debugDescription: String { "****" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
