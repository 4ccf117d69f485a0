import Configuration

extension SharedConfiguration {
    /// The parser's own bound on a file.
    private static let fileLimitInBytes = 1 << 20

    /// Reads the configuration and credentials files: from the service manager's credentials directory
    /// (`$CREDENTIALS_DIRECTORY/aws-config`, `aws-credentials`) first, then those that `AWS_CONFIG_FILE` and
    /// `AWS_SHARED_CREDENTIALS_FILE` name, by default `~/.aws/config` and `~/.aws/credentials`. A profile is taken
    /// whole from the first file of its kind that has it. Missing files are fine; `profile` overrides the environment's
    /// choice.
    ///
    /// Throws `badConfiguration` with file, line and column when a file cannot be understood.
    package static func load(
        environment: [String: String], home: String, profile: String? = nil
    ) throws(CredentialsError) -> SharedConfiguration {
        var configuration = SharedConfiguration(environment: environment, profile: profile)
        for path in paths("aws-config", "AWS_CONFIG_FILE", ".aws/config", environment, home) {
            if let document = try configuration.read(path) { configuration.addConfiguration(document) }
        }
        for path in paths("aws-credentials", "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials", environment, home) {
            if let document = try configuration.read(path) { configuration.addCredentials(document) }
        }
        configuration.mergeProfiles()
        return configuration
    }

    private static func paths(
        _ credential: String, _ variable: String, _ inHome: String, _ environment: [String: String], _ home: String
    ) -> [String] {
        let directory = environment["CREDENTIALS_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 }
        let named = environment[variable].flatMap { $0.isEmpty ? nil : expand($0, home: home) }
        let usual = named ?? "\(home)/\(inHome)"
        return (directory.map { ["\($0)/\(credential)"] } ?? []) + [usual]
    }

    /// `path` with a leading `~/` replaced by the home directory.
    static func expand(_ path: String, home: String) -> String {
        path.hasPrefix("~/") ? home + path.dropFirst(1) : path
    }

    private mutating func read(_ path: String) throws(CredentialsError) -> INIDocument? {
        switch BoundedFile.read(path, limit: Self.fileLimitInBytes) {
        case .absent:
            filesTried.append("\(path): no such file")
            return nil
        case .unreadable(let reason):
            filesTried.append("\(path): \(reason)")
            return nil
        case .bytes(let bytes):
            filesTried.append("\(path): read")
            do {
                return try INIDocument(parsing: bytes, file: path, dialect: .aws)
            } catch {
                throw CredentialsError(kind: .badConfiguration, message: "\(error)")
            }
        }
    }

    private mutating func addConfiguration(_ document: INIDocument) {
        var found: [String: Settings] = [:]
        for section in document.sections {
            if section.name == "default" {
                found["default"] = section.settings
                continue
            }
            guard let words = CommandLineWords.split(section.name), words.count == 2 else { continue }
            switch words[0] {
            case "profile": found[words[1]] = section.settings
            case "sso-session": sessions.addIfAbsent(words[1], section.settings)
            case "services": services.addIfAbsent(words[1], section.settings)
            default: continue
            }
        }
        for (name, settings) in found { configurationProfiles.addIfAbsent(name, settings) }
    }

    private mutating func addCredentials(_ document: INIDocument) {
        for section in document.sections { credentialsProfiles.addIfAbsent(section.name, section.settings) }
    }

    private mutating func mergeProfiles() {
        profiles = configurationProfiles
        for (name, settings) in credentialsProfiles {
            profiles[name, default: [:]].merge(settings) { _, fromCredentials in fromCredentials }
        }
    }
}

extension INISection {
    fileprivate var settings: SharedConfiguration.Settings {
        Dictionary(entries.map { ($0.key, $0.value) }) { _, last in last }
    }
}

extension Dictionary {
    fileprivate mutating func addIfAbsent(_ key: Key, _ value: Value) {
        if self[key] == nil { self[key] = value }
    }
}
