/// Reads command lines by the table of verbs: `--opt value`, `--opt=value`, `-o value`, `-ovalue`, `--`.
struct ArgumentParser {
    let verbs: [Verb]

    /// What a command line asks for.
    enum Request {
        case run(ParsedArguments)
        /// Help on a verb, a group of verbs, or the program when there are no words.
        case help([String])
        case version
    }

    func parse(_ arguments: [String]) throws(CommandFailure) -> Request {
        var state = State(verbs: verbs)
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if state.optionsEnded || word == "-" || !word.hasPrefix("-") {
                try state.take(word: word)
            } else if word == "--" {
                state.optionsEnded = true
            } else if word.hasPrefix("--") {
                try state.take(long: word.dropFirst(2), &rest)
            } else {
                try state.take(short: word.dropFirst(1), &rest)
            }
        }
        return try state.finish()
    }

    private struct State {
        let verbs: [Verb]
        var optionsEnded = false
        var verb: Verb?
        var names: [String] = []
        var operands: [String] = []
        var values: [String: [String]] = [:]

        var options: [Option] { verb?.allOptions ?? CommonOptions.all }

        mutating func take(word: String) throws(CommandFailure) {
            guard verb == nil else { return operands.append(word) }
            names.append(word)
            let name = names.joined(separator: " ")
            verb = verbs.first { $0.name == name }
            if verb == nil, !verbs.contains(where: { $0.name.hasPrefix(name + " ") }) { throw unknownVerb(name) }
        }

        mutating func take(long word: Substring, _ rest: inout ArraySlice<String>) throws(CommandFailure) {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let option = options.first(where: { $0.name == name }) else { throw unknownOption("--\(name)") }
            if parts.count == 2 {
                guard option.takesValue else { throw usage("--\(name) takes no value") }
                try store(String(parts[1]), for: option)
            } else {
                try store(option, &rest)
            }
        }

        mutating func take(short word: Substring, _ rest: inout ArraySlice<String>) throws(CommandFailure) {
            var letters = word
            while let letter = letters.popFirst() {
                guard let option = options.first(where: { $0.short == letter }) else {
                    throw unknownOption("-\(letter)")
                }
                guard option.takesValue, !letters.isEmpty else {
                    try store(option, &rest)
                    continue
                }
                return try store(String(letters.first == "=" ? letters.dropFirst() : letters), for: option)
            }
        }

        private mutating func store(_ option: Option, _ rest: inout ArraySlice<String>) throws(CommandFailure) {
            guard option.takesValue else {
                values[option.name] = [""]
                return
            }
            guard let value = rest.popFirst() else {
                throw usage("--\(option.name) needs a value: \(option.placeholder ?? "")")
            }
            try store(value, for: option)
        }

        private mutating func store(_ value: String, for option: Option) throws(CommandFailure) {
            if let problem = ValueCheck.problem(value, option.kind) {
                throw usage("--\(option.name): \(problem.message)", hints: problem.hints)
            }
            values[option.name, default: []].append(value)
        }

        func finish() throws(CommandFailure) -> Request {
            if values["help"] != nil { return .help(names) }
            if values["version"] != nil { return .version }
            guard let verb else { throw missingVerb() }
            if values["host"] != nil, !verb.callsDaemon {
                throw usage("\(verb.name) works on this machine alone: --host is of no use to it")
            }
            if operands.count < verb.operands.filter(\.isRequired).count {
                throw usage("\(verb.name) needs \(verb.operands[operands.count].placeholder)")
            }
            if operands.count > verb.operands.count, verb.operands.last?.repeats != true {
                throw usage("\(verb.name) takes no word \"\(operands[verb.operands.count])\"")
            }
            for (value, operand) in zip(operands, verb.operands) {
                guard let problem = ValueCheck.problem(value, operand.kind) else { continue }
                throw usage("\(operand.placeholder): \(problem.message)", hints: problem.hints)
            }
            return .run(ParsedArguments(verb: verb, operands: operands, values: values))
        }

        // MARK: Errors

        private func usage(_ message: String, hints: [String] = []) -> CommandFailure {
            let form = verb.map { "usage: collectorctl \($0.usage)" } ?? "usage: collectorctl VERB [OPTIONS]"
            return CommandFailure(.usage, message, hints: hints + [form])
        }

        private func unknownVerb(_ name: String) -> CommandFailure {
            let near = Spelling.hints(for: name, among: verbs.map(\.name))
            let list = "collectorctl help lists the verbs"
            return CommandFailure(.usage, "there is no verb \"\(name)\"", hints: near + [list])
        }

        private func missingVerb() -> CommandFailure {
            guard let group = names.first else {
                return CommandFailure(.usage, "a verb is missing", hints: ["collectorctl help lists the verbs"])
            }
            let members = verbs.map(\.name).filter { $0.hasPrefix(group + " ") }
            let words = members.map { String($0.dropFirst(group.count + 1)) }.joined(separator: "|")
            return CommandFailure(.usage, "\(group) needs \(words)", hints: members.map { "collectorctl help \($0)" })
        }

        private func unknownOption(_ word: String) -> CommandFailure {
            let near = Spelling.hints(for: word, among: options.map { "--\($0.name)" })
            if let other = verbs.first(where: { verb in verb.options.contains { "--\($0.name)" == word } }) {
                let place = verb == nil ? "goes after the verb" : "belongs to \(other.name)"
                return usage("\(word) \(verb.map { "is no option of \($0.name)" } ?? place)", hints: near)
            }
            return usage("there is no option \(word)", hints: near)
        }
    }
}
