/// Where the words for a value come from.
enum CompletionWords: Equatable {
    case nothing
    case files
    case words([String])
    /// A shell command that prints one word a line; silent when the daemon does not answer.
    case command(String)

    init(_ kind: ValueKind) {
        switch kind {
        case .text, .number, .duration, .assignment, .condition: self = .nothing
        case .file: self = .files
        case .choice(let words): self = .words(words)
        case .verb: self = .nothing
        case .service: self = .command("collectorctl services -o name 2>/dev/null")
        case .resourceType: self = .command("collectorctl services --types -o name 2>/dev/null")
        case .serviceOrType:
            self = .command(
                "{ collectorctl services -o name; collectorctl services --types -o name; } 2>/dev/null")
        case .account: self = .command("collectorctl accounts -o name 2>/dev/null")
        case .region:
            self = .command("collectorctl metadata --columns region --no-headers --no-pager 2>/dev/null | sort -u")
        case .run: self = .command("collectorctl runs -o name 2>/dev/null")
        }
    }
}

/// What completion needs to know of the verbs.
struct CompletionTable {
    let verbs: [Verb]

    /// First words of verbs, each once, with what to say about it.
    var firstWords: [(name: String, help: String)] {
        var seen: Set<String> = []
        return verbs.compactMap { verb in
            let first = String(verb.name.prefix { $0 != " " })
            guard seen.insert(first).inserted else { return nil }
            let members = secondWords(of: first)
            return (first, members.isEmpty ? verb.summary : members.map(\.name).joined(separator: ", "))
        }
    }

    /// Second words of a group; empty for a verb of one word.
    func secondWords(of first: String) -> [(name: String, help: String)] {
        verbs.filter { $0.name.hasPrefix(first + " ") }
            .map { (String($0.name.dropFirst(first.count + 1)), $0.summary) }
    }

    /// Groups of verbs of two words.
    var groups: [String] { firstWords.map(\.name).filter { !secondWords(of: $0).isEmpty } }
}

extension String {
    /// The text with each of one character written as something else.
    func writing(_ character: Character, as replacement: String) -> String {
        reduce(into: "") { text, next in text += next == character ? replacement : String(next) }
    }
}
