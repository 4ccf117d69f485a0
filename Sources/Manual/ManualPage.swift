/// A manual page in man(7) source, written from the top down. The programs make their pages from their own tables.
package struct ManualPage: Sendable {
    private var lines: [String]

    /// - Parameters:
    ///   - name: without the section, `collectorctl`.
    ///   - section: 1 commands, 5 files, 7 conventions, 8 administration.
    ///   - date: of the release, `2026-11-21`, so that the same source gives the same page.
    ///   - source: the product and its version.
    ///   - summary: one line, no full stop, for whatis(1).
    package init(name: String, section: Int, date: String, source: String, summary: String) {
        let title = name.uppercased()
        lines = [
            ".\\\" Made from the program's own tables; changes belong there.",
            ".TH \(Self.argument(title)) \(section) \(Self.argument(date)) \(Self.argument(source))",
            ".SH NAME", "\(ManualText.escaped(name)) \\- \(ManualText.escaped(summary, keepsHyphens: true))",
        ]
    }

    /// The page as it is installed.
    package var text: String { lines.map { $0 + "\n" }.joined() }

    /// A heading, in capitals as is the custom.
    package mutating func section(_ title: String) { section(verbatim: title.uppercased()) }

    /// A heading whose letters matter: a section of a file, the name of an interface.
    package mutating func section(verbatim title: String) { lines.append(".SH \(Self.argument(title))") }

    package mutating func subsection(_ title: ManualText) {
        lines += [".SS", title.line]
    }

    package mutating func paragraph(_ text: ManualText) {
        separate()
        lines += text.lines
    }

    package mutating func paragraph(_ text: String) { paragraph(ManualText(text)) }

    /// A term and what it means, each paragraph below the other.
    package mutating func item(_ term: ManualText, _ paragraphs: [ManualText]) {
        lines += [".TP", term.line]
        for (index, text) in paragraphs.enumerated() {
            if index > 0 { lines.append(".IP") }
            lines += text.lines
        }
    }

    package mutating func item(_ term: ManualText, _ text: String) { item(term, [ManualText(text)]) }

    /// Lines to be typed or read as they stand.
    package mutating func example(_ text: String) {
        separate()
        lines += [".in +4n", ".EX"]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append(ManualText.harmless(ManualText.escaped(String(line))))
        }
        lines += [".EE", ".in"]
    }

    /// Other pages, `("systemd.time", 7)`, in one paragraph.
    package mutating func references(_ pages: [(name: String, section: Int)]) {
        section("See also")
        var text = ManualText("")
        for (index, page) in pages.enumerated() {
            if index > 0 { text = text + ", " }
            text = text + "\(bold: page.name)(\(String(page.section)))"
        }
        lines += text.lines
    }

    /// Begins a paragraph, unless a heading has done so.
    private mutating func separate() {
        guard let last = lines.last, !last.hasPrefix(".SH ") else { return }
        if lines.count < 2 || lines[lines.count - 2] != ".SS" { lines.append(".PP") }
    }

    /// One argument of a macro, whatever is in it.
    private static func argument(_ text: String) -> String {
        let escaped = ManualText.escaped(text, keepsHyphens: true)
        return "\"\(escaped.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\(dq"))\""
    }
}
