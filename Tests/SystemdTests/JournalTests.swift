import Glibc
import Telemetry
import Testing

@testable import Systemd

@Suite("Records in the journal")
struct JournalTests {
    private func texts(_ record: LogRecord) -> [String] {
        JournalFields.fields(of: record, identifier: "collector").map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("a record becomes the journal's fields, in the order they were given")
    func fields() {
        let record = LogRecord(
            level: .warning, message: "two\nlines = 100%s",
            fields: [(.account, "111122223333"), (.awsError, "Access=Denied\n"), (.count, "")], id: .runPartial)
        #expect(
            texts(record) == [
                "MESSAGE=two\nlines = 100%s", "PRIORITY=4", "SYSLOG_IDENTIFIER=collector",
                "MESSAGE_ID=\(MessageID.runPartial.rawValue)", "INVENTORY_ACCOUNT=111122223333",
                "INVENTORY_AWS_ERROR=Access=Denied\n", "INVENTORY_COUNT=",
            ])
    }

    @Test("binary content stays as it is")
    func binary() {
        let record = LogRecord(level: .info, message: "a\0b", fields: [], id: nil)
        #expect(JournalFields.fields(of: record, identifier: "c").first == Array("MESSAGE=a\0b".utf8))
    }

    @Test("long texts are cut at a character, and so many fields are kept", arguments: ["x", "é", "🦊"])
    func bounds(letter: String) throws {
        let text = String(repeating: letter, count: 20_000)
        let record = LogRecord(
            level: .info, message: text, fields: Array(repeating: (LogField.type, text), count: 100), id: nil)
        let fields = JournalFields.fields(of: record, identifier: "c")
        let message = try #require(fields.first.flatMap { String(validating: $0, as: UTF8.self) })
        let value = try #require(fields.last.flatMap { String(validating: $0, as: UTF8.self) })
        let longest = JournalFields.longestMessageInBytes + "MESSAGE=".utf8.count
        #expect(message.hasSuffix("…") && (longest - 4...longest).contains(message.utf8.count))
        let longestValue = JournalFields.longestValueInBytes + "INVENTORY_TYPE=".utf8.count
        #expect(value.hasSuffix("…") && (longestValue - 4...longestValue).contains(value.utf8.count))
        #expect(fields.count == 3 + JournalFields.mostFields)
    }

    @Test("a text of just the longest size is kept whole")
    func longest() {
        let text = String(repeating: "x", count: JournalFields.longestMessageInBytes)
        #expect(texts(LogRecord(level: .info, message: text, fields: [], id: nil)).first == "MESSAGE=\(text)")
    }

    @Test("the journal is known by its device and inode")
    func stream() {
        var status = stat()
        let descriptor = open("/dev/null", O_WRONLY)
        defer { close(descriptor) }
        #expect(fstat(descriptor, &status) == 0)
        let mark = "\(status.st_dev):\(status.st_ino)"
        #expect(JournalStream.isConnected(descriptor, variable: mark))
        #expect(!JournalStream.isConnected(-1, variable: mark))
        for other in [
            nil, "", ":", "1", "\(status.st_dev):", "a:b", mark + ":1", "\(status.st_dev):\(status.st_ino + 1)",
        ] {
            #expect(!JournalStream.isConnected(descriptor, variable: other))
        }
    }

    @Test("standard error is the journal's when the variable names it, and not after it was redirected")
    func standardError() async {
        await #expect(processExitsWith: .success) {
            var status = stat()
            guard fstat(STDERR_FILENO, &status) == 0 else { exit(2) }
            setenv("JOURNAL_STREAM", "\(status.st_dev):\(status.st_ino)", 1)
            guard JournalStream.isStandardError else { exit(1) }
            guard dup2(open("/dev/zero", O_WRONLY), STDERR_FILENO) == STDERR_FILENO else { exit(3) }
            exit(JournalStream.isStandardError ? 4 : 0)
        }
    }

    @Test(
        "a record that was sent can be read back from the journal",
        .enabled(if: access("/run/systemd/journal/socket", W_OK) == 0, "no journal runs here"))
    func roundTrip() throws {
        let run = "test-\(getpid())-\(UInt32.random(in: 0...(.max)))"
        let sink = JournalSink(identifier: "inventory-collectord-test")
        sink.write(LogRecord(level: .notice, message: "first\nsecond", fields: [(.run, run)], id: .started))
        let output = popen(
            "journalctl --sync; journalctl -q -o cat --output-fields=MESSAGE,MESSAGE_ID INVENTORY_RUN=\(run)", "r")
        let journal = try #require(output)
        defer { pclose(journal) }
        var text = ""
        var buffer = [CChar](repeating: 0, count: 4096)
        while fgets(&buffer, Int32(buffer.count), journal) != nil {
            text += String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        #expect(text.contains("first\nsecond"))
        #expect(text.contains(MessageID.started.rawValue))
    }
}
