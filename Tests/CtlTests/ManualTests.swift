import Control
import Testing

@testable import collectorctl

@Suite("Manual pages of the client")
struct ManualTests {
    /// As the page writes it: hyphens that can be copied.
    private func typed(_ text: String) -> String { text.writing("-", as: "\\-") }

    @Test("collectorctl(1) documents every verb, operand, option, exit code, output form and variable")
    func complete() {
        let page = CollectorctlPage(verbs: VerbTable.all).text
        for verb in VerbTable.all {
            #expect(page.contains(".SS\n\\fB\(typed(verb.name))\\fR"), "\(verb.name)")
            for option in verb.allOptions {
                #expect(page.contains("\\fB\(typed("--\(option.name)"))\\fR"), "\(option.name)")
            }
            for operand in verb.operands { #expect(page.contains(typed(operand.placeholder))) }
        }
        for code in ExitCode.allCases { #expect(page.contains(".TP\n\\fB\(code.rawValue)\\fR\n")) }
        for format in OutputFormat.allCases { #expect(page.contains(".TP\n\\fB\(format.rawValue)\\fR\n")) }
        for variable in CommonOptions.environment { #expect(page.contains("\\fB\(variable.name)\\fR")) }
    }

    @Test("inventory-collector.varlink(7) holds the interface with every method and error")
    func interface() {
        let page = InterfacePage.text
        for method in CollectorMethod.allCases { #expect(page.contains("method \(method.rawValue)("), "\(method)") }
        #expect(page.contains("error NoSuchService ("))
    }
}
