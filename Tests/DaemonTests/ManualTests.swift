import Telemetry
import Testing

@testable import inventory_collectord

@Suite("Manual pages of the daemon")
struct ManualTests {
    /// As the page writes it: hyphens that can be copied.
    private func typed(_ text: String) -> String {
        text.split(separator: "-", omittingEmptySubsequences: false).joined(separator: "\\-")
    }

    @Test("inventory-collectord(8) documents every option, exit code, journal field and message")
    func daemon() {
        let page = ManualPages.text(of: "inventory-collectord.8")
        for option in ProgramOption.all { #expect(page.contains("\\fB\(typed(option.name))\\fR"), "\(option.name)") }
        for (code, meaning) in Program.Exit.meanings { #expect(page.contains("\\fB\(code)\\fR\n"), "\(meaning)") }
        for field in LogField.allCases { #expect(page.contains("\\fB\(field.rawValue)=\\fR\n"), "\(field)") }
        for id in MessageID.allCases { #expect(page.contains("\\fB\(id.rawValue)\\fR\n"), "\(id)") }
    }

    @Test("collectord.conf(5) documents every section and key")
    func configuration() {
        let page = ManualPages.text(of: "collectord.conf.5")
        for section in ConfigurationSchema.sections {
            #expect(page.contains(".SH \"\(section.kind.exampleHeader)\"\n"))
            for setting in section.settings {
                #expect(page.contains(".TP\n\\fB\(setting.key)=\\fR\n"), "\(setting.key)")
            }
        }
    }
}

@Suite("The daemon's command line")
struct ProgramArgumentsTests {
    @Test(
        "options are understood in every form, the last task counts",
        arguments: [
            (["--config", "a", "--once"], ProgramOption.Task.once, "a"), (["--config=b=c"], .serve, "b=c"),
            (["--once", "--check-config"], .checkConfiguration, nil), (["-h"], .help, nil),
            (["--manual", "collectord.conf.5"], .manual("collectord.conf.5"), nil),
        ] as [([String], ProgramOption.Task, String?)])
    func understood(words: [String], task: ProgramOption.Task, file: String?) throws {
        let arguments = try ProgramArguments(words)
        #expect(arguments.task == task && arguments.file == file)
    }

    @Test(
        "what is not understood is told",
        arguments: [
            (["--what"], "unknown argument --what"), (["word"], "unknown argument word"),
            (["--config"], "--config needs a value: FILE"), (["--config="], "--config needs a value: FILE"),
            (["--once=yes"], "--once takes no value"), (["--manual", "x.1"], "--manual: there is no page x.1"),
        ])
    func refused(words: [String], text: String) {
        let mistake = #expect(throws: ProgramArguments.Mistake.self) { try ProgramArguments(words) }
        #expect(mistake?.text.hasPrefix(text) == true)
    }
}
