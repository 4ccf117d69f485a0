/// The completion script for fish.
struct FishCompletion {
    let verbs: [Verb]

    var script: String {
        let table = CompletionTable(verbs: verbs)
        let first = table.firstWords.map(\.name).joined(separator: " ")
        var lines = [
            "# fish completion of collectorctl; made by collectorctl completion fish",
            "complete -c collectorctl -f",
        ]
        for word in table.firstWords {
            lines.append(
                "complete -c collectorctl -n 'not __fish_seen_subcommand_from \(first)' -a \(quoted(word.name)) "
                    + "-d \(quoted(word.help))")
        }
        for group in table.groups {
            let members = table.secondWords(of: group)
            let names = members.map(\.name).joined(separator: " ")
            for member in members {
                lines.append(
                    "complete -c collectorctl -n '__fish_seen_subcommand_from \(group); "
                        + "and not __fish_seen_subcommand_from \(names)' -a \(quoted(member.name)) "
                        + "-d \(quoted(member.help))")
            }
        }
        lines += CommonOptions.all.map { option($0, condition: nil) }
        for verb in verbs { lines += branch(verb, table) }
        return lines.map { $0 + "\n" }.joined()
    }

    private func branch(_ verb: Verb, _ table: CompletionTable) -> [String] {
        let tests = verb.name.split(separator: " ").map { "__fish_seen_subcommand_from \($0)" }
        let condition = tests.joined(separator: "; and ")
        var lines = verb.options.map { option($0, condition: condition) }
        if let operand = verb.operands.first {
            let source =
                operand.kind == .verb
                ? quoted(table.firstWords.map(\.name).joined(separator: " ")) : words(operand.kind)
            if let source { lines.append("complete -c collectorctl -n '\(condition)' -a \(source)") }
        }
        return lines
    }

    private func option(_ option: Option, condition: String?) -> String {
        var line = "complete -c collectorctl"
        if let condition { line += " -n '\(condition)'" }
        if let short = option.short { line += " -s \(short)" }
        line += " -l \(option.name)"
        if option.takesValue {
            if CompletionWords(option.kind) == .files {
                line += " -r -F"
            } else {
                line += " -x" + (words(option.kind).map { " -a \($0)" } ?? "")
            }
        }
        return line + " -d \(quoted(option.help))"
    }

    private func words(_ kind: ValueKind) -> String? {
        switch CompletionWords(kind) {
        case .nothing, .files: nil
        case .words(let words): quoted(words.joined(separator: " "))
        case .command(let command): quoted("(\(Self.fish(command)))")
        }
    }

    /// fish groups with `begin … end` where other shells use braces.
    private static func fish(_ command: String) -> String {
        command.writing("{", as: "begin;").writing("}", as: "end")
    }

    private func quoted(_ text: String) -> String {
        "'\(text.writing("\\", as: "\\\\").writing("'", as: "\\'"))'"
    }
}
