/// One option of the daemon's command line: for parsing, help and the manual page.
struct ProgramOption: Sendable {
    /// What the program is to do; the last option that says something counts.
    enum Task: Sendable, Equatable {
        case serve, once, checkConfiguration, showConfiguration, dumpDefaults, version, help
        /// Print a manual page of this name.
        case manual(String)
    }

    enum Effect: Sendable {
        case task(Task)
        /// Takes the configuration file's path.
        case file
        /// Takes a page's name.
        case manual
    }

    /// With its dashes.
    let name: String
    let placeholder: String?
    let help: String
    let effect: Effect

    static let all: [ProgramOption] = [
        .init("--config", "FILE", help: "read FILE and FILE.d/*.conf instead of the system's files", .file),
        .init(
            "--check-config", help: "check the configuration and exit: 0 when it is valid, 6 when not",
            .task(.checkConfiguration)),
        .init(
            "--show-config", help: "print the configuration in force, with the origin of each value",
            .task(.showConfiguration)),
        .init(
            "--dump-defaults", help: "print a configuration file of all defaults, with comments", .task(.dumpDefaults)),
        .init("--once", help: "refresh everything once, without a control socket, and exit", .task(.once)),
        .init(
            "--manual", "PAGE", help: "print \(ManualPages.names.joined(separator: " or ")), as man(1) reads it",
            .manual),
        .init("--version", help: "print the version", .task(.version)),
        .init("--help", help: "print this text", .task(.help)),
    ]

    /// `--config FILE`.
    var form: String { placeholder.map { "\(name) \($0)" } ?? name }

    private init(_ name: String, _ placeholder: String? = nil, help: String, _ effect: Effect) {
        self.name = name
        self.placeholder = placeholder
        self.help = help
        self.effect = effect
    }
}

/// A command line that was understood.
struct ProgramArguments: Sendable, Equatable {
    var task = ProgramOption.Task.serve
    /// The configuration file; `nil` for the system's.
    var file: String?

    /// What is wrong with the command line.
    struct Mistake: Error, Equatable {
        let text: String
    }

    init(_ words: [String]) throws(Mistake) {
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let name = word == "-h" ? "--help" : parts.first ?? ""
            guard let option = ProgramOption.all.first(where: { $0.name == name }) else {
                throw Mistake(text: "unknown argument \(word)")
            }
            guard let placeholder = option.placeholder else {
                guard parts.count == 1 else { throw Mistake(text: "\(name) takes no value") }
                if case .task(let task) = option.effect { self.task = task }
                continue
            }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty else {
                throw Mistake(text: "\(name) needs a value: \(placeholder)")
            }
            try take(value, of: option)
        }
    }

    private mutating func take(_ value: String, of option: ProgramOption) throws(Mistake) {
        switch option.effect {
        case .file: file = value
        case .manual:
            guard ManualPages.names.contains(value) else {
                throw Mistake(
                    text: "\(option.name): there is no page \(value), only \(ManualPages.names.joined(separator: ", "))"
                )
            }
            task = .manual(value)
        case .task: break
        }
    }
}
