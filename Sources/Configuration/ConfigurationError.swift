/// One thing that is wrong with a configuration file: where, what, and what to do about it.
package struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    package var position: SourcePosition
    /// What is wrong, in the operator's words. Never holds more of a value than its name needs.
    package var message: String
    /// What to do, `nil` when the message says it already.
    package var suggestion: String?

    package init(_ message: String, at position: SourcePosition, suggestion: String? = nil) {
        self.message = message
        self.position = position
        self.suggestion = suggestion
    }

    /// `file:line:column: message; suggestion`, the form that editors jump to.
    package var description: String {
        guard let suggestion else { return "\(position): \(message)" }
        return "\(position): \(message); \(suggestion)"
    }
}
