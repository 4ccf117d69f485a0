import Control
import JSON
import Testing

@testable import collectorctl

@Suite("Renderers")
struct RendererTests {
    private let now = Samples.later(180)

    private func render<Record>(
        _ records: [Record], _ form: RecordForm<Record>, _ change: (inout OutputStyle) -> Void = { _ in }
    ) throws -> String {
        var style = OutputStyle()
        change(&style)
        var renderer = try RecordRenderer(form, style: style, now: now)
        var text = ""
        for record in records { text += try renderer.add(record) }
        return text + renderer.finish()
    }

    @Test(
        "The width of text counts cells",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("👩‍👩‍👧", 2), ("☁\u{FE0F}", 2), ("🇩🇪", 2),
            ("한국", 4), ("Ａ", 2), ("a\u{200B}b", 2), ("ñandú", 5),
        ])
    func width(text: String, cells: Int) { #expect(TerminalText.width(of: text) == cells) }

    @Test("Text is cut to cells and never within a character")
    func truncation() {
        #expect(TerminalText.truncated("abcdef", to: 4) == "abc…")
        #expect(TerminalText.truncated("日本語", to: 4) == "日…")
        #expect(TerminalText.truncated("日本語", to: 6) == "日本語")
        #expect(TerminalText.truncated("abc", to: 0) == "")
        #expect(TerminalText.truncated("e\u{301}e\u{301}e\u{301}", to: 2) == "e\u{301}…")
    }

    @Test(
        "Control characters are written out",
        arguments: [
            ("a\u{1B}[31mb", "a\\x1b[31mb"), ("a\nb\tc\r", "a\\nb\\tc\\r"), ("\u{9B}31m", "\\x9b31m"),
            ("\u{202E}txt", "\\u{202e}txt"), ("\u{7}", "\\x07"), ("wéb 日本", "wéb 日本"),
        ])
    func escapes(text: String, shown: String) { #expect(TerminalText.escaped(text) == shown) }

    @Test("A JSON document with controls that JSON lets through stays the same document on a terminal")
    func jsonEscapes() throws {
        let value: JSONValue = ["a": "\u{9B}31m\u{7F}\u{202E}日"]
        let shown = TerminalText.escapedJSON(value.text)
        #expect(!shown.unicodeScalars.contains { (0x7F..<0xA0).contains($0.value) || $0.value == 0x202E })
        #expect(try JSONValue.parse(shown) == value)
    }

    @Test("A table aligns columns by cells, numbers to the right, and leaves no space at line ends")
    func table() throws {
        let text = try render([Samples.run(), Samples.run(.partial, id: "日本")], RunForm.form) {
            $0.columns = ["id", "resources", "state"]
        }
        #expect(text == "RUN   RESOURCES  STATE\nr1           42  succeeded\n日本         42  partial\n")
    }

    @Test("A table gives way in its widest columns to fit the terminal")
    func fits() throws {
        var wide = Samples.instance
        wide.name = String(repeating: "n", count: 200)
        for width in [74, 80, 120] {
            let text = try render([wide, Samples.bucket], ResourceForm.form) { $0.width = width }
            let widths = text.split(separator: "\n").map { TerminalText.width(of: String($0)) }
            #expect(widths.allSatisfy { $0 <= width }, "\(width): \(widths)")
            #expect(text.contains("…"))
        }
        let whole = try render([wide], ResourceForm.form) { ($0.width, $0.format) = (60, .wide) }
        #expect(!whole.contains("…"))
    }

    @Test("Times are relative in tables, and exact on demand")
    func times() throws {
        let relative = try render([Samples.instance], ResourceForm.form) { $0.columns = ["updatedAt"] }
        #expect(relative == "UPDATED\n3m ago\n")
        let exact = try render([Samples.instance], ResourceForm.form) {
            $0.columns = ["updatedAt"]
            $0.exactTimes = true
        }
        #expect(exact == "UPDATED\n2024-01-15T10:30:00Z\n")
    }

    @Test(
        "How long ago is told in one unit",
        arguments: [
            (0, "now"), (42, "42s ago"), (200, "3m ago"), (7200, "2h ago"), (100_000, "27h ago"), (200_000, "2d ago"),
            (-200, "in 3m"),
        ])
    func relative(seconds: Int, text: String) { #expect(TimeSpan.relative(seconds: 1000 - seconds, to: 1000) == text) }

    @Test("Colours stand around the text and do not count as width")
    func colors() throws {
        let text = try render([Samples.run(), Samples.run(.failed, id: "r0")], RunForm.form) {
            $0.columns = ["state", "id"]
            $0.colors = true
        }
        #expect(text.contains("\u{1B}[32msucceeded\u{1B}[0m  r1\n"))
        #expect(text.contains("\u{1B}[31mfailed\u{1B}[0m     r0\n"))
    }

    @Test("CSV quotes as RFC 4180 asks, with exact values")
    func csv() throws {
        let text = try render([Samples.instance, Samples.bucket], ResourceForm.form) {
            $0.format = .csv
            $0.columns = ["resourceId", "name", "updatedAt", "arn"]
        }
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "resourceId,name,updatedAt,arn")
        #expect(
            lines[1] == "i-0,\"wéb, \"\"one\"\"\",2024-01-15T10:30:00Z,"
                + "arn:aws:ec2:eu-west-1:111122223333:instance/i-0")
        #expect(lines[2] == "logs\u{1B}[31m,,2024-01-15T10:30:00Z,")
        #expect(lines[3] == "")
    }

    @Test("Without records each form is still complete")
    func empty() throws {
        #expect(try render([], ResourceForm.form) { $0.format = .json } == "[]\n")
        #expect(try render([], ResourceForm.form) { $0.format = .jsonl } == "")
        #expect(try render([], ResourceForm.form) { $0.format = .table } == "")
        #expect(try render([], ResourceForm.form) { ($0.format, $0.columns) = (.csv, ["arn"]) } == "arn\r\n")
    }

    @Test("JSON is one indented array, JSON lines one object a line")
    func json() throws {
        let records = [Samples.instance, Samples.bucket]
        let documents = JSONValue.array(records.map(ResourceForm.document))
        let text = try render(records, ResourceForm.form) { $0.format = .json }
        #expect(try JSONValue.parse(text) == documents)
        #expect(text == documents.indentedText + "\n")
        let lines = try render(records, ResourceForm.form) { $0.format = .jsonl }.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(try JSONValue.parse(lines[1].utf8) == ResourceForm.document(Samples.bucket))
    }

    @Test("Sorting goes by value, up or down, and turns round nothing else")
    func sorting() throws {
        var records = (0..<12).map { number in
            var unit = Samples.run(id: "r\(number)")
            unit.resources = number
            return unit
        }
        records.swapAt(2, 9)
        func names(_ sort: String) throws -> [Substring] {
            try render(records, RunForm.form) { ($0.format, $0.sort) = (.name, sort) }.split(separator: "\n")
        }
        #expect(try names("resources") == (0..<12).map { "r\($0)" })
        #expect(try names("-RESOURCES") == (0..<12).reversed().map { "r\($0)" })
    }

    @Test("An unknown column is refused with a suggestion", arguments: ["acountId", "-regoin"])
    func unknownColumn(name: String) {
        let error = #expect(throws: CommandFailure.self) {
            try render([Samples.instance], ResourceForm.form) { $0.sort = name }
        }
        #expect(error?.code == .usage)
        #expect(error?.hints.first?.hasPrefix("did you mean") == true)
    }

    @Test("Rows after the first thousand keep the layout")
    func longTables() throws {
        let records = (0..<1500).map { Samples.run(id: "run\($0)") }
        let lines = try render(records, RunForm.form) { $0.columns = ["id", "resources"] }.split(separator: "\n")
        #expect(lines.count == 1501)
        #expect(lines[1500] == "run1499         42")
        #expect(lines[1] == "run0           42")
    }

    @Test("A document in parts is the same as in one piece")
    func streamedDocument() throws {
        for count in [0, 1, 3] {
            let elements = (0..<count).map { JSONValue.integer(Int64($0)) }
            var document = StreamedDocument(style: OutputStyle())
            var text = document.add(Array(elements.prefix(1)), to: "units") { [.init("service", .null)] }
            text += document.add(Array(elements.dropFirst()), to: "units") { [] }
            text += document.finish()
            #expect(
                text == JSONValue.object([.init("service", .null), .init("units", .array(elements))]).indentedText
                    + "\n")
        }
    }
}
