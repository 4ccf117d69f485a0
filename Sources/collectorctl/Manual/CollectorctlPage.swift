import Control
import Manual

/// collectorctl(1), made from the table of verbs.
struct CollectorctlPage {
    let verbs: [Verb]

    var text: String {
        var page = ManualPage(
            name: "collectorctl", section: 1, date: Release.date, source: Release.source,
            summary: "refresh, watch and query the inventory of AWS accounts")
        page.section("Synopsis")
        page.paragraph("\(bold: "collectorctl") \(italic: "VERB") [\(italic: "OPTIONS")]")
        page.section("Description")
        page.paragraph(
            """
            \(bold: "collectorctl") talks to \(bold: "inventory-collectord")(8) over its control socket. Members of the \
            group \(italic: "inventory") may use it. Options stand before or after the verb; \(bold: "--") ends them.
            """)
        page.section("Verbs")
        for verb in verbs { add(verb, to: &page) }
        page.section("Options of every verb")
        for option in CommonOptions.all { page.item(Self.form(option), option.help) }
        page.section("Output")
        for format in OutputFormat.allCases { page.item("\(bold: format.rawValue)", format.meaning) }
        page.section("Exit status")
        for code in ExitCode.allCases { page.item("\(bold: String(code.rawValue))", code.meaning) }
        page.section("Environment")
        for variable in CommonOptions.environment { page.item("\(bold: variable.name)", variable.help) }
        page.section("Files")
        page.item("\(italic: ControlSocketPath.standard)", "the control socket")
        page.references([
            ("inventory-collectord", 8), ("collectord.conf", 5), ("inventory-collector.varlink", 7), ("journalctl", 1),
        ])
        return page.text
    }

    private func add(_ verb: Verb, to page: inout ManualPage) {
        var form: ManualText = "\(bold: verb.name)"
        for operand in verb.operands { form = form + " \(italic: operand.form)" }
        page.subsection(form)
        page.paragraph("\(verb.summary).")
        for paragraph in verb.details { page.paragraph(paragraph) }
        for option in verb.options {
            page.item(Self.form(option), option.repeats ? "\(option.help); repeatable" : option.help)
        }
        let codes = ([.success, .failure, .usage] + verb.exitCodes).map(\.rawValue).sorted().map(String.init)
        page.paragraph("Exit status: \(codes.joined(separator: ", ")).")
        for example in verb.examples {
            page.paragraph(example.purpose.hasSuffix("?") ? example.purpose : "\(example.purpose):")
            page.example(example.command)
        }
    }

    private static func form(_ option: Option) -> ManualText {
        var form: ManualText = "\(bold: "--\(option.name)")"
        if let short = option.short { form = "\(bold: "-\(short)"), " + form }
        return option.placeholder.map { form + " \(italic: $0)" } ?? form
    }
}
