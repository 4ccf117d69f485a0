import Control
import Manual

/// collectord.conf(5), made from the table of settings.
struct ConfigurationPage {
    var text: String {
        var page = ManualPage(
            name: "collectord.conf", section: 5, date: Release.date, source: Release.source,
            summary: "the configuration of inventory-collectord")
        page.section("Synopsis")
        for directory in ConfigurationFiles.directories {
            let file = "\(directory)/\(ConfigurationFiles.mainFile)"
            page.paragraph("\(italic: file)")
            page.paragraph("\(italic: file + ".d/*.conf")")
        }
        page.section("Description")
        page.paragraph(
            "The main file is read from the first of these directories that has one. Then all drop-ins are read in the "
                + "order of their names, whatever their directory; one hides those of the same name further down. A "
                + "key in a later file replaces the one before; keys marked as lists collect their values instead. "
                + "An empty assignment starts a list anew and gives any other key its default back.")
        page.paragraph(
            "The form is that of systemd.syntax(7). Unknown sections and keys are errors; every error is told as "
                + "file:line:column: message.")
        page.example("inventory-collectord --check-config")
        for section in ConfigurationSchema.sections { add(section, to: &page) }
        page.references([
            ("inventory-collectord", 8), ("collectorctl", 1), ("systemd.syntax", 7), ("systemd.time", 7),
        ])
        return page.text
    }

    private func add(_ section: SectionSchema, to page: inout ManualPage) {
        page.section(verbatim: section.kind.exampleHeader)
        page.paragraph(section.explanation)
        for setting in section.settings {
            var facts = "Value: \(setting.syntax)."
            if setting.isList { facts += " A list." }
            if setting.isRequired {
                facts += " Required."
            } else {
                facts += setting.defaultText.isEmpty ? " Default: empty." : " Default: \(setting.defaultText)."
            }
            if !setting.example.isEmpty { facts += " Example: \(setting.example)." }
            page.item("\(bold: setting.key + "=")", [ManualText(setting.explanation), ManualText(facts)])
        }
    }
}
