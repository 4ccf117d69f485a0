/// Why a part of the catalogue cannot be used.
package enum CatalogueError: Error, Sendable, Equatable, CustomStringConvertible {
    /// An entry of a file is not as the format demands. Built-in files never are; an operator's may be.
    case malformed(file: String, entry: String, reason: String)
    /// No service of that name; with the name that was probably meant.
    case unknownService(String, suggestion: String?)
    /// A word of a selection that names nothing; with the one that was probably meant.
    case unknownWord(String, suggestion: String?)

    package var description: String {
        switch self {
        case .malformed(let file, let entry, let reason):
            entry.isEmpty ? "\(file): \(reason)" : "\(file): \(entry): \(reason)"
        case .unknownService(let name, let suggestion): "no service \"\(name)\"\(Self.hint(suggestion))"
        case .unknownWord(let word, let suggestion):
            "\"\(word)\" names no group, service or resource type\(Self.hint(suggestion))"
        }
    }

    private static func hint(_ suggestion: String?) -> String { suggestion.map { "; did you mean \"\($0)\"?" } ?? "" }
}

/// A mistake in an operator's file: that entry is left out, everything else holds.
package struct CatalogueProblem: Sendable, Equatable, CustomStringConvertible {
    package var file: String
    /// `services.lambda.types.function.enrichments[0]`; empty when the whole file cannot be read.
    package var entry: String
    package var reason: String

    package init(file: String, entry: String, reason: String) {
        self.file = file
        self.entry = entry
        self.reason = reason
    }

    package var description: String { entry.isEmpty ? "\(file): \(reason)" : "\(file): \(entry): \(reason)" }
}
