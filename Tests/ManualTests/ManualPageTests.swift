import Manual
import Testing

@Suite("Manual pages")
struct ManualPageTests {
    private func page(_ write: (inout ManualPage) -> Void) -> [Substring] {
        var page = ManualPage(name: "thing", section: 8, date: "2026-01-31", source: "product 1", summary: "do a thing")
        write(&page)
        return page.text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    @Test("a page begins with its title and its name")
    func head() {
        let lines = page { _ in }
        #expect(lines[1] == ".TH \"THING\" 8 \"2026-01-31\" \"product 1\"")
        #expect(lines[2...3] == [".SH NAME", "thing \\- do a thing"])
    }

    @Test(
        "what means something to roff is written so that it does not",
        arguments: [
            ("a\\b", "a\\eb"), (".so /etc/passwd", "\\&.so /etc/passwd"), ("'quoted", "\\&'quoted"),
            ("two\nlines", "two lines"), ("a \u{2026} b", "a \\[u2026] b"), ("a-b", "a-b"), ("\u{1F4A1}", "\\[u1F4A1]"),
        ])
    func escapes(text: String, source: String) {
        #expect(page { $0.paragraph(text) }.contains(Substring(source)))
    }

    @Test("emphasis is kept, and hyphens of what is typed are those that can be copied")
    func emphasis() {
        let lines = page { $0.item("\(bold: "--force"), \(italic: "N")", "help") }
        #expect(lines.contains("\\fB\\-\\-force\\fR, \\fIN\\fR"))
    }

    @Test("examples keep their lines, and no line of them is a request")
    func example() {
        let lines = page { $0.example("first\n.TH x\n  third -x") }
        let start = lines.firstIndex(of: ".EX") ?? 0
        #expect(lines[(start + 1)...(start + 3)] == ["first", "\\&.TH x", "  third \\-x"])
    }

    @Test("a title with quotes stays one argument")
    func quotes() {
        #expect(page { $0.section("the \"thing\"") }.contains(".SH \"THE \\(dqTHING\\(dq\""))
    }
}
