/// A command line that was understood.
struct ParsedArguments: Sendable {
    let verb: Verb
    let operands: [String]
    /// Values by option name, in their order; a switch has one empty value.
    let values: [String: [String]]

    /// A switch was given.
    func flag(_ name: String) -> Bool { values[name] != nil }

    /// The value of an option that counts once: the last.
    func text(_ name: String) -> String? { values[name]?.last }

    /// The values of a repeatable option; `nil` when it was not given.
    func list(_ name: String) -> [String]? { values[name] }

    /// The value of a numeric option, which the parser has checked.
    func number(_ name: String) -> Int? { text(name).flatMap { Int($0) } }

    /// The value of a duration option, which the parser has checked.
    func duration(_ name: String) -> Duration? { text(name).flatMap(TimeSpan.parse) }
}
