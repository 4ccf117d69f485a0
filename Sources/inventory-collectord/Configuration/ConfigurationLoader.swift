import Configuration

/// Files + environment → the checked configuration. The same path at the start and at each reload.
struct ConfigurationLoader: Sendable {
    /// The file given with `--config`; `nil` looks in the system's directories.
    var file: String?
    /// Put in front of the system's directories; for tests and images.
    var root = ""
    var environment: [String: String] = [:]
    var checks: ConfigurationChecks

    /// Reads everything anew. Throws all errors at once; nothing of a wrong configuration is used.
    func load() throws(ConfigurationErrors) -> LoadedConfiguration {
        let found = ConfigurationFiles(file: file, root: root)
        let paths = found.files.map(\.path)
        var merger = ConfigurationMerger()
        for file in found.files { merger.add(file) }
        InheritedEnvironment(environment: environment).apply(to: &merger)
        merger.finish { merger, configuration in
            if configuration.schedules.isEmpty { configuration.schedules = [.implied] }
            if merger.origins[SettingID(section: SectionKind.store.rawValue, key: "Path")] == nil {
                configuration.store.path = "\(Self.trimmed(configuration.collector.stateDirectory))/inventory.db"
            }
        }
        let review = ConfigurationReview(merger, files: paths, checks: checks)
        let errors = found.errors + merger.errors + review.errors
        guard errors.isEmpty else {
            throw ConfigurationErrors(errors: Self.ordered(errors, files: paths))
        }
        return LoadedConfiguration(configuration: merger.configuration, origins: merger.origins, files: paths)
    }

    private static func trimmed(_ directory: String) -> Substring {
        var path = directory[...]
        while path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// File by file, line by line; what is in no file comes last. A wrong variable that many accounts take its value
    /// from is reported once.
    private static func ordered(_ errors: [ConfigurationError], files: [String]) -> [ConfigurationError] {
        let ranks = Dictionary(zip(files, files.indices), uniquingKeysWith: { first, _ in first })
        func key(_ error: ConfigurationError) -> (Int, Int, Int) {
            (ranks[error.position.file] ?? files.count, error.position.line, error.position.column)
        }
        var seen: Set<ConfigurationError> = []
        return errors.filter { seen.insert($0).inserted }.sorted { key($0) < key($1) }
    }
}
