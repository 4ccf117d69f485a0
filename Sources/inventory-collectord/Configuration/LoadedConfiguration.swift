import Configuration

/// A configuration and how it came about.
struct LoadedConfiguration: Sendable, Equatable {
    var configuration: CollectorConfiguration
    /// For each value that is not the default, the assignments it was made from.
    var origins: [SettingID: [SettingOrigin]]
    /// The files that were read, in order.
    var files: [String]
}

/// Everything that is wrong with the configuration, in the order of the files and lines; never empty.
struct ConfigurationErrors: Error, Sendable, Equatable, CustomStringConvertible {
    /// More than a screen holds helps nobody; the rest is only counted.
    static let shown = 100

    let errors: [ConfigurationError]

    /// One line an error.
    var description: String {
        var lines = errors.prefix(Self.shown).map(\.description)
        if errors.count > Self.shown { lines.append("… and \(errors.count - Self.shown) errors more") }
        return lines.joined(separator: "\n")
    }
}
