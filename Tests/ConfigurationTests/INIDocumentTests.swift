import Testing

@testable import Configuration

@Suite struct INIDocumentTests {
    private func parse(_ text: String, _ dialect: INIDialect) throws -> INIDocument {
        try INIDocument(parsing: Array(text.utf8), file: "f", dialect: dialect)
    }

    private func errors(_ text: String, _ dialect: INIDialect) -> [String] {
        INIDocument.parse(Array(text.utf8), file: "f", dialect: dialect).errors.map(\.description)
    }

    @Test("sections, keys and values carry their exact places")
    func positions() throws {
        let document = try parse("# é\n[Collector]\n  Workers = 32 \n\n[ Account 1 ]\nName=größe x\n", .systemd)
        #expect(document.sections.map(\.name) == ["Collector", "Account 1"])
        #expect(document.sections[1].position == SourcePosition(file: "f", line: 5, column: 3))
        let workers = document.sections[0].entries[0]
        #expect(workers.key == "Workers" && workers.value == "32")
        #expect(workers.keyPosition.description == "f:3:3")
        #expect(workers.valuePosition.description == "f:3:13")
        #expect(document.sections[1].entries[0].position(ofCharacter: 6).description == "f:6:12")
    }

    @Test("a backslash at the end of a line goes on with the next line that is no comment")
    func continuation() throws {
        let document = try parse("[S]\nTypes=a \\\n# between\n   bb\\\nccc\nNext=x\\\\\nEmpty=\n", .systemd)
        let entries = document.sections[0].entries
        #expect(entries.map(\.value) == ["a bb ccc", "x\\\\", ""])
        #expect(entries[0].position(ofCharacter: 0).description == "f:2:7")
        #expect(entries[0].position(ofCharacter: 2).description == "f:4:4")
        #expect(entries[0].position(ofCharacter: 6).description == "f:5:2")
        #expect(entries[2].valuePosition.description == "f:7:7")
    }

    @Test("a continued value ends with the file")
    func openEnd() throws {
        #expect(try parse("[S]\nA=b \\", .systemd).sections[0]["A"] == "b")
    }

    @Test("a byte order mark and Windows line ends are no part of the text", arguments: [INIDialect.systemd, .aws])
    func windows(dialect: INIDialect) throws {
        let document = try parse("\u{FEFF}[s]\r\na=b\r\n", dialect)
        #expect(document.sections[0]["a"] == "b")
    }

    @Test(
        "mistakes in systemd files are all reported with their place",
        arguments: [
            ("A=b\n", ["f:1:1: `A` stands before the first section; begin with a header such as [Collector]"]),
            ("[S\nA=b\n", ["f:1:3: the section header has no `]`"]),
            ("[S]x\n", ["f:1:4: unexpected text behind the section header"]),
            ("[]\n", ["f:1:2: the section has no name"]),
            (
                "[S]\nfoo\n =x\n",
                ["f:2:1: the line has no `=`; write Key=value", "f:3:2: there is no key before `=`"]
            ),
            ("[S] # note\nA=b\n", []),
        ])
    func systemdErrors(text: String, expected: [String]) {
        #expect(errors(text, .systemd) == expected)
    }

    @Test("AWS files: any case of keys, both delimiters, values with comment characters")
    func awsValues() throws {
        let text = """
            [default]
            AWS_Access_Key_ID: AKID
            aws_secret_access_key = a=b # c
            ; note
            [profile "two words"]
            region=eu-west-1
            """
        let document = try parse(text, .aws)
        #expect(document.sections.map(\.name) == ["default", "profile \"two words\""])
        #expect(document.sections[0]["aws_access_key_id"] == "AKID")
        #expect(document.sections[0]["aws_secret_access_key"] == "a=b # c")
        #expect(document.sections[1]["region"] == "eu-west-1")
    }

    @Test("AWS files: indented lines under an empty value are entries with a dotted key")
    func awsNested() throws {
        let text = """
            [default]
            s3 =
              max_concurrent_requests = 20
              # note

              addressing_style=path
            region = us-east-1
            empty =

            """
        let section = try parse(text, .aws).sections[0]
        #expect(
            section.entries.map(\.key) == ["s3.max_concurrent_requests", "s3.addressing_style", "region", "empty"])
        #expect(section.entries.map(\.value) == ["20", "path", "us-east-1", ""])
        #expect(section.entries[1].valuePosition.description == "f:6:20")
    }

    @Test("AWS files: indented lines under a value go on with it")
    func awsContinuation() throws {
        let section = try parse("[p]\na = x\n  y\n\nb = z\n", .aws).sections[0]
        #expect(section.entries.map(\.value) == ["x\ny", "z"])
        #expect(section.entries[0].position(ofCharacter: 2).description == "f:3:3")
    }

    @Test(
        "mistakes in AWS files are those that botocore refuses",
        arguments: [
            ("a=b\n", ["f:1:1: text before the first section; begin with a header such as [default]"]),
            ("[a]\nfoo\n", ["f:2:1: the line is not `key = value`"]),
            ("[a]\ns3=\n  foo\n", ["f:3:3: the line under `s3` is not `key = value`"]),
            (
                "[a]\n[a]\n",
                ["f:2:2: section [a] comes a second time; the AWS CLI refuses this file too; merge the two sections"]
            ),
            (
                "[a]\nx=1\nX=2\n",
                [
                    "f:3:1: `x` comes a second time in this section; "
                        + "the AWS CLI refuses this file too; keep one of the two"
                ]
            ),
        ])
    func awsErrors(text: String, expected: [String]) {
        #expect(errors(text, .aws) == expected)
    }

    @Test("what is not text is refused where it stands", arguments: [INIDialect.systemd, .aws])
    func notText(dialect: INIDialect) {
        func error(_ bytes: [UInt8]) -> String? {
            INIDocument.parse(bytes, file: "f", dialect: dialect).errors.first?.description
        }
        #expect(error(Array("[s]\nä\0".utf8)) == "f:2:2: NUL byte; configuration files are plain text")
        #expect(error(Array("[s]\na=ä".utf8) + [0xFF]) == "f:2:4: the text is not UTF-8; save the file as UTF-8")
        #expect(error([UInt8](repeating: 0x23, count: 64 << 10)) == nil)
        #expect(error([UInt8](repeating: 0x23, count: (64 << 10) + 1))?.hasPrefix("f:1:1: the line has") == true)
        #expect(error([UInt8](repeating: 0x0A, count: 1 << 20)) == nil)
        #expect(error([UInt8](repeating: 0x0A, count: (1 << 20) + 1))?.hasPrefix("f:1:1: the file has") == true)
    }
}
