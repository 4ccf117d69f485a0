/// What is wrong inside one value; `INIEntry.error(_:)` turns it into a place in the file.
package struct ValueError: Error, Sendable, Equatable {
    /// From 0, in Unicode scalars of the value.
    package var offset: Int
    package var message: String
    package var suggestion: String?

    package init(_ message: String, at offset: Int = 0, suggestion: String? = nil) {
        self.message = message
        self.offset = offset
        self.suggestion = suggestion
    }

    /// The same error seen from a value in which this one begins at `start`.
    package func shifted(by start: Int) -> ValueError {
        ValueError(message, at: offset + start, suggestion: suggestion)
    }
}

extension INIEntry {
    /// The file's error for what is wrong in this entry's value; the key opens the message.
    package func error(_ error: ValueError) -> ConfigurationError {
        ConfigurationError(
            "\(key)=: \(error.message)", at: position(ofCharacter: error.offset), suggestion: error.suggestion)
    }
}
