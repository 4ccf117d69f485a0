import JSON
import Schedule
import Testing

@testable import collectorctl

@Suite("Schedule calculator")
struct ScheduleNextTests {
    private func answers(_ pieces: [String]) -> [String] {
        var batch = ScheduleBatch(now: 1_705_314_600)
        var output: [UInt8] = []
        for piece in pieces { batch.take(Array(piece.utf8)[...]) { output += $0 } }
        batch.finish { output += $0 }
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("Each line of a batch is answered, the bad ones with an error")
    func batch() throws {
        let lines = answers([
            #"{"id":1,"expr":"rate(5 minutes)","tz":"UTC","after":"2024-01-01T00:00:00Z","count":2}"# + "\n",
            #"{"id":"b","expr":"cron(0 2 * * ? *)","tz":"Europe/Berlin","after":"2024-07-01T00:00:00Z"}"# + "\n\n",
            #"{"id":{"x":[1.50]},"expr":"rate(1 hour)","after":"2024-01-01T01:30:00Z","anchor":"2024-01-01T00:00:00Z"}"#,
            "\nnot json\n[]\n" + #"{"id":7}"# + "\n" + #"{"id":8,"expr":"cron(0 2 * * * *)"}"# + "\n",
            #"{"id":9,"expr":"@daily","tz":"Mars/Phobos"}"# + "\n" + #"{"id":10,"expr":"@daily","count":0}"# + "\n",
            #"{"id":11,"expr":"@daily","after":"yesterday"}"# + "\n" + #"{"id":12,"expr":5}"#,
        ])
        #expect(lines.count == 11)
        #expect(lines[0] == #"{"id":1,"next":["2024-01-01T00:05:00Z","2024-01-01T00:10:00Z"]}"#)
        #expect(lines[1] == #"{"id":"b","next":["2024-07-02T00:00:00Z"]}"#)
        #expect(lines[2] == #"{"id":{"x":[1.50]},"next":["2024-01-01T02:00:00Z"]}"#)
        let ids: [JSONValue] = [.null, .null, 7, 8, 9, 10, 11, 12]
        for (line, id) in zip(lines[3...], ids) {
            let reply = try JSONValue.parse(line)
            #expect(reply["id"] == id)
            #expect(reply["error"]?.string?.isEmpty == false, "\(line)")
            #expect(reply["next"] == nil)
        }
        #expect(lines[3].contains("line 5"))
        #expect(lines[6].contains("column"))
    }

    @Test("It does not matter where the input is cut into pieces", arguments: [1, 2, 7, 64])
    func pieces(size: Int) {
        let text = (0..<5).map { #"{"id":\#($0),"expr":"@hourly","after":"2024-01-01T00:00:00Z"}"# + "\n" }.joined()
        let bytes = Array(text.utf8)
        let cut = stride(from: 0, to: bytes.count, by: size).map { start in
            String(decoding: bytes[start..<min(start + size, bytes.count)], as: UTF8.self)
        }
        #expect(answers(cut) == answers([text]))
        #expect(answers([text]).count == 5)
    }

    @Test("A line without end is refused once, and the next one is answered")
    func longLines() {
        let lines = answers([
            "{\"id\":1,\"expr\":\"", String(repeating: "x", count: 100_000), String(repeating: "x", count: 100_000),
            "\"}\n" + #"{"id":2,"expr":"@daily","after":"2024-01-01T00:00:00Z"}"# + "\n",
        ])
        #expect(lines.count == 2)
        #expect(lines[0].contains("longer than 65536 bytes"))
        #expect(lines[1] == #"{"id":2,"next":["2024-01-02T00:00:00Z"]}"#)
    }

    @Test("The program prints one instant a line")
    func program() async throws {
        let result = try await collectorctl(
            "schedule", "next", "cron(0 2 * * ? *)", "--timezone", "Europe/Berlin", "--after", "2024-03-30T12:00:00Z",
            "--count", "2")
        #expect(result.code == 0)
        #expect(result.output == "2024-04-01T00:00:00Z\n2024-04-02T00:00:00Z\n")
        #expect(result.errors.isEmpty)
    }

    @Test("The program refuses what is no schedule, with a mark under the place")
    func refusal() async throws {
        let result = try await collectorctl("schedule", "next", "cron(0 25 * * ? *)")
        #expect(result.code == 2)
        #expect(result.output.isEmpty)
        let lines = result.errors.split(separator: "\n")
        #expect(lines[1] == "  cron(0 25 * * ? *)")
        #expect(lines[2] == "         ^")
    }

    @Test("A schedule that never fires again prints nothing and says so")
    func never() async throws {
        let result = try await collectorctl("schedule", "next", "cron(0 0 31 2 ? *)")
        #expect(result.code == 0)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("it never fires"))
    }

    @Test("The program answers a batch from standard input")
    func batchProgram() async throws {
        let input = (0..<5000).map { #"{"id":\#($0),"expr":"rate(1 minute)","after":"2024-01-01T00:00:00Z"}"# + "\n" }
        let result = try await collectorctl("schedule", "next", "--batch", input: input.joined() + "oops")
        #expect(result.code == 0)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 5001)
        #expect(lines[4999] == #"{"id":4999,"next":["2024-01-01T00:01:00Z"]}"#)
        #expect(lines[5000].contains("\"error\""))
    }
}
