import Testing

@testable import collectorctl

@Suite("Help")
struct HelpTests {
    private let help = HelpText(verbs: VerbTable.all)

    @Test("The overview tells every verb, common option, variable and exit code")
    func overview() {
        for verb in VerbTable.all { #expect(help.overview.contains("  \(verb.name)"), "\(verb.name)") }
        for option in CommonOptions.all { #expect(help.overview.contains("--\(option.name)"), "\(option.name)") }
        for variable in CommonOptions.environment { #expect(help.overview.contains(variable.name)) }
        for code in ExitCode.allCases { #expect(help.overview.contains(" \(code.rawValue)  "), "\(code)") }
    }

    @Test("The page of a verb tells all of its options, exit codes and examples", arguments: VerbTable.all.map(\.name))
    func page(name: String) throws {
        let verb = try #require(VerbTable.all.first { $0.name == name })
        let page = try help.page(for: name.split(separator: " ").map(String.init))
        #expect(page.hasPrefix("usage: collectorctl \(verb.usage)\n"))
        for option in verb.allOptions {
            #expect(page.contains("--\(option.name)"))
            if let short = option.short { #expect(page.contains("-\(short), --\(option.name)")) }
        }
        for code in verb.exitCodes { #expect(page.contains(" \(code.rawValue)  ")) }
        for example in verb.examples { #expect(page.contains(example.command)) }
    }

    @Test("No line of help is wider than 80 cells", arguments: VerbTable.all.map(\.name))
    func width(name: String) throws {
        let verb = try #require(VerbTable.all.first { $0.name == name })
        let page = try help.page(for: name.split(separator: " ").map(String.init))
        let examples = verb.examples.map { "  \($0.command)" }
        for line in page.split(separator: "\n") where !line.hasPrefix("usage:") && !examples.contains(String(line)) {
            #expect(TerminalText.width(of: String(line)) <= 80, "\(line)")
        }
    }

    @Test("Every example is a command line that the parser takes")
    func examples() throws {
        for verb in VerbTable.all {
            for example in verb.examples where !example.command.contains("$(") && !example.command.contains("<(") {
                let command = example.command.prefix { !"|>&".contains($0) }
                let words = command.split(separator: "'", omittingEmptySubsequences: false).enumerated()
                    .flatMap {
                        $0.offset % 2 == 1 ? [String($0.element)] : $0.element.split(separator: " ").map(String.init)
                    }
                guard
                    case .run(let arguments) = try ArgumentParser(verbs: VerbTable.all).parse(Array(words.dropFirst()))
                else {
                    Issue.record("\(example.command)")
                    continue
                }
                #expect(VerbTable.all.contains { $0.name == arguments.verb.name })
            }
        }
    }

    @Test("A group is explained by its members, and an unknown topic is refused")
    func topics() throws {
        let page = try help.page(for: ["config"])
        #expect(page.contains("config check") && page.contains("config dump-defaults"))
        let error = #expect(throws: CommandFailure.self) { try help.page(for: ["lst"]) }
        #expect(error?.code == .usage)
        #expect(error?.hints == ["did you mean list?"])
    }

    @Test("Help and version are printed without a daemon")
    func program() async throws {
        let overview = try await collectorctl("--help")
        #expect(overview.code == 0)
        #expect(overview.output == help.overview)
        let page = try await collectorctl("refresh", "-h")
        #expect(page.output == (try help.page(for: ["refresh"])))
        #expect(try await collectorctl("help", "schedule", "next").code == 0)
        #expect(try await collectorctl("--version").output.hasPrefix("collectorctl "))
        let nothing = try await collectorctl()
        #expect(nothing.code == 2)
        #expect(nothing.output.isEmpty)
    }
}
