import Configuration

/// The errors about names: what is unknown, and what may have been meant.
extension ConfigurationMerger {
    func unknownSection(_ section: INISection, word: String) -> ConfigurationError {
        let known = SectionKind.allCases
        let near = Spelling.closest(to: word, in: known.map(\.rawValue)).flatMap(SectionKind.init(rawValue:))
        let all = known.map(\.exampleHeader).joined(separator: " ")
        return ConfigurationError(
            "unknown section [\(section.name)]", at: section.position,
            suggestion: near.map { "did you mean \($0.exampleHeader)?" } ?? "the sections are \(all)")
    }

    func unknownKey(_ entry: INIEntry, title: String, keys: [String]) -> ConfigurationError {
        var suggestion = Spelling.closest(to: entry.key, in: keys).map { "did you mean \($0)=?" }
        if suggestion == nil {
            let home = ConfigurationSchema.sections.first { $0.settings.contains { $0.key == entry.key } }
            suggestion = home.map { "\(entry.key)= belongs in \($0.kind.exampleHeader)" }
        }
        return ConfigurationError(
            "unknown key \(entry.key)= in [\(title)]", at: entry.keyPosition,
            suggestion: suggestion ?? "the keys are \(keys.map { "\($0)=" }.joined(separator: " "))")
    }

    /// What is wrong with the argument of a section's header; `error` points into the argument.
    func nameError(_ error: ValueError, of section: INISection, argument: String) -> ConfigurationError {
        let start = section.name.unicodeScalars.count - argument.unicodeScalars.count
        return ConfigurationError(
            "[\(section.name)]: \(error.message)", at: section.position.advanced(by: start + error.offset),
            suggestion: error.suggestion)
    }
}
