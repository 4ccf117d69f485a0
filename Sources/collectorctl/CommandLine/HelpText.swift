/// Help, made from the table of verbs.
struct HelpText {
    let verbs: [Verb]

    /// The page of the whole program.
    var overview: String {
        var lines = ["collectorctl — the inventory of your AWS accounts", "", "usage: collectorctl VERB [OPTIONS]", ""]
        lines += ["Verbs:"] + Self.pairs(verbs.map { (name: Self.form($0), help: $0.summary) })
        lines += ["", "Options of every verb:"] + Self.pairs(CommonOptions.all.map { (name: $0.form, help: $0.help) })
        lines += ["", "Environment:"] + Self.pairs(CommonOptions.environment)
        lines += ["", "Exit codes:"] + Self.exitCodes(ExitCode.allCases)
        lines += ["", "collectorctl help VERB explains a verb."]
        return Self.text(lines)
    }

    /// The page of a verb or a group of verbs; a usage error for anything else.
    func page(for words: [String]) throws(CommandFailure) -> String {
        guard !words.isEmpty else { return overview }
        let name = words.joined(separator: " ")
        if let verb = verbs.first(where: { $0.name == name }) { return Self.page(of: verb) }
        let members = verbs.filter { $0.name.hasPrefix(name + " ") }
        guard !members.isEmpty else {
            let near = Spelling.hints(for: name, among: verbs.map(\.name))
            throw CommandFailure(.usage, "there is no verb \"\(name)\"", hints: near)
        }
        let rows = Self.pairs(members.map { (name: Self.form($0), help: $0.summary) })
        return Self.text(rows + ["", "collectorctl help \(members[0].name) explains a verb."])
    }

    private static func page(of verb: Verb) -> String {
        var lines = ["usage: collectorctl \(verb.usage)", ""] + wrapped("\(verb.summary).", width: 78)
        for paragraph in verb.details { lines += [""] + wrapped(paragraph, width: 78) }
        if !verb.options.isEmpty {
            lines += ["", "Options:"] + pairs(verb.options.map { (name: $0.form, help: help(of: $0)) })
        }
        lines += ["", "Options of every verb:"] + pairs(CommonOptions.all.map { (name: $0.form, help: $0.help) })
        lines += ["", "Exit codes:"] + exitCodes([.success, .failure, .usage] + verb.exitCodes)
        if !verb.examples.isEmpty {
            lines += ["", "Examples:"]
            for example in verb.examples { lines += ["  # \(example.purpose)", "  \(example.command)"] }
        }
        return text(lines)
    }

    private static func form(_ verb: Verb) -> String {
        ([verb.name] + verb.operands.map(\.form)).joined(separator: " ")
    }

    private static func help(of option: Option) -> String {
        option.repeats ? "\(option.help); repeatable" : option.help
    }

    private static func exitCodes(_ codes: [ExitCode]) -> [String] {
        codes.sorted { $0.rawValue < $1.rawValue }.map { code in
            let number = String(code.rawValue)
            return "  \(String(repeating: " ", count: 3 - number.count))\(number)  \(code.meaning)"
        }
    }

    /// Two columns; a long name stands on a line of its own.
    private static func pairs(_ rows: [(name: String, help: String)]) -> [String] {
        let limit = 30
        let width = min(limit, rows.map(\.name.count).max() ?? 0)
        return rows.flatMap { name, help -> [String] in
            let indent = String(repeating: " ", count: width + 4)
            let lines = wrapped(help, width: 80 - indent.count)
            let rest = lines.dropFirst().map { indent + $0 }
            guard name.count <= width else { return ["  \(name)"] + lines.map { indent + $0 } }
            let space = String(repeating: " ", count: width - name.count + 2)
            return ["  \(name)\(space)\(lines.first ?? "")"] + rest
        }
    }

    private static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private static func text(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
