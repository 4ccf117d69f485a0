import Configuration

/// One row of the table of settings: everything that parsing, samples, suggestions and manual pages need to know
/// about a key. The default is not written twice: it is what a fresh group holds.
struct Setting<Group: SettingGroup>: Sendable {
    let key: String
    /// What a value looks like.
    let syntax: String
    /// Assignments are collected, an empty one starts anew.
    let isList: Bool
    /// One paragraph for operators.
    let explanation: String
    /// A value as one would write it; empty where the default says enough.
    let example: String
    /// The section is refused without this key.
    let isRequired: Bool
    /// ` # …` may follow the value.
    let takesComment: Bool

    /// Sets the value, or adds to it when `adding` and the setting is a list.
    let assign: @Sendable (_ group: inout Group, _ text: String, _ adding: Bool) throws(ValueError) -> Void
    /// Back to the default.
    let reset: @Sendable (_ group: inout Group) -> Void
    /// The value as one would write it; empty when unset.
    let text: @Sendable (_ group: Group) -> String

    init<Value>(
        _ key: String, _ path: WritableKeyPath<Group, Value> & Sendable, _ syntax: SettingSyntax<Value>,
        _ explanation: String, example: String = "", isRequired: Bool = false
    ) {
        self.key = key
        self.syntax = syntax.name
        self.isList = syntax.isList
        self.explanation = explanation
        self.example = example
        self.isRequired = isRequired
        self.takesComment = !syntax.isFreeText
        self.assign = { group, text, adding throws(ValueError) in
            let value = try syntax.read(text)
            group[keyPath: path] = adding ? syntax.combine(group[keyPath: path], value) : value
        }
        self.reset = { group in group[keyPath: path] = Group()[keyPath: path] }
        self.text = { group in syntax.write(group[keyPath: path]) }
    }

    /// The default as one would write it; empty when there is none.
    var defaultText: String { text(Group()) }
}
