/// The completion script for zsh.
struct ZshCompletion {
    let verbs: [Verb]

    var script: String {
        let table = CompletionTable(verbs: verbs)
        var lines = [
            "#compdef collectorctl",
            "# zsh completion of collectorctl; made by collectorctl completion zsh",
            "",
            "_collectorctl_words() {",
            "    local -a found",
            "    found=(${(f)\"$(eval $1)\"})",
            "    compadd -a found",
            "}",
            "",
            "_collectorctl() {",
            "    local context state line curcontext=\"$curcontext\"",
            "    local -A opt_args",
            "    _arguments -C \\",
        ]
        lines += CommonOptions.all.flatMap(argument).map { "        \($0) \\" }
        lines += ["        '1: :->verb' '*:: :->rest'", "    case $state in", "    verb)"]
        lines += describe("verbs", table.firstWords, indent: "        ") + ["        ;;", "    rest)"]
        lines.append("        case $words[1] in")
        for verb in verbs where !verb.name.contains(" ") { lines += branch(verb, verb.name, indent: "        ", table) }
        for group in table.groups {
            lines += ["        \(group))", "            if ((CURRENT == 2)); then"]
            lines += describe("members", table.secondWords(of: group), indent: "                ")
            lines += [
                "            else", "                shift words; ((CURRENT--))", "                case $words[1] in",
            ]
            for verb in verbs where verb.name.hasPrefix(group + " ") {
                lines += branch(verb, String(verb.name.dropFirst(group.count + 1)), indent: "                ", table)
            }
            lines += ["                esac", "            fi ;;"]
        }
        lines += ["        esac ;;", "    esac", "}", ""]
        lines += [
            "if [[ $funcstack[1] == _collectorctl ]]; then _collectorctl \"$@\"; else compdef _collectorctl collectorctl; fi"
        ]
        return lines.map { $0 + "\n" }.joined()
    }

    private func describe(_ name: String, _ words: [(name: String, help: String)], indent: String) -> [String] {
        let items = words.map { "\(indent)    \(quoted("\(escaped($0.name)):\($0.help)"))" }
        return ["\(indent)local -a \(name)", "\(indent)\(name)=("] + items
            + ["\(indent))", "\(indent)_describe verb \(name)"]
    }

    private func branch(_ verb: Verb, _ word: String, indent: String, _ table: CompletionTable) -> [String] {
        var arguments = verb.allOptions.flatMap(argument)
        for operand in verb.operands {
            let place = operand.repeats ? "*" : operand.isRequired ? "" : ":"
            let words =
                operand.kind == .verb
                ? ":(\(table.firstWords.map(\.name).joined(separator: " ")))" : action(operand.kind)
            arguments.append(quoted("\(place == "*" ? "*" : place):\(escaped(operand.placeholder))\(words)"))
        }
        let body = arguments.map { "\(indent)        \($0)" }.joined(separator: " \\\n")
        return ["\(indent)\(word))", "\(indent)    _arguments \\", body, "\(indent)    ;;"]
    }

    /// `'--output[the form]:VALUE:(table wide)'`, once for each of its names.
    private func argument(_ option: Option) -> [String] {
        let repeats = option.repeats ? "*" : ""
        let help = "[\(escaped(option.help).writing("]", as: "\\]").writing("[", as: "\\["))]"
        let value = option.placeholder.map { ":\(escaped($0))\(action(option.kind))" } ?? ""
        var forms = [quoted("\(repeats)--\(option.name)\(option.takesValue ? "=" : "")\(help)\(value)")]
        if let short = option.short {
            forms.append(quoted("\(repeats)-\(short)\(option.takesValue ? "+" : "")\(help)\(value)"))
        }
        return forms
    }

    private func action(_ kind: ValueKind) -> String {
        switch CompletionWords(kind) {
        case .nothing: ": "
        case .files: ":_files"
        case .words(let words): ":(\(words.joined(separator: " ")))"
        case .command(let command): ":{_collectorctl_words \"\(command)\"}"
        }
    }

    private func escaped(_ text: String) -> String { text.writing(":", as: "\\:") }

    private func quoted(_ text: String) -> String { "'\(text.writing("'", as: "'\\''"))'" }
}
