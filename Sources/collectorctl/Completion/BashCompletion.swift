/// The completion script for bash 4 and later; works without the package bash-completion.
struct BashCompletion {
    let verbs: [Verb]

    var script: String {
        let table = CompletionTable(verbs: verbs)
        var lines = [
            "# bash completion of collectorctl; made by collectorctl completion bash",
            "_collectorctl() {",
            "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb= word i skip=0",
            "    COMPREPLY=()",
            "    for ((i = 1; i < COMP_CWORD; i++)); do",
            "        word=${COMP_WORDS[i]}",
            "        if ((skip)); then skip=0; continue; fi",
            "        case $word in",
            "        \(valueOptions)) skip=1 ;;",
            "        -*) ;;",
            "        *)",
            "            if [[ -z $verb ]]; then verb=$word",
            "            elif [[ \(groupTest(table)) ]]; then verb=\"$verb $word\"",
            "            fi ;;",
            "        esac",
            "    done",
            "    local options= words=",
            "    case $verb in",
            "    '') options='\(names(CommonOptions.all))'; words='\(join(table.firstWords.map(\.name)))' ;;",
        ]
        for group in table.groups {
            lines.append("    \(group)) words='\(join(table.secondWords(of: group).map(\.name)))' ;;")
        }
        for verb in verbs { lines += branch(verb, table) }
        lines += [
            "    esac",
            "    if [[ $current == -* ]]; then words=$options; fi",
            "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))",
            "}",
            "complete -F _collectorctl collectorctl",
        ]
        return lines.map { $0 + "\n" }.joined()
    }

    private func branch(_ verb: Verb, _ table: CompletionTable) -> [String] {
        var lines = ["    '\(verb.name)')", "        options='\(names(verb.allOptions))'", "        case $previous in"]
        for option in verb.allOptions where option.takesValue {
            let pattern = (option.short.map { "-\($0)|" } ?? "") + "--\(option.name)"
            switch CompletionWords(option.kind) {
            case .nothing: lines.append("        \(pattern)) return ;;")
            case .files: lines.append("        \(pattern)) COMPREPLY=($(compgen -f -- \"$current\")); return ;;")
            case .words(let words):
                lines.append(
                    "        \(pattern)) COMPREPLY=($(compgen -W '\(join(words))' -- \"$current\")); return ;;")
            case .command(let command):
                lines.append(
                    "        \(pattern)) COMPREPLY=($(compgen -W \"$(\(command))\" -- \"$current\")); return ;;")
            }
        }
        lines.append("        esac")
        switch verb.operands.first.map({ CompletionWords($0.kind) }) ?? .nothing {
        case .nothing where verb.operands.first?.kind == .verb:
            lines.append("        words='\(join(table.firstWords.map(\.name)))' ;;")
        case .nothing: lines.append("        ;;")
        case .files: lines.append("        COMPREPLY=($(compgen -f -- \"$current\")) ;;")
        case .words(let words): lines.append("        words='\(join(words))' ;;")
        case .command(let command): lines.append("        [[ $current == -* ]] || words=$(\(command)) ;;")
        }
        return lines
    }

    /// Every option of any verb that takes a value, as a pattern.
    private var valueOptions: String {
        var seen: Set<String> = []
        let forms = verbs.flatMap(\.allOptions).filter(\.takesValue).flatMap { option in
            (option.short.map { ["-\($0)"] } ?? []) + ["--\(option.name)"]
        }
        return forms.filter { seen.insert($0).inserted }.joined(separator: "|")
    }

    private func groupTest(_ table: CompletionTable) -> String {
        table.groups.map { "$verb == \($0)" }.joined(separator: " || ")
    }

    private func names(_ options: [Option]) -> String { join(options.map { "--\($0.name)" }) }

    private func join(_ words: [String]) -> String { words.joined(separator: " ") }
}
