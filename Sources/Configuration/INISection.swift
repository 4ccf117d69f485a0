/// A bracketed header and what stands below it, in file order.
package struct INISection: Sendable, Equatable {
    /// The text between the brackets, without the white space at its ends: `Account 111122223333`,
    /// `profile "two words"`.
    package var name: String
    /// Where `name` begins.
    package var position: SourcePosition
    package var entries: [INIEntry]

    package init(name: String, position: SourcePosition, entries: [INIEntry] = []) {
        self.name = name
        self.position = position
        self.entries = entries
    }

    /// The value of the last entry with this key: the one that counts where a key is not a list.
    package subscript(key: String) -> String? { entries.last { $0.key == key }?.value }
}
